import { randomUUID } from 'node:crypto';
import type { ConsoleError } from '../../contract/errors.ts';
import type { ActionKind, ActionRun, HostProgress, RunHost } from '../../contract/schemas/actions.ts';
import type { HostTask, HostTasks } from '../../contract/schemas/hosts.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { EventHub } from '../ipc/events.ts';
import { postActions } from '../server/actions.ts';
import { actionName } from '../server/dialect.ts';
import { hostTasks } from '../server/host-tasks.ts';
import type { ServerClient } from '../server/session.ts';
import type { SignerService } from '../signer/signer.ts';
import type { Store } from '../store/store.ts';
import type { Sync } from '../sync/sync.ts';

/** What a run needs. */
export interface RunParts {
  readonly client: ServerClient;
  readonly store: Store;
  readonly sync: Sync;
  readonly signer: SignerService;
  readonly events: EventHub;
  /** How long one waits for a task to appear on a host (milliseconds). */
  readonly taskWaitMs?: number;
}

interface LiveRun {
  readonly run: ActionRun & { hosts: RunHost[] };
  /** Position of each host, by uuid. */
  readonly at: ReadonlyMap<string, number>;
  readonly abort: AbortController;
}

const TASKS_WAIT = 30_000;
const SENDERS = 6;
const FOLLOWERS = 16;
const KEPT_RUNS = 50;
const LONGEST = 4 * 3_600_000;
const RETRIED: ReadonlySet<HostProgress> = new Set(['unreachable', 'not-launched', 'no-task', 'failed', 'stopped']);
const OPEN: ReadonlySet<HostProgress> = new Set(['waiting', 'sent', 'launched', 'running']);

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

const newestId = (tasks: HostTasks): number => allTasks(tasks).reduce((id, task) => Math.max(id, task.id), 0);

