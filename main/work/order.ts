import type { ConsoleError } from '../../contract/errors.ts';
import type { ActionKind, RunHost } from '../../contract/schemas/actions.ts';
import type { Result } from '../../domain/result.ts';
import type { ActionFields, SignedAction } from '../../wapt/index.ts';
import { postActions } from '../server/actions.ts';
import { mayHaveArrived } from '../server/failures.ts';
import { hostTasks } from '../server/host-tasks.ts';
import type { ServerClient } from '../server/session.ts';
import type { Store } from '../store/store.ts';
import type { Sync } from '../sync/sync.ts';
import { freshTasks, judge, newestEnded, newestId } from './run-tasks.ts';
import { type Gate, pause } from './waiting.ts';

/** One order to one host, from its signature to the end of its tasks. */
export interface Order {
  readonly client: ServerClient;
  readonly store: Store;
  readonly sync: Sync;
  readonly action: ActionKind;
  readonly uuid: string;
  readonly signal: AbortSignal;
  /** How long one waits for a task to appear on the host (milliseconds). */
  readonly taskWaitMs?: number | undefined;
  /** Told of each thing that becomes known. */
  readonly tell: (change: Partial<RunHost>) => void;
}

/** What a host had before an order: the newest of its tasks, and where its events stood. Null ids where it did not say. */
export interface Baseline {
  readonly newest: number | null;
  readonly lastEventId: number | null;
}

const TASKS_WAIT = 30_000;
const SIGNED_OUT_PAUSE = 2_000;
const LONGEST = 4 * 3_600_000;
const NOT_SAID: Baseline = { newest: null, lastEventId: null };

/**
 * The tasks before the order, so that the new ones are known; null when the order was given up. Waits while the server asks for the password.
 * `onFailure` is told why the host could not be asked: nothing is known of it then.
 */
export async function readBaseline(
  { client, uuid, signal }: Pick<Order, 'client' | 'uuid' | 'signal'>,
  onFailure?: (error: ConsoleError) => void,
): Promise<Baseline | null> {
  while (!signal.aborted) {
    const tasks = await hostTasks(client, uuid, { lastEventId: null, seconds: 3 }, signal);
    if (signal.aborted) return null;
    if (tasks.ok) {
      return tasks.value.kind === 'tasks'
        ? { newest: newestId(tasks.value.tasks), lastEventId: tasks.value.tasks.lastEventId }
        : NOT_SAID;
    }
    if (tasks.error.code !== 'signed-out') {
      onFailure?.(tasks.error);
      return NOT_SAID;
    }
    await pause(SIGNED_OUT_PAUSE, signal);
  }
  return null;
}

/** Signs an order at the moment at which it is sent, and posts it; whether a task may come of it. `onMessage` hears the server's own words. */
export async function sendOrder(
  { client, signal, tell }: Order,
  fields: ActionFields,
  sign: (actions: readonly ActionFields[]) => Result<readonly SignedAction[], ConsoleError>,
  onMessage: (message: string) => void = () => undefined,
): Promise<boolean> {
  while (!signal.aborted) {
    const signed = sign([fields]);
    if (!signed.ok) {
      tell({ progress: 'failed', code: signed.error.code });
      return false;
    }
    tell({ progress: 'sent' });
    const answer = await postActions(client, signed.value, signal);
    if (signal.aborted) return false;
    if (answer.ok) {
      const { message, launched, results } = answer.value;
      onMessage(message);
      const isLaunched = launched === null || launched > 0 || results.length > 0;
      tell({ progress: isLaunched ? 'launched' : 'not-launched', message });
      return isLaunched;
    }
    const { code } = answer.error;
    // The server took nothing: the order is given when one is signed in again.
    if (code === 'signed-out') {
      tell({ progress: 'waiting' });
      await pause(SIGNED_OUT_PAUSE, signal);
      continue;
    }
    // Nobody knows whether it arrived: the tasks of the host tell.
    const isUnknown = mayHaveArrived(answer.error);
    tell({ progress: isUnknown ? 'sent' : 'failed', code, message: serverWords(answer.error) });
    return isUnknown;
  }
  return false;
}

