import { randomUUID } from 'node:crypto';
import type { ConsoleError } from '../../contract/errors.ts';
import type { ActionKind, ActionRun, HostProgress, RunHost } from '../../contract/schemas/actions.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { EventHub } from '../ipc/events.ts';
import { postActions } from '../server/actions.ts';
import { actionName } from '../server/dialect.ts';
import { mayHaveArrived } from '../server/failures.ts';
import { hostTasks } from '../server/host-tasks.ts';
import type { ServerClient } from '../server/session.ts';
import type { SignerService } from '../signer/signer.ts';
import type { Store } from '../store/store.ts';
import { pool } from '../sync/pool.ts';
import type { Sync } from '../sync/sync.ts';
import { freshTasks, judge, newestEnded, newestId } from './run-tasks.ts';
import { Gate, pause } from './waiting.ts';

/** What a run needs. */
export interface RunParts {
  readonly client: ServerClient;
  readonly store: Store;
  readonly sync: Sync;
  readonly signer: SignerService;
  readonly events: EventHub;
  /** How long one waits for a task to appear on a host (milliseconds). */
  readonly taskWaitMs?: number;
  /** Told of an exception while a run is at work, for the log. */
  readonly onBug?: (error: unknown) => void;
}

interface LiveRun {
  readonly run: ActionRun & { hosts: RunHost[] };
  /** Position of each host, by uuid. */
  readonly at: ReadonlyMap<string, number>;
  readonly abort: AbortController;
}

const TASKS_WAIT = 30_000;
const SIGNED_OUT_PAUSE = 2_000;
const SENDERS = 6;
// Hosts read again before a retry; more wait for the next reading of all.
const REREAD = 200;
const FOLLOWERS = 16;
const KEPT_RUNS = 50;
const LONGEST = 4 * 3_600_000;
const RETRIED: ReadonlySet<HostProgress> = new Set(['unreachable', 'not-launched', 'no-task', 'failed', 'stopped']);
const OPEN: ReadonlySet<HostProgress> = new Set(['waiting', 'sent', 'launched', 'running']);

/** What a host had before an order: the newest of its tasks, and where its events stood. Null ids where it did not say. */
interface Baseline {
  readonly newest: number | null;
  readonly lastEventId: number | null;
}

/** The orders given to hosts since the profile was opened, and how each host took them. */
export class Runs {
  readonly #parts: RunParts;
  readonly #live: LiveRun[] = [];
  readonly #told = new Map<string, NodeJS.Timeout>();
  readonly #stopping = new AbortController();

  constructor(parts: RunParts) {
    this.#parts = parts;
  }

  /** All runs, newest first. */
  list(): readonly ActionRun[] {
    return this.#live.map(({ run }) => ({ ...run, hosts: [...run.hosts] })).reverse();
  }