/** Works through a list with at most `width` at once. */
async function each<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
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
    this.#live.push(live);
    if (this.#live.length > KEPT_RUNS) this.#live.splice(0, this.#live.length - KEPT_RUNS);
    await this.#parts.store.journalAppend({
      user: this.#parts.client.info.user,
      kind: `action.${action}`,
      facts: {
        run: live.run.id,
        hosts: wanted.length,
        unreachable: hosts.filter((host) => host.progress === 'unreachable').length,
      },
      reason: '',
    });
    void this.#work(live);
    return ok({ ...live.run, hosts: [...hosts] });
  }

  /** Orders the same again for the hosts of a run that did not come to a good end. */
  async retry(runId: string): Promise<Result<ActionRun, ConsoleError>> {
    const live = this.#live.find(({ run }) => run.id === runId);
    if (live === undefined) return fail({ code: 'not-found', field: 'runId' });
    const again = live.run.hosts.filter((host) => RETRIED.has(host.progress)).map((host) => host.uuid);
    if (again.length === 0) return fail({ code: 'nothing-selected' });
    return this.trigger(live.run.action, again);
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
    const targets = live.run.hosts.filter((host) => host.progress === 'waiting');
    const following: Promise<void>[] = [];
    const width = new Gate(FOLLOWERS);
    await each(targets, SENDERS, async (host) => {
      if (live.abort.signal.aborted) return;
      const baseline = await this.#baseline(host.uuid, live.abort.signal);
      if (live.abort.signal.aborted) return;
      if (await this.#send(live, host.uuid)) following.push(this.#follow(live, host.uuid, baseline, width));
    });
    await Promise.all(following);
    if (!live.abort.signal.aborted) this.#end(live);
  }

  /** The tasks before the order, so that the new ones are known; null when the host gave none. */
  async #baseline(uuid: string, signal: AbortSignal): Promise<HostTasks | null> {
    const tasks = await hostTasks(this.#parts.client, uuid, { lastEventId: null, seconds: 3 }, signal);
    return tasks.ok && tasks.value.kind === 'tasks' ? tasks.value.tasks : null;
  }

  async #send(live: LiveRun, uuid: string): Promise<boolean> {
    const name = actionName(this.#parts.client, live.run.action);
    const order = { action: name, uuid, notify_server: true, force: false };
    const signed = this.#parts.signer.signActions([order]);
    if (!signed.ok) {
      this.#set(live, uuid, { progress: 'failed', code: signed.error.code });
      return false;
    }
    this.#set(live, uuid, { progress: 'sent' });
    const answer = await postActions(this.#parts.client, signed.value, live.abort.signal);
    if (live.abort.signal.aborted) return false;
    if (!answer.ok) {
      this.#set(live, uuid, { progress: 'failed', code: answer.error.code, message: serverWords(answer.error) });
      return false;
    }
    Object.assign(live.run, { serverMessage: answer.value.message });
    const isLaunched = answer.value.launched === null || answer.value.launched > 0 || answer.value.results.length > 0;
    this.#set(live, uuid, { progress: isLaunched ? 'launched' : 'not-launched', message: answer.value.message });
    return isLaunched;
  }

  async #follow(live: LiveRun, uuid: string, baseline: HostTasks | null, gate: Gate): Promise<void> {
    const { signal } = live.abort;
    const started = Date.now();
    const after = baseline === null ? 0 : newestId(baseline);
    let lastEventId: number | null = baseline?.lastEventId ?? null;
    let appeared = false;
    let quietSince: number | null = null;
    while (!signal.aborted && Date.now() - started < LONGEST) {
      const asked = Date.now();
      const answer = await gate.pass(() => hostTasks(this.#parts.client, uuid, { lastEventId, seconds: 5 }, signal));
      if (signal.aborted) return;
      if (!answer.ok && answer.error.code === 'signed-out') {
        await pause(2_000, signal);
        continue;
      }
      if (answer.ok && answer.value.kind === 'tasks') {
        lastEventId = answer.value.tasks.lastEventId;
        const fresh = allTasks(answer.value.tasks).filter(
          (task) => task.id > after && isOfOrder(live.run.action, task),
        );
        if (fresh.length > 0) {
          appeared = true;
          const state = this.#judge(live, uuid, answer.value.tasks, fresh);
          if (state === 'ended') break;
          quietSince = state === 'quiet' ? (quietSince ?? Date.now()) : null;
        }
      }
      // A chain whose last task has another name than expected: five quiet seconds end it.
      if (quietSince !== null && Date.now() - quietSince > 5_000) {
        this.#set(live, uuid, { progress: 'done', percent: 100 });
        break;
      }
      if (!appeared && Date.now() - started > (this.#parts.taskWaitMs ?? TASKS_WAIT)) {
        this.#set(live, uuid, { progress: 'no-task', message: answer.ok ? null : serverWords(answer.error) });
        return;
      }
      if (Date.now() - asked < 500) await pause(1_000, signal);
    }
    if (!signal.aborted) await this.#parts.sync.refreshHost(uuid);
  }

  #judge(live: LiveRun, uuid: string, tasks: HostTasks, fresh: readonly HostTask[]): 'going' | 'quiet' | 'ended' {
    const ids = new Set(fresh.map((task) => task.id));
    const last = fresh.reduce((a, b) => (b.id > a.id ? b : a));
    const failed = tasks.errors.find((task) => ids.has(task.id));
    if (failed !== undefined) {
      this.#set(live, uuid, {
        progress: 'failed',
        taskId: failed.id,
        percent: null,
        message: failed.summary ?? failed.description,
      });
      return 'ended';
    }
    const cancelled = tasks.cancelled.find((task) => ids.has(task.id));
    if (cancelled !== undefined) {
      this.#set(live, uuid, {
        progress: 'failed',
        taskId: cancelled.id,
        percent: null,
        message: cancelled.summary ?? cancelled.description,
      });
      return 'ended';
    }
    const running = tasks.running !== null && ids.has(tasks.running.id) ? tasks.running : null;
    if (running !== null || tasks.pending.some((task) => ids.has(task.id))) {
      this.#set(live, uuid, {
        progress: running === null ? 'launched' : 'running',
        taskId: running?.id ?? last.id,
        percent: running?.progress ?? null,
        message: running?.summary ?? running?.description ?? last.description,
      });
      return 'going';
    }
    if (fresh.some((task) => ENDS_WITH[live.run.action].test(task.classname ?? ''))) {
      this.#set(live, uuid, {
        progress: 'done',
        taskId: last.id,
        percent: 100,
        message: last.summary ?? last.description,
      });
      return 'ended';
    }
    return 'quiet';
  }
}

const serverWords = (error: ConsoleError): string | null => {
  const words = error.facts?.serverMessage;
  return typeof words === 'string' ? words : null;
};

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });

/** Lets at most `width` through at once, first come first served. */
class Gate {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(width: number) {
    this.#free = width;
  }

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free--;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}
