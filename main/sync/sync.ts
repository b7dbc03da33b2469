import type { ConsoleError } from '../../contract/errors.ts';
import type { SyncState } from '../../contract/schemas/sync.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { HostToRead, Store } from '../store/store.ts';
import { isAway, isFinal, Patience } from './failures.ts';
import { newsOnly } from './news.ts';
import { pool } from './pool.ts';
import type { SyncSource } from './source.ts';

/** What the sync works with; the rest has defaults. */
export interface SyncOptions {
  readonly store: Store;
  readonly source: SyncSource;
  readonly onState: (state: SyncState) => void;
  /** Told of an exception in a run, for the log. */
  readonly onBug?: (error: unknown) => void;
  /** Seconds between two light refreshes. */
  readonly refreshSeconds?: number;
  /** Hosts read at the same time. */
  readonly concurrency?: number;
  /** Updates asked for in one page. */
  readonly pageSize?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** How much a run reads: what changed on hosts; also the server's own list; every host anew. */
type Width = 'light' | 'normal' | 'full';

interface Run {
  readonly width: Width;
  readonly abort: AbortController;
  readonly ended: Promise<SyncState>;
}

/** A run that begins when the running one ends. */
type Waiting = Pick<Run, 'width' | 'ended'>;

const WIDTHS: readonly Width[] = ['light', 'normal', 'full'];

/** Least time between two messages about progress (milliseconds). */
const TELL = 200;

/** The server's own list is read again in light refreshes when it is older than this (milliseconds). */
const LIST_AGE = 300_000;

/** After so many hosts in a row that could not be reached through the network, the server is away. */
const AWAY_AFTER = 6;

const idle: SyncState = {
  phase: 'idle',
  done: 0,
  total: 0,
  startedAt: null,
  finishedAt: null,
  error: null,
  failedHosts: 0,
  changedHosts: 0,
};

/**
 * Moves what changed from a server to the store: hosts, the server's list of updates where it has one, rows of hosts that changed, packages
 * on hosts. What was read is stored host by host, so that a run that ends early (`signed-out`, cancelled, the server gone) is
 * taken up where it ended by the next. Runs never overlap.
 */
export class Sync {
  readonly #store: Store;
  readonly #source: SyncSource;
  readonly #onState: (state: SyncState) => void;
  readonly #onBug: (error: unknown) => void;
  readonly #refresh: number;
  readonly #concurrency: number;
  readonly #pageSize: number;
  readonly #now: () => number;
  readonly #patience = new Patience();
  #state = idle;
  #toldAt = 0;
  #isQuiet = false;
  #run: Run | null = null;
  #next: Waiting | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isOn = false;
  #listedAt = 0;
  #listing: Promise<Result<null, ConsoleError>> | null = null;
  #listAgain: Promise<Result<null, ConsoleError>> | null = null;

  constructor(options: SyncOptions) {
    this.#store = options.store;
    this.#source = options.source;
    this.#onState = options.onState;
    this.#onBug = options.onBug ?? (() => {});
    this.#refresh = (options.refreshSeconds ?? 30) * 1_000;
    this.#concurrency = options.concurrency ?? 6;
    this.#pageSize = options.pageSize ?? 2_000;
    this.#now = options.now ?? Date.now;
  }

  /** What runs now, or how the last run ended. */
  get state(): SyncState {
    return this.#state;
  }

  /** Runs at once and then refreshes lightly again and again, until `stop` or a `signed-out` answer. */
  start(): void {
    this.#isOn = true;
    void this.run({ full: false });
  }

  /** Ends the refreshes and what runs; resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.#isOn = false;
    clearTimeout(this.#timer);
    this.#next = null;
    this.cancel();
    await this.#run?.ended;
  }

  /** Reads hosts, list, rows and packages; `full` reads the rows of every host. Joins a run that reads as much, waits for one that reads less. */
  run({ full }: { readonly full: boolean }): Promise<SyncState> {
    return this.#ask(full ? 'full' : 'normal');
  }

  /** Ends what runs; what was read stays. */
  cancel(): void {
    this.#run?.abort.abort();
  }

