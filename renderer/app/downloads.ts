import type { DownloadTask } from '../../contract/schemas/downloads.ts';

/** Whether the server has not finished a download: neither an end nor an error (protocol 4.4; the set of states is open). */
export function isRunningDownload(task: DownloadTask): boolean {
  if (task.finishedOn !== null || (task.error !== null && task.error !== '')) return false;
  return task.skipped !== true && !/^(finished|error|done|failed|cancell?ed)$/i.test(task.status ?? '');
}

/** Percent done, or null where the target size is not known. */
export function downloadPercent(task: DownloadTask): number | null {
  if (task.targetSize === null || task.targetSize <= 0 || task.fileSize === null) return null;
  return Math.min(100, (100 * task.fileSize) / task.targetSize);
}
