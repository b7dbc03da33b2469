import type { ConsoleError } from '../../contract/errors.ts';
import type { DownloadList, DownloadTask, IndexState } from '../../contract/schemas/downloads.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { EventHub } from '../ipc/events.ts';
import { indexState, listDownloads } from '../server/downloads.ts';
import type { ServerClient } from '../server/session.ts';
import type { Store } from '../store/store.ts';
import type { Sync } from '../sync/sync.ts';

const ENDED: ReadonlySet<string> = new Set(['finished', 'error', 'ok', 'done', 'cancelled']);

/** Whether a download of the server still goes on; states are an open set, so an end date or an error also ends it. */
function isRunning(task: DownloadTask): boolean {
  if (task.finishedOn !== null || (task.error !== null && task.error !== '')) return false;
  return task.status === null || !ENDED.has(task.status.toLowerCase());
}

/** After a failure the server is left alone for so many pauses. */
const PAUSES_AFTER_FAILURE = 10;

const isIndex = (task: DownloadTask): boolean =>
  task.url?.endsWith('/wsusscn2.cab') === true || task.kind === 'wsusscn2';

/** Follows the downloads of the server while some run, and tells the window; the update list is read again when one ends. */
export class DownloadWatch {
  readonly #client: ServerClient;
  readonly #store: Store;
  readonly #sync: Sync;
  readonly #events: EventHub;
  readonly #pause: number;
  readonly #onBug: (error: unknown) => void;
  #timer: NodeJS.Timeout | null = null;
  #running = 0;
  /** Those that had ended at the last look; null before the first. */
  #ended: ReadonlySet<DownloadTask['id']> | null = null;
  #isOrdered = false;
  #index: IndexState | null = null;
  #updateOf: ReadonlyMap<string, string> | null = null;
  readonly #forgetUrls: () => void;
  #isStopped = false;

  constructor(parts: {
    client: ServerClient;
    store: Store;
    sync: Sync;
    events: EventHub;
    /** Told of an exception in what runs unasked, for the log. */
    onBug?: (error: unknown) => void;
    pauseMs?: number;
  }) {
    this.#client = parts.client;
    this.#store = parts.store;
    this.#sync = parts.sync;
    this.#events = parts.events;
    this.#onBug = parts.onBug ?? (() => undefined);
    this.#pause = parts.pauseMs ?? 1_000;
    this.#forgetUrls = parts.store.onChange((subjects) => {
      if (subjects.includes('updates')) this.#updateOf = null;
    });
  }

  /** The tasks as the server has them now, each with the update whose file it is. */
  async list(signal?: AbortSignal): Promise<Result<DownloadList, ConsoleError>> {
    const urls = await this.#urls();
    const list = await listDownloads(this.#client, { limit: 1_000, updateOf: (url) => urls.get(url) ?? null }, signal);
    if (list.ok) this.#note(list.value);
    return list;
  }

  /** The state of the index with its newest task, where the server lists tasks. */
  async index(signal?: AbortSignal): Promise<Result<IndexState, ConsoleError>> {
    const state = await indexState(this.#client, signal);
    if (!state.ok) return state;
    const list = this.#client.info.capabilities['list-downloads'].available ? await this.list(signal) : null;
    const task = list?.ok === true ? (list.value.tasks.find(isIndex) ?? null) : null;
    const lastCheck = state.value.lastCheck ?? task?.finishedOn ?? task?.startedOn ?? null;
    this.#index = { ...state.value, lastCheck, task };
    return ok(this.#index);
  }

  /** The last state that was read, for a screen without a server. */
  get lastIndex(): IndexState | null {
    return this.#index;
  }

  /** Follows something that was ordered; it may have ended before the first look. */
  ordered(): void {
    this.#isOrdered = true;
    this.follow();
  }

  /** Starts following what may run. */
  follow(): void {
    this.#followIn(this.#pause);
  }

  #followIn(milliseconds: number): void {
    if (this.#timer !== null || this.#isStopped || !this.#client.info.capabilities['list-downloads'].available) return;
    this.#timer = setTimeout(() => {
      this.#tick().catch(this.#onBug);
    }, milliseconds);
  }

  /** Ends following. */
  stop(): void {
    this.#isStopped = true;
    this.#forgetUrls();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #tick(): Promise<void> {
    this.#timer = null;
    const list = await this.list();
    if (!list.ok && (this.#running > 0 || this.#isOrdered)) this.#followIn(PAUSES_AFTER_FAILURE * this.#pause);
  }

  #note(list: DownloadList): void {
    const before = this.#ended;
    const endedTasks = list.tasks.filter((task) => !isRunning(task));
    const running = list.tasks.length - endedTasks.length;
    const hasEnded = before !== null && endedTasks.some(({ id }) => !before.has(id));
    // What was ordered may have ended before the first look at it.
    if (hasEnded || (this.#isOrdered && running === 0)) void this.#sync.refreshUpdates().catch(this.#onBug);
    if (running === 0) this.#isOrdered = false;
    if (running > 0 || running !== this.#running || endedTasks.length !== before?.size)
      this.#events.emit('downloads.changed', { running });
    this.#running = running;
    this.#ended = new Set(endedTasks.map(({ id }) => id));
    if (running > 0) this.follow();
  }

  async #urls(): Promise<ReadonlyMap<string, string>> {
    if (this.#updateOf !== null) return this.#updateOf;
    const updates = await this.#store.updatesAll();
    const urls = new Map<string, string>();
    for (const update of updates.ok ? updates.value : [])
      for (const url of update.downloadUrls) urls.set(url, update.updateId);
    this.#updateOf = urls;
    return urls;
  }
}
