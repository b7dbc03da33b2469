import type { ActionKind, RunHost } from '../../contract/schemas/actions.ts';
import type { HostTask, HostTasks } from '../../contract/schemas/hosts.ts';

/** Class names of the tasks that an order makes on a host (protocol 3.8); the last one of a chain ends it. */
const ENDS_WITH: Record<ActionKind, RegExp> = {
  scan: /waptwuascan/i,
  download: /waptwuado(wn)?w?load/i,
  install: /waptwuainstall/i,
  refresh: /waptupdate/i,
};

const isOfOrder = (action: ActionKind, task: HostTask): boolean =>
  action === 'refresh' ? !/waptwua/i.test(task.classname ?? '') : /waptwua/i.test(task.classname ?? '');

const allTasks = (tasks: HostTasks): readonly HostTask[] => [
  ...(tasks.running === null ? [] : [tasks.running]),
  ...tasks.pending,
  ...tasks.done,
  ...tasks.errors,
  ...tasks.cancelled,
];

const newestOf = (tasks: readonly HostTask[]): number => tasks.reduce((id, task) => Math.max(id, task.id), 0);
/** The greatest id of all tasks of a host; 0 without any. */
export const newestId = (tasks: HostTasks): number => newestOf(allTasks(tasks));

/** The greatest id of those that have ended. */
export const newestEnded = ({ done, errors, cancelled }: HostTasks): number =>
  newestOf([...done, ...errors, ...cancelled]);

/** The tasks of an order that are newer than the task `after`. */
export const freshTasks = (action: ActionKind, tasks: HostTasks, after: number): readonly HostTask[] =>
  allTasks(tasks).filter((task) => task.id > after && isOfOrder(action, task));

/** How the newest Windows Update task of a host ended; `message` is null where it did not fail, the answer where none has ended. */
export function lastTaskEnd({
  done,
  errors,
}: HostTasks): { readonly message: string | null; readonly at: string | null } | null {
  const ended = [...done, ...errors].filter((task) => /waptwua/i.test(task.classname ?? ''));
  const last = ended.reduce<HostTask | null>((a, b) => (a === null || b.id > a.id ? b : a), null);
  if (last === null) return null;
  return { message: errors.includes(last) ? (last.summary ?? last.description ?? '') : null, at: last.finishedOn };
}

/** Where an order stands on a host, and what that changes in its run. */
export interface Judgement {
  /** `quiet`: every task ended, and none of them is the one that ends the chain. */
  readonly state: 'going' | 'quiet' | 'ended';
  readonly change: Partial<RunHost>;
}

/** Judges the fresh tasks of an order, at least one. The first failure ends it; else what runs goes before what has ended. */
export function judge(action: ActionKind, tasks: HostTasks, fresh: readonly HostTask[]): Judgement {
  const ids = new Set(fresh.map((task) => task.id));
  const last = fresh.reduce((a, b) => (b.id > a.id ? b : a));
  const failed = [...tasks.errors, ...tasks.cancelled].find((task) => ids.has(task.id));
  if (failed !== undefined) {
    const message = failed.summary ?? failed.description;
    return { state: 'ended', change: { progress: 'failed', taskId: failed.id, percent: null, message, code: null } };
  }
  const running = tasks.running !== null && ids.has(tasks.running.id) ? tasks.running : null;
  if (running !== null || tasks.pending.some((task) => ids.has(task.id))) {
    return {
      state: 'going',
      change: {
        progress: running === null ? 'launched' : 'running',
        taskId: running?.id ?? last.id,
        percent: running?.progress ?? null,
        message: running?.summary ?? running?.description ?? last.description,
        code: null,
      },
    };
  }
  if (!fresh.some((task) => ENDS_WITH[action].test(task.classname ?? '')))
    return { state: 'quiet', change: { code: null } };
  const message = last.summary ?? last.description;
  return { state: 'ended', change: { progress: 'done', taskId: last.id, percent: 100, message, code: null } };
}
