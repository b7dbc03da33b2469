import { randomUUID } from 'node:crypto';
import type { ConsoleError } from '../../contract/errors.ts';
import type { ActionKind, ActionRun, HostProgress, RunHost } from '../../contract/schemas/actions.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { EventHub } from '../ipc/events.ts';
import { actionName } from '../server/dialect.ts';
import type { ServerClient } from '../server/session.ts';
import type { SignerService } from '../signer/signer.ts';
import type { Store } from '../store/store.ts';
import { pool } from '../sync/pool.ts';
import type { Sync } from '../sync/sync.ts';
import { followOrder, type Order, readBaseline, sendOrder } from './order.ts';
import { Gate } from './waiting.ts';

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

const SENDERS = 6;
// Hosts read again before a retry; more wait for the next reading of all.
const REREAD = 200;
const FOLLOWERS = 16;
const KEPT_RUNS = 50;
const RETRIED: ReadonlySet<HostProgress> = new Set(['unreachable', 'not-launched', 'no-task', 'failed', 'stopped']);
const OPEN: ReadonlySet<HostProgress> = new Set(['waiting', 'sent', 'launched', 'running']);

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
      const order = this.#order(live, uuid);
      const baseline = await readBaseline(order);
      if (baseline !== null && (await this.#send(live, order))) {
        const followed = followOrder(order, baseline, width).then(({ kind, message }) => {
          if (kind === 'none') this.#nothingCame(live, uuid, message);
        });
        // Looked at below; until then a failure is nobody's surprise.
        followed.catch(() => undefined);
        following.push(followed);
      }
      return !signal.aborted;
    });
    await Promise.all(following);
    if (!signal.aborted) this.#end(live);
  }

  #order(live: LiveRun, uuid: string): Order {
    const { client, store, sync, taskWaitMs } = this.#parts;
    const { signal } = live.abort;
    const tell = (change: Partial<RunHost>): void => this.#set(live, uuid, change);
    return { client, store, sync, action: live.run.action, uuid, signal, taskWaitMs, tell };
  }

  /** Sends the order of one host; whether a task may come of it. */
  #send(live: LiveRun, order: Order): Promise<boolean> {
    const { signer, client } = this.#parts;
    const name = actionName(client, live.run.action);
    const fields = { action: name, uuid: order.uuid, notify_server: true, force: false };
    return sendOrder(order, fields, signer.signActions, (serverMessage) => Object.assign(live.run, { serverMessage }));
  }

  /** No task in time: the order was taken and dropped, or, where its way broke, most likely never came. */
  #nothingCame(live: LiveRun, uuid: string, message: string | null): void {
    const at = live.at.get(uuid);
    const isUnknown = at !== undefined && live.run.hosts[at]?.code !== null;
    this.#set(live, uuid, isUnknown ? { progress: 'failed' } : { progress: 'no-task', message });
  }
}
