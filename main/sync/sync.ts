import type { ConsoleError } from '../../contract/errors.ts';
import type { SyncState } from '../../contract/schemas/sync.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { HostRows, HostToRead, Store } from '../store/store.ts';
import { isAway, isFinal, Patience } from './failures.ts';
import { Gate, held } from './gate.ts';
import { newsOnly } from './news.ts';
import { pool } from './pool.ts';
import { RowWriter, type Written } from './row-writer.ts';
import type { SyncSource } from './source.ts';
import { readHost, readHosts, readPackages, readUpdates, type Steps } from './steps.ts';

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
  /** Days after which a scan is stale, for the figures that the store keeps of each day; left out: it keeps none. */
  readonly staleDays?: () => number;
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

/** The state of a sync that has not run. */
export const idle: SyncState = {
  isPaused: false,
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
  readonly #parts: Steps;
  readonly #source: SyncSource;
  readonly #gate = new Gate();
  readonly #onState: (state: SyncState) => void;
  readonly #onBug: (error: unknown) => void;
  readonly #refresh: number;
  readonly #concurrency: number;
  readonly #now: () => number;
  readonly #staleDays: (() => number) | undefined;
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
    this.#onState = options.onState;
    this.#onBug = options.onBug ?? (() => {});
    this.#refresh = (options.refreshSeconds ?? 30) * 1_000;
    this.#concurrency = options.concurrency ?? 6;
    this.#now = options.now ?? Date.now;
    this.#staleDays = options.staleDays;
    this.#source = options.source;
    const source = held(options.source, this.#gate);
    this.#parts = { store: options.store, source, pageSize: options.pageSize ?? 2_000, now: this.#now };
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

  /** Asks the server nothing more until `resume`: a run waits where it is, refreshes do not begin. One host can still be read. */
  pause(): void {
    if (this.#gate.isShut) return;
    this.#gate.shut();
    clearTimeout(this.#timer);
    this.#isQuiet = false;
    this.#tell({ ...this.#state, isPaused: true }, true);
  }

  /** Goes on where `pause` stopped. */
  resume(): void {
    if (!this.#gate.isShut) return;
    this.#gate.open();
    this.#tell({ ...this.#state, isPaused: false }, true);
    if (this.#isOn && this.#run === null) void this.#ask('light');
  }

  /** Ends the refreshes and what runs; resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.#isOn = false;
    clearTimeout(this.#timer);
    this.#next = null;
    this.cancel();
    await this.#run?.ended;
  }

  /** Reads hosts, list, rows and packages, also when it was paused; `full` reads the rows of every host. Joins a run that reads as much, waits for one that reads less. */
  run({ full }: { readonly full: boolean }): Promise<SyncState> {
    this.resume();
    return this.#ask(full ? 'full' : 'normal');
  }

  /** Reads after a change on the server: what runs already may have passed by what changed, so it is not joined. Waits while paused. */
  runAnew(): Promise<SyncState> {
    return this.#ask('normal', false);
  }

  /** Ends what runs; what was read stays. */
  cancel(): void {
    this.#run?.abort.abort();
  }

  /** Reads one host anew: after a task on it. */
  refreshHost(uuid: string): Promise<Result<null, ConsoleError>> {
    return readHost({ ...this.#parts, source: this.#source }, uuid);
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

  async #readUpdates(signal: AbortSignal): Promise<Result<{ readonly isCutOff: boolean }, ConsoleError>> {
    const read = await readUpdates(this.#parts, signal, (done) => {
      if (this.#state.phase === 'updates') this.#tell({ ...this.#state, done, total: done }, false);
    });
    if (read.ok) this.#listedAt = this.#now();
    return read;
  }

  #list(): Promise<Result<null, ConsoleError>> {
    const listing = this.#readUpdates(new AbortController().signal).then((read) => {
      this.#listing = null;
      return read.ok ? ok(null) : read;
    });
    this.#listing = listing;
    return listing;
  }

  #ask(width: Width, mayJoin = true): Promise<SyncState> {
    const running = this.#run;
    if (running === null) return this.#begin(width);
    const isWider = (other: Width): boolean => WIDTHS.indexOf(other) >= WIDTHS.indexOf(width);
    if (mayJoin && isWider(running.width) && !running.abort.signal.aborted) return running.ended;
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
    this.#tell(
      {
        ...idle,
        isPaused: this.#gate.isShut,
        phase: 'hosts',
        startedAt: this.#iso(),
        finishedAt: this.#state.finishedAt,
      },
      true,
    );
    const ended = this.#work(width, abort.signal)
      .catch(this.#bug)
      .then((error) => this.#end(error, startedAt));
    this.#run = { width, abort, ended };
    return ended;
  }

  async #work(width: Width, signal: AbortSignal): Promise<ConsoleError | null> {
    if (this.#parts.store.isReadOnly) return { code: 'read-only' };
    const hosts = await readHosts(this.#parts, signal);
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
      this.#phase('packages', 1);
      const packages = await readPackages(this.#parts, signal);
      this.#tell({ ...this.#state, done: 1 }, false);
      if (packages !== null && (isFinal(packages.code) || isAway(packages.code))) return packages;
      trouble ??= packages;
    }
    const noted = await this.#parts.store.noteSynced({
      at: this.#iso(),
      hostsCutOff: hosts.value.isCutOff,
      updatesCutOff,
      ...(this.#staleDays === undefined ? {} : { staleDays: this.#staleDays() }),
    });
    return noted.ok ? trouble : noted.error;
  }

  async #end(error: ConsoleError | null, startedAt: number): Promise<SyncState> {
    if (error !== null && isAway(error.code)) await this.#parts.store.noteAttempt({ offline: true });
    if (error?.code === 'signed-out') this.#isOn = false;
    this.#run = null;
    this.#isQuiet = false;
    this.#tell({ ...this.#state, phase: 'idle', finishedAt: this.#iso(), error: error?.code ?? null }, true);
    if (this.#isOn && this.#next === null && !this.#gate.isShut) {
      // A refresh of a large fleet takes long: it may not be what the server is busy with all day. One that hung on a server that
      // does not answer says nothing of the fleet.
      const took = error !== null && isAway(error.code) ? 0 : this.#now() - startedAt;
      this.#later(Math.max(this.#refresh, 10 * took));
    }
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

  async #readRows(full: boolean, signal: AbortSignal): Promise<ConsoleError | null> {
    const wanted = await this.#parts.store.hostsToRead({ full });
    if (!wanted.ok) return wanted.error;
    this.#patience.keep(new Set(wanted.value.map(({ uuid }) => uuid)));
    const hosts = full ? wanted.value : wanted.value.filter(({ uuid }) => this.#patience.allows(uuid, this.#now()));
    if (hosts.length > 0) this.#isQuiet = false;
    this.#phase('rows', hosts.length);
    const news = newsOnly();
    let awayInARow = 0;
    let stopped: ConsoleError | null = null;
    const writer = new RowWriter(this.#parts.store);
    const judge = (error: ConsoleError | null): void => {
      if (error === null) awayInARow = 0;
      else if (isAway(error.code)) awayInARow++;
      if (error !== null && (isFinal(error.code) || awayInARow >= AWAY_AFTER)) stopped ??= error;
    };
    await pool(hosts, this.#concurrency, async (host) => {
      const read = await this.#rowsOf(host, news, signal);
      if (read.ok) {
        writer.add(read.value, (written) => {
          this.#settle(host.uuid, written);
          judge(written.ok ? null : written.error);
        });
        await writer.room();
      } else {
        if (!isFinal(read.error.code)) this.#settle(host.uuid, read);
        judge(read.error);
      }
      return stopped === null;
    });
    await writer.drained();
    return stopped;
  }

  async #rowsOf(
    { uuid, mark }: HostToRead,
    news: ReturnType<typeof newsOnly>,
    signal: AbortSignal,
  ): Promise<Result<HostRows, ConsoleError>> {
    const read = await this.#parts.source.hostUpdates(uuid, signal);
    if (signal.aborted) return fail({ code: 'cancelled' });
    if (!read.ok) return read;
    const { updates, rows } = read.value;
    return ok({ uuid, mark, updates: news(updates), rows, readAt: this.#iso() });
  }

  #settle(uuid: string, written: Written): void {
    if (written.ok) this.#patience.succeed(uuid);
    else this.#patience.fail(uuid, this.#now());
    const { done, changedHosts } = this.#state;
    this.#tell(
      {
        ...this.#state,
        done: done + 1,
        failedHosts: this.#patience.size,
        changedHosts: changedHosts + (written.ok && written.value.changed ? 1 : 0),
      },
      false,
    );
  }

  #phase(phase: SyncState['phase'], total: number): void {
    this.#tell({ ...this.#state, phase, done: 0, total, failedHosts: this.#patience.size }, true);
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