  /**
   * Signs and sends one action a host (protocol 3.2: a list of targets in one action is refused by agents). Answers when every host has its
   * first state; the rest comes by `actions.changed`.
   */
  async trigger(action: ActionKind, uuids: readonly string[]): Promise<Result<ActionRun, ConsoleError>> {
    if (this.#parts.signer.state().kind !== 'open') return fail({ code: 'signer-needed' });
    const clock = this.#parts.client.info.clockDifference;
    // Hosts drop actions that are more than six hours off, and say nothing (protocol 3.6).
    if (clock !== null && Math.abs(clock) > 6 * 3_600)
      return fail({ code: 'clock-off', facts: { seconds: Math.round(clock) } });
    const wanted = [...new Set(uuids)];
    const known = await this.#parts.store.hostsByUuid(wanted);
    if (!known.ok) return known;
    const byUuid = new Map(known.value.map((host) => [host.uuid, host]));
    const now = new Date().toISOString();
    const hosts = wanted.map((uuid): RunHost => {
      const host = byUuid.get(uuid);
      const first = host === undefined ? 'failed' : host.reachable === 'OK' ? 'waiting' : 'unreachable';
      return {
        uuid,
        fqdn: host?.fqdn ?? host?.name ?? uuid,
        progress: first,
        taskId: null,
        percent: null,
        message: null,
        code: host === undefined ? 'not-found' : null,
        changedAt: now,
      };
    });
    const live: LiveRun = {
      run: { id: randomUUID(), action, startedAt: now, endedAt: null, serverMessage: null, hosts },
      at: new Map(wanted.map((uuid, i) => [uuid, i])),
      abort: new AbortController(),
    };
    const noted = await this.#parts.store.journalAppend({
      user: this.#parts.client.info.user,
      kind: `action.${action}`,
      facts: {
        run: live.run.id,
        hosts: wanted.length,
        unreachable: hosts.filter((host) => host.progress === 'unreachable').length,
      },
      reason: '',
    });
    // What cannot be written in the journal is not done.
    if (!noted.ok) return noted;
    this.#keep(live);
    this.#work(live).catch((error: unknown) => this.#fail(live, error));
    return ok({ ...live.run, hosts: [...hosts] });
  }

  /** Orders the same again for the hosts of a run that did not come to a good end. */
  async retry(runId: string): Promise<Result<ActionRun, ConsoleError>> {
    const live = this.#live.find(({ run }) => run.id === runId);
    if (live === undefined) return fail({ code: 'not-found', field: 'runId' });
    const again = live.run.hosts.filter((host) => RETRIED.has(host.progress));
    if (again.length === 0) return fail({ code: 'nothing-selected' });
    // A host that came back a moment ago is still away in the store.
    const away = again.filter((host) => host.progress === 'unreachable').slice(0, REREAD);
    await pool(away, SENDERS, async ({ uuid }) => {
      await this.#parts.sync.refreshHost(uuid);
      return true;
    });
    return this.trigger(
      live.run.action,
      again.map((host) => host.uuid),
    );
  }

  /** Sends no more of a run and stops following it; what hosts already run goes on there. */
  stopRun(runId: string): Result<ActionRun, ConsoleError> {
    const live = this.#live.find(({ run }) => run.id === runId);
    if (live === undefined) return fail({ code: 'not-found', field: 'runId' });
    live.abort.abort();
    for (const host of live.run.hosts) if (OPEN.has(host.progress)) this.#set(live, host.uuid, { progress: 'stopped' });
    this.#end(live);
    return ok({ ...live.run, hosts: [...live.run.hosts] });
  }

  /** Ends all following. */
  stop(): void {
    this.#stopping.abort();
    for (const { abort } of this.#live) abort.abort();
    for (const timer of this.#told.values()) clearTimeout(timer);
    this.#told.clear();
  }

  /** Keeps a run; the oldest that have ended make room. */
  #keep(live: LiveRun): void {
    this.#live.push(live);
    for (let over = this.#live.length - KEPT_RUNS; over > 0; over--) {
      const ended = this.#live.findIndex(({ run }) => run.endedAt !== null);
      if (ended >= 0) this.#live.splice(ended, 1);
    }
  }

  /** A bug ends the run it happened in, and nothing else. */
  #fail(live: LiveRun, error: unknown): void {
    this.#parts.onBug?.(error);
    for (const host of live.run.hosts) {
      if (OPEN.has(host.progress)) this.#set(live, host.uuid, { progress: 'failed', code: 'internal' });
    }
    this.#end(live);
  }

  #set(live: LiveRun, uuid: string, change: Partial<RunHost>): void {
    const at = live.at.get(uuid);
    const host = at === undefined ? undefined : live.run.hosts[at];
    if (at === undefined || host === undefined) return;
    live.run.hosts[at] = { ...host, ...change, changedAt: new Date().toISOString() };
    this.#tell(live.run.id);
  }

  // At most four times a second, and never without the last state.
  #tell(runId: string): void {
    if (this.#told.has(runId) || this.#stopping.signal.aborted) return;
    const timer = setTimeout(() => {
      this.#told.delete(runId);
      this.#parts.events.emit('actions.changed', { runId });
    }, 250);
    this.#told.set(runId, timer);
  }

  #end(live: LiveRun): void {
    if (live.run.endedAt !== null) return;
    Object.assign(live.run, { endedAt: new Date().toISOString() });
    this.#tell(live.run.id);
  }

  async #work(live: LiveRun): Promise<void> {
    const { signal } = live.abort;
    const targets = live.run.hosts.filter((host) => host.progress === 'waiting');
    const following: Promise<void>[] = [];
    const width = new Gate(FOLLOWERS);
    await pool(targets, SENDERS, async ({ uuid }) => {
      const baseline = await this.#baseline(uuid, signal);
      if (baseline !== null && (await this.#send(live, uuid))) {
        const followed = this.#follow(live, uuid, baseline, width);
        // Looked at below; until then a failure is nobody's surprise.
        followed.catch(() => undefined);
        following.push(followed);
      }
      return !signal.aborted;
    });
    await Promise.all(following);
    if (!signal.aborted) this.#end(live);
  }

  /** The tasks before the order, so that the new ones are known; null when the run ended. Waits while the server asks for the password. */
  async #baseline(uuid: string, signal: AbortSignal): Promise<Baseline | null> {
    while (!signal.aborted) {
      const tasks = await hostTasks(this.#parts.client, uuid, { lastEventId: null, seconds: 3 }, signal);
      if (signal.aborted) return null;
      if (tasks.ok)
        return tasks.value.kind === 'tasks'
          ? { newest: newestId(tasks.value.tasks), lastEventId: tasks.value.tasks.lastEventId }
          : { newest: null, lastEventId: null };
      if (tasks.error.code !== 'signed-out') return { newest: null, lastEventId: null };
      await pause(SIGNED_OUT_PAUSE, signal);
    }
    return null;
  }

  /** Sends the order of one host; whether a task may come of it. */
  async #send(live: LiveRun, uuid: string): Promise<boolean> {
    const { signal } = live.abort;
    const name = actionName(this.#parts.client, live.run.action);
    const order = { action: name, uuid, notify_server: true, force: false };
    while (!signal.aborted) {
      const signed = this.#parts.signer.signActions([order]);
      if (!signed.ok) {
        this.#set(live, uuid, { progress: 'failed', code: signed.error.code });
        return false;
      }
      this.#set(live, uuid, { progress: 'sent' });
      const answer = await postActions(this.#parts.client, signed.value, signal);
      if (signal.aborted) return false;
      if (answer.ok) {
        const { message, launched, results } = answer.value;
        Object.assign(live.run, { serverMessage: message });
        const isLaunched = launched === null || launched > 0 || results.length > 0;
        this.#set(live, uuid, { progress: isLaunched ? 'launched' : 'not-launched', message });
        return isLaunched;
      }
      const { code } = answer.error;
      // The server took nothing: the order is given when one is signed in again.
      if (code === 'signed-out') {
        this.#set(live, uuid, { progress: 'waiting' });
        await pause(SIGNED_OUT_PAUSE, signal);
        continue;
      }
      // Nobody knows whether it arrived: the tasks of the host tell.
      const isUnknown = mayHaveArrived(answer.error);
      this.#set(live, uuid, { progress: isUnknown ? 'sent' : 'failed', code, message: serverWords(answer.error) });
      return isUnknown;
    }
    return false;
  }

  async #follow(live: LiveRun, uuid: string, baseline: Baseline, gate: Gate): Promise<void> {
    const { signal } = live.abort;
    let started = Date.now();
    let after = baseline.newest;
    let { lastEventId } = baseline;
    let appeared = false;
    let quietSince: number | null = null;
    let emptyLooks = 0;
    while (!signal.aborted && Date.now() - started < LONGEST) {
      const asked = Date.now();
      const answer = await gate.pass(() => hostTasks(this.#parts.client, uuid, { lastEventId, seconds: 5 }, signal));
      if (signal.aborted) return;
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
        const fresh = freshTasks(live.run.action, tasks, after);
        if (fresh.length > 0) {
          appeared = true;
          const { state, change } = judge(live.run.action, tasks, fresh);
          this.#set(live, uuid, change);
          if (state === 'ended') break;
          quietSince = state === 'quiet' ? (quietSince ?? Date.now()) : null;
          emptyLooks = 0;
        } else if (appeared) {
          // A restarted agent knows nothing of what it was doing. Twice, for one answer may come from between two lists.
          emptyLooks++;
          lastEventId = null;
          if (emptyLooks > 1) {
            this.#set(live, uuid, { progress: 'failed', percent: null, message: null, code: 'agent-restarted' });
            break;
          }
        }
      }
      // A chain whose last task has another name than expected: five quiet seconds end it.
      if (quietSince !== null && Date.now() - quietSince > 5_000) {
        this.#set(live, uuid, { progress: 'done', percent: 100 });
        break;
      }
      if (!appeared && Date.now() - started > (this.#parts.taskWaitMs ?? TASKS_WAIT)) {
        this.#nothingCame(live, uuid, answer.ok ? null : serverWords(answer.error));
        return;
      }
      if (Date.now() - asked < 500) await pause(1_000, signal);
    }
    if (signal.aborted) return;
    await this.#noteEnd(live, uuid);
    await this.#parts.sync.refreshHost(uuid);
  }

  /** Keeps what a task on the host failed by, until one does not fail. */
  async #noteEnd(live: LiveRun, uuid: string): Promise<void> {
    const host = live.run.hosts[live.at.get(uuid) ?? -1];
    if (host === undefined || live.run.action === 'refresh') return;
    const { progress, message, changedAt } = host;
    if (progress === 'failed' && message !== null)
      await this.#parts.store.noteTaskEnd({ uuid, message, at: changedAt });
    else if (progress === 'done') await this.#parts.store.noteTaskEnd({ uuid, message: null, at: changedAt });
  }

  /** No task in time: the order was taken and dropped, or, where its way broke, most likely never came. */
  #nothingCame(live: LiveRun, uuid: string, message: string | null): void {
    const at = live.at.get(uuid);
    const isUnknown = at !== undefined && live.run.hosts[at]?.code !== null;
    this.#set(live, uuid, isUnknown ? { progress: 'failed' } : { progress: 'no-task', message });
  }
}

const serverWords = (error: ConsoleError): string | null => {
  const words = error.facts?.serverMessage;
  return typeof words === 'string' ? words : null;
};