/** Follows the tasks that came after `baseline` to their end, then reads the host anew. `none`: nothing appeared in time. */
export async function followOrder(
  order: Order,
  baseline: Baseline,
  gate: Gate,
): Promise<{ readonly kind: 'ended' | 'none'; readonly message: string | null }> {
  const { client, sync, action, uuid, signal, taskWaitMs } = order;
  let last: Partial<RunHost> = {};
  const tell = (change: Partial<RunHost>): void => {
    last = { ...last, ...change };
    order.tell(change);
  };
  let started = Date.now();
  let after = baseline.newest;
  let { lastEventId } = baseline;
  let appeared = false;
  let quietSince: number | null = null;
  let emptyLooks = 0;
  while (!signal.aborted && Date.now() - started < LONGEST) {
    const asked = Date.now();
    const answer = await gate.pass(() => hostTasks(client, uuid, { lastEventId, seconds: 5 }, signal));
    if (signal.aborted) return { kind: 'ended', message: null };
    if (!answer.ok && answer.error.code === 'signed-out') {
      await pause(SIGNED_OUT_PAUSE, signal);
      started += Date.now() - asked;
      continue;
    }
    // An agent that was away may have begun anew: its events then count from one again, and it would keep silent until they pass the last known.
    const isBehind =
      answer.ok && answer.value.kind === 'unchanged' && (answer.value.lastEventId ?? 0) < (lastEventId ?? 0);
    if (!answer.ok || isBehind) lastEventId = null;
    if (answer.ok && answer.value.kind === 'tasks') {
      const { tasks } = answer.value;
      lastEventId = tasks.lastEventId;
      // A host that said nothing before the order: what has ended by now is taken for older than it.
      after ??= newestEnded(tasks);
      const fresh = freshTasks(action, tasks, after);
      if (fresh.length > 0) {
        appeared = true;
        const { state, change } = judge(action, tasks, fresh);
        tell(change);
        if (state === 'ended') break;
        quietSince = state === 'quiet' ? (quietSince ?? Date.now()) : null;
        emptyLooks = 0;
      } else if (appeared) {
        // A restarted agent knows nothing of what it was doing. Twice, for one answer may come from between two lists.
        emptyLooks++;
        lastEventId = null;
        if (emptyLooks > 1) {
          tell({ progress: 'failed', percent: null, message: null, code: 'agent-restarted' });
          break;
        }
      }
    }
    // A chain whose last task has another name than expected: five quiet seconds end it.
    if (quietSince !== null && Date.now() - quietSince > 5_000) {
      tell({ progress: 'done', percent: 100 });
      break;
    }
    if (!appeared && Date.now() - started > (taskWaitMs ?? TASKS_WAIT))
      return { kind: 'none', message: answer.ok ? null : serverWords(answer.error) };
    if (Date.now() - asked < 500) await pause(1_000, signal);
  }
  if (signal.aborted) return { kind: 'ended', message: null };
  await noteEnd(order, last);
  await sync.refreshHost(uuid);
  return { kind: 'ended', message: null };
}

/** Keeps what a task on the host failed by, until one does not fail. */
async function noteEnd({ store, uuid, action }: Order, { progress, message }: Partial<RunHost>): Promise<void> {
  if (action === 'refresh') return;
  const at = new Date().toISOString();
  if (progress === 'failed' && message != null) await store.noteTaskEnd({ uuid, message, at });
  else if (progress === 'done') await store.noteTaskEnd({ uuid, message: null, at });
}

const serverWords = (error: ConsoleError): string | null => {
  const words = error.facts?.serverMessage;
  return typeof words === 'string' ? words : null;
};
