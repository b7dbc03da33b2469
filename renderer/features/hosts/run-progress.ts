/** Where a run stands, over all its hosts. */
import type { ActionRun, HostProgress, RunHost } from '../../../contract/schemas/actions.ts';

/** The states of a host in a run, in the order they are counted on screen. */
const PROGRESS_ORDER = [
  'failed',
  'no-task',
  'not-launched',
  'unreachable',
  'running',
  'launched',
  'sent',
  'waiting',
  'done',
  'stopped',
] as const satisfies readonly HostProgress[];

/** How each state is marked. */
export const PROGRESS_TONE: Readonly<Record<HostProgress, 'ok' | 'warning' | 'error' | 'info' | 'neutral'>> = {
  waiting: 'neutral',
  unreachable: 'warning',
  sent: 'info',
  'not-launched': 'warning',
  launched: 'info',
  running: 'info',
  'no-task': 'warning',
  done: 'ok',
  failed: 'error',
  stopped: 'neutral',
};

const ENDED: ReadonlySet<HostProgress> = new Set([
  'unreachable',
  'not-launched',
  'no-task',
  'done',
  'failed',
  'stopped',
]);
const TO_RETRY: ReadonlySet<HostProgress> = new Set(['unreachable', 'not-launched', 'no-task', 'failed', 'stopped']);

/** Whether nothing more comes for this host in this run. */
export const isEnded = (host: Pick<RunHost, 'progress'>): boolean => ENDED.has(host.progress);

/** Whether a retry would order this host again. */
const isToRetry = (host: Pick<RunHost, 'progress'>): boolean => TO_RETRY.has(host.progress);

/** A run in numbers; `percent` 0 to 100 counts running hosts by their own progress. */
export interface RunSummary {
  readonly total: number;
  readonly ended: number;
  readonly percent: number;
  readonly toRetry: number;
  readonly isRunning: boolean;
  readonly counts: readonly { readonly progress: HostProgress; readonly count: number }[];
}

/** Counts a run. */
export function summarise(run: ActionRun): RunSummary {
  const counts = new Map<HostProgress, number>();
  let ended = 0;
  let toRetry = 0;
  let share = 0;
  for (const host of run.hosts) {
    counts.set(host.progress, (counts.get(host.progress) ?? 0) + 1);
    if (isToRetry(host)) toRetry++;
    if (isEnded(host)) {
      ended++;
      share += 1;
    } else {
      share += Math.min(Math.max(host.percent ?? 0, 0), 100) / 100;
    }
  }
  const total = run.hosts.length;
  return {
    total,
    ended,
    percent: total === 0 ? 100 : Math.floor((share / total) * 100),
    toRetry,
    isRunning: run.endedAt === null,
    counts: PROGRESS_ORDER.flatMap((progress) => {
      const count = counts.get(progress) ?? 0;
      return count === 0 ? [] : [{ progress, count }];
    }),
  };
}