  /** Reads one host anew: after a task on it. */
  async refreshHost(uuid: string): Promise<Result<null, ConsoleError>> {
    const { signal } = new AbortController();
    const host = await this.#source.host(uuid, signal);
    if (!host.ok) return host;
    if (host.value === null) return fail({ code: 'not-found' });
    const [listed, rows, packages] = await Promise.all([
      this.#store.applyHosts({ hosts: [host.value], isComplete: false }),
      this.#source.hostUpdates(uuid, signal),
      this.#source.hostPackages([uuid], signal),
    ]);
    if (!listed.ok) return listed;
    if (!rows.ok) return rows;
    const stored = await this.#store.applyHostRows({
      uuid,
      mark: null,
      updates: rows.value.updates,
      rows: rows.value.rows,
      readAt: this.#iso(),
    });
    if (!stored.ok) return stored;
    if (!packages.ok) return packages;
    const kept = await this.#store.applyHostPackages({ uuids: [uuid], packages: packages.value.packages });
    return kept.ok ? ok(null) : kept;
  }

  /** Reads the server's own list anew, where it has one: after downloads. */
  async refreshUpdates(): Promise<Result<null, ConsoleError>> {
    // Downloads end in bursts: whoever asks while a reading runs shares the one that follows it.
    const running = this.#listing;
    if (running === null) return this.#list();
    this.#listAgain ??= running.then(() => {
      this.#listAgain = null;
      return this.#list();
    });
    return this.#listAgain;
  }

  #list(): Promise<Result<null, ConsoleError>> {
    const listing = this.#readUpdates(new AbortController().signal).then((read) => {
      this.#listing = null;
      return read.ok ? ok(null) : read;
    });
    this.#listing = listing;
    return listing;
  }

  #ask(width: Width): Promise<SyncState> {
    const running = this.#run;
    if (running === null) return this.#begin(width);
    const isWider = (other: Width): boolean => WIDTHS.indexOf(other) >= WIDTHS.indexOf(width);
    if (isWider(running.width) && !running.abort.signal.aborted) return running.ended;
    if (this.#next !== null && isWider(this.#next.width)) return this.#next.ended;
    const next: Waiting = {
      width,
      ended: running.ended.then((state): SyncState | Promise<SyncState> =>
        this.#next === next ? this.#begin(width) : (this.#run?.ended ?? state),
      ),
    };
    this.#next = next;
    return next.ended;
  }

  #begin(width: Width): Promise<SyncState> {
    clearTimeout(this.#timer);
    this.#next = null;
    const abort = new AbortController();
    const startedAt = this.#now();
    this.#isQuiet = width === 'light';
    this.#tell({ ...idle, phase: 'hosts', startedAt: this.#iso(), finishedAt: this.#state.finishedAt }, true);
    const ended = this.#work(width, abort.signal)
      .catch(this.#bug)
      .then((error) => this.#end(error, startedAt));
    this.#run = { width, abort, ended };
    return ended;
  }

  async #work(width: Width, signal: AbortSignal): Promise<ConsoleError | null> {
    if (this.#store.isReadOnly) return { code: 'read-only' };
    const hosts = await this.#readHosts(signal);
    if (!hosts.ok) return hosts.error;
    let updatesCutOff = false;
    let trouble: ConsoleError | null = null;
    if (width !== 'light' || this.#now() - this.#listedAt > LIST_AGE) {
      this.#phase('updates', 0);
      const updates = await this.#readUpdates(signal);
      if (updates.ok) updatesCutOff = updates.value.isCutOff;
      else if (isFinal(updates.error.code) || isAway(updates.error.code)) return updates.error;
      else if (updates.error.code !== 'absent') trouble = updates.error;
    }
    const rows = await this.#readRows(width === 'full', signal);
    if (rows !== null) return rows;
    if (width !== 'light' || this.#state.changedHosts > 0 || hosts.value.changed > 0) {
      const packages = await this.#readPackages(signal);
      if (packages !== null && (isFinal(packages.code) || isAway(packages.code))) return packages;
      trouble ??= packages;
    }
    const noted = await this.#store.noteSynced({ at: this.#iso(), hostsCutOff: hosts.value.isCutOff, updatesCutOff });
    return noted.ok ? trouble : noted.error;
  }

  async #end(error: ConsoleError | null, startedAt: number): Promise<SyncState> {
    if (error !== null && isAway(error.code)) await this.#store.noteAttempt({ offline: true });
    if (error?.code === 'signed-out') this.#isOn = false;
    this.#run = null;
    this.#isQuiet = false;
    this.#tell({ ...this.#state, phase: 'idle', finishedAt: this.#iso(), error: error?.code ?? null }, true);
    // A refresh of a large fleet takes long: it may not be what the server is busy with all day.
    if (this.#isOn && this.#next === null) this.#later(Math.max(this.#refresh, 10 * (this.#now() - startedAt)));
    return this.#state;
  }

  // A bug ends the run, not the sync: the next refresh tries again.
  readonly #bug = (error: unknown): ConsoleError => {
    this.#onBug(error);
    return { code: 'internal' };
  };

  #later(pause: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask('light'), pause);
  }

  async #readHosts(
    signal: AbortSignal,
  ): Promise<Result<{ readonly changed: number; readonly isCutOff: boolean }, ConsoleError>> {
    const read = await this.#source.hosts(signal);
    if (signal.aborted) return fail({ code: 'cancelled' });
    if (!read.ok) return read;
    await this.#store.noteAttempt({ offline: false });
    const { hosts, isCutOff } = read.value;
    const applied = await this.#store.applyHosts({ hosts, isComplete: !isCutOff });
    return applied.ok ? ok({ changed: applied.value.changed, isCutOff }) : applied;
  }

  async #readUpdates(signal: AbortSignal): Promise<Result<{ readonly isCutOff: boolean }, ConsoleError>> {
    if (!this.#source.listsUpdates) return ok({ isCutOff: false });
    const run = this.#now();
    const seen = new Set<string>();
    for (let offset = 0, isLast = false; !isLast; offset += this.#pageSize) {
      const page = await this.#source.updates({ offset, limit: this.#pageSize }, signal);
      if (signal.aborted) return fail({ code: 'cancelled' });
      if (!page.ok) return page;
      const before = seen.size;
      for (const update of page.value.updates) seen.add(update.updateId);
      isLast = page.value.isLast;
      // A server that knows no offset gives the same page for ever.
      if (!isLast && seen.size === before) return ok({ isCutOff: true });
      const applied = await this.#store.applyUpdates({ updates: page.value.updates, run });
      if (!applied.ok) return applied;
      if (this.#state.phase === 'updates') this.#tell({ ...this.#state, done: seen.size, total: seen.size }, false);
    }
    const finished = await this.#store.finishUpdates(run);
    if (!finished.ok) return finished;
    this.#listedAt = this.#now();
    return ok({ isCutOff: false });
  }

  async #readRows(full: boolean, signal: AbortSignal): Promise<ConsoleError | null> {
    const wanted = await this.#store.hostsToRead({ full });
    if (!wanted.ok) return wanted.error;
    const hosts = full ? wanted.value : wanted.value.filter(({ uuid }) => this.#patience.allows(uuid, this.#now()));
    if (hosts.length > 0) this.#isQuiet = false;
    this.#phase('rows', hosts.length);
    const news = newsOnly();
    let awayInARow = 0;
    let stopped: ConsoleError | null = null;
    await pool(hosts, this.#concurrency, async (host) => {
      const error = await this.#readHost(host, news, signal);
      if (error === null) awayInARow = 0;
      else if (isAway(error.code)) awayInARow++;
      if (error !== null && (isFinal(error.code) || awayInARow >= AWAY_AFTER)) stopped ??= error;
      return stopped === null;
    });
    return stopped;
  }

  async #readHost(
    { uuid, mark }: HostToRead,
    news: ReturnType<typeof newsOnly>,
    signal: AbortSignal,
  ): Promise<ConsoleError | null> {
    if (signal.aborted) return { code: 'cancelled' };
    const read = await this.#source.hostUpdates(uuid, signal);
    if (signal.aborted) return { code: 'cancelled' };
    if (!read.ok && isFinal(read.error.code)) return read.error;
    const stored = read.ok
      ? await this.#store.applyHostRows({
          uuid,
          mark,
          updates: news(read.value.updates),
          rows: read.value.rows,
          readAt: this.#iso(),
        })
      : read;
    if (stored.ok) this.#patience.succeed(uuid);
    else this.#patience.fail(uuid, this.#now());
    const { done, failedHosts, changedHosts } = this.#state;
    this.#tell(
      {
        ...this.#state,
        done: done + 1,
        failedHosts: failedHosts + (stored.ok ? 0 : 1),
        changedHosts: changedHosts + (stored.ok && stored.value.changed ? 1 : 0),
      },
      false,
    );
    return stored.ok ? null : stored.error;
  }

  async #readPackages(signal: AbortSignal): Promise<ConsoleError | null> {
    this.#phase('packages', 1);
    const read = await this.#source.hostPackages(null, signal);
    if (signal.aborted) return { code: 'cancelled' };
    if (!read.ok) return read.error;
    const applied = await this.#store.applyHostPackages({ uuids: null, packages: read.value.packages });
    return applied.ok ? null : applied.error;
  }

  #phase(phase: SyncState['phase'], total: number): void {
    this.#tell({ ...this.#state, phase, done: 0, total }, true);
  }

  #tell(state: SyncState, isTurn: boolean): void {
    this.#state = state;
    const now = this.#now();
    if (this.#isQuiet || (!isTurn && now - this.#toldAt < TELL)) return;
    this.#toldAt = now;
    this.#onState(state);
  }

  #iso(): string {
    return new Date(this.#now()).toISOString();
  }
}
