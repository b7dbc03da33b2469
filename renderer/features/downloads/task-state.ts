import type { DownloadTask } from '../../../contract/schemas/downloads.ts';
import { isRunningDownload } from '../../app/downloads.ts';
import type { Tone } from '../../theme/palette.ts';

/** Where a download stands, in the words of the screen. */
export type TaskState = 'running' | 'waiting' | 'finished' | 'skipped' | 'failed';

/** The state of a download from what the server noted (protocol 4.4): an error wins over everything, skipped means unchanged. */
export function taskState(task: DownloadTask): TaskState {
  if ((task.error !== null && task.error !== '') || /^error|^fail/i.test(task.status ?? '')) return 'failed';
  if (task.skipped === true) return 'skipped';
  if (!isRunningDownload(task)) return 'finished';
  return task.startedOn === null || /^(pending|waiting|queued)$/i.test(task.status ?? '') ? 'waiting' : 'running';
}

/** The tone of each state. */
export const taskTones: Readonly<Record<TaskState, Tone>> = {
  running: 'info',
  waiting: 'neutral',
  finished: 'ok',
  skipped: 'neutral',
  failed: 'error',
};

/** The last part of an address, which is the name of the file. */
export function fileOf(task: DownloadTask): string {
  const path = task.localFilename ?? task.url ?? '';
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? '';
}
