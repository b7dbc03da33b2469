import type { DownloadTask } from '../../../contract/schemas/downloads.ts';
import { taskState } from './task-state.ts';

/** What failed and was not fetched since: the tasks, newest first, and what asking again means. */
export interface OpenFailures {
  readonly tasks: readonly DownloadTask[];
  /** The updates whose files failed, each once. */
  readonly updateIds: readonly string[];
  /** Whether the index failed too. */
  readonly hasIndex: boolean;
}

/** Whether the task fetches the index. */
export const isIndexTask = (task: DownloadTask): boolean =>
  task.kind === 'wsusscn2' || task.url?.toLowerCase().endsWith('/wsusscn2.cab') === true;

/** The failures of a list of tasks (newest first) that still stand: no later task of the same address runs, waits or ended well. */
export function openFailures(tasks: readonly DownloadTask[]): OpenFailures {
  const settled = new Set<string>();
  const open: DownloadTask[] = [];
  for (const task of tasks) {
    const name = task.url ?? `task ${task.id}`;
    if (settled.has(name)) continue;
    settled.add(name);
    if (taskState(task) === 'failed') open.push(task);
  }
  return {
    tasks: open,
    updateIds: [...new Set(open.flatMap((task) => task.updateId ?? []))],
    hasIndex: open.some(isIndexTask),
  };
}
