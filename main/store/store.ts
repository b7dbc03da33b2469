import { Worker } from 'node:worker_threads';
import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { JsonText } from '../json-text.ts';
import type { StoreSubject } from './context.ts';
import type { Recovery } from './database.ts';
import type { Message, OpenedStore, Question, WorkerStart } from './messages.ts';
import type { OperationName, Operations } from './operations.ts';

export type {
  CampaignHostAtWork,
  StoredCampaign,
  StoredCampaignHost,
  StoredCampaignRow,
  TryChange,
} from './campaigns/records.ts';
export type { CarrierRecord, PlacedHost } from './carriers.ts';
export type { StoreSubject } from './context.ts';
export type { Recovery } from './database.ts';
export type { DraftInput } from './drafts.ts';
export type { HostToRead, StaleLimit } from './hosts.ts';
export type { JournalCheck, JournalHead, JournalNote, JournalSeal, KeptSeal } from './journal.ts';
export type { PackageRecord } from './packages.ts';
export type { HostRows, StoredRows } from './rows.ts';
export type { PublishedRules } from './rules/contents.ts';

type Plain<T> = T extends JsonText<infer Value> ? Value : T;

type Failing<N extends OperationName> =
  ReturnType<Operations[N]> extends Result<infer T, ConsoleError> ? Result<T, ConsoleError> : never;

/** The operations with large answers. */
type TextName = {
  [N in OperationName]: Extract<Failing<N>, { ok: true }>['value'] extends JsonText<unknown> ? N : never;
}[OperationName];

/**
 * Every operation of the worker as an asynchronous question. Failures are values: `read-only` (another console has the right to write), `disk`
 * (`reason` says what), `not-found`, `internal` after the worker ended. A bug in the worker rejects.
 */
export type StoreOperations = {
  readonly [N in OperationName]: (
    ...parameters: Parameters<Operations[N]>
  ) => Promise<
    ReturnType<Operations[N]> extends Result<infer T, ConsoleError> ? Result<Plain<T>, ConsoleError> : never
  >;
};

/** The operations with large answers, for who only passes them on. */
export type StoreTexts = {
  readonly [N in TextName]: (...parameters: Parameters<Operations[N]>) => Promise<ReturnType<Operations[N]>>;
};

/** The store of one profile. */
export interface Store extends StoreOperations {
  /** The same questions, answered as text that nobody parsed. */
  readonly asText: StoreTexts;
  readonly isReadOnly: boolean;
  /** What was done at opening about a broken file; null when it was sound. */
  readonly recovered: Recovery | null;
  /** Tells which subjects have new rows: at once, then gathered, at most one message a second. The answer ends it. */
  readonly onChange: (listener: (subjects: readonly StoreSubject[]) => void) => () => void;
  /** Ends the worker after the questions already asked; afterwards every question fails with `internal`. */
  readonly close: () => Promise<void>;
}

/** Where the database lies (absolute), and whether to open it without the right to write. */
export interface StoreOptions {
  readonly file: string;
  readonly readOnly?: boolean;
  /** Least time between two change messages (milliseconds). */
  readonly changeInterval?: number;
}

// The build makes an entry of its own out of this address (tools/build.ts).
const workerAddress = (): URL => new URL('./worker.ts', import.meta.url);

interface Waiting {
  readonly resolve: (result: Result<unknown, ConsoleError>) => void;
  readonly reject: (error: Error) => void;
}

/** Asks the worker and hands the answers back in the order of the questions. */
class Line {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  #ended: Result<never, ConsoleError> | null = null;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('exit', () => this.#end());
    // An exception outside a question ends the worker; its questions are answered by `exit`.
    worker.on('error', (error) => this.#end(error));
  }

  ask(
    question: Omit<Question & { kind: 'ask' }, 'id'> | { readonly kind: 'close' },
  ): Promise<Result<unknown, ConsoleError>> {
    if (this.#ended !== null) return Promise.resolve(this.#ended);
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...question, id });
    });
  }

  take(message: Message): void {
    if (message.kind === 'opened' || message.kind === 'changed') return;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'bug') waiting?.reject(new Error(`the store failed: ${message.text}`));
    else if (message.kind === 'text') waiting?.resolve(ok(new JsonText(message.pieces)));
    else waiting?.resolve(message.result);
  }

  #end(error?: unknown): void {
    const facts = { reason: 'store-closed', ...(error instanceof Error ? { serverMessage: error.message } : {}) };
    this.#ended ??= fail({ code: 'internal', facts });
    for (const { resolve } of this.#waiting.values()) resolve(this.#ended);
    this.#waiting.clear();
  }
}

/** Gathers changed subjects: the first goes out at once, what follows within the interval goes out together at its end. */
class Changes {
  readonly #interval: number;
  readonly #listeners = new Set<(subjects: readonly StoreSubject[]) => void>();
  readonly #gathered = new Set<StoreSubject>();
  #timer: NodeJS.Timeout | undefined;

  constructor(interval: number) {
    this.#interval = interval;
  }

  listen(listener: (subjects: readonly StoreSubject[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add(subjects: readonly StoreSubject[]): void {
    for (const subject of subjects) this.#gathered.add(subject);
    if (this.#timer === undefined) this.#tell();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#listeners.clear();
  }

  #tell(): void {
    this.#timer = undefined;
    if (this.#gathered.size === 0) return;
    const subjects = [...this.#gathered];
    this.#gathered.clear();
    for (const listener of this.#listeners) listener(subjects);
    this.#timer = setTimeout(() => this.#tell(), this.#interval);
    this.#timer.unref();
  }
}

function storeOn(line: Line, changes: Changes, opened: OpenedStore): Store {
  const ask = (name: string, argument: unknown): Promise<Result<unknown, ConsoleError>> =>
    line.ask({ kind: 'ask', name: name as OperationName, argument });
  const fixed: Omit<Store, OperationName> = {
    asText: questions({}, ask),
    isReadOnly: opened.isReadOnly,
    recovered: opened.recovered,
    onChange: (listener) => changes.listen(listener),
    close: async () => {
      await line.ask({ kind: 'close' });
      changes.stop();
    },
  };
  return questions<Store>(fixed, async (name, argument) => {
    const result = await ask(name, argument);
    return result.ok && result.value instanceof JsonText ? ok(result.value.parse()) : result;
  });
}

/** One question for each name, without a list of names to keep beside the worker's table. */
function questions<T extends object>(
  fixed: Partial<T>,
  ask: (name: string, argument: unknown) => Promise<Result<unknown, ConsoleError>>,
): T {
  return new Proxy(fixed as T, {
    get: (target, name) => {
      // Not a thenable: an awaited store is the store.
      if (name in target || typeof name === 'symbol' || name === 'then') return Reflect.get(target, name) as unknown;
      return (argument: unknown) => ask(name, argument);
    },
  });
}

/**
 * Opens the store of a profile in its own thread, making it where there is none. Who opens it second gets `isReadOnly`. A broken file is set
 * aside and built anew (`recovered`). Fails with `disk`.
 */
export function openStore({
  file,
  readOnly = false,
  changeInterval = 1_000,
}: StoreOptions): Promise<Result<Store, ConsoleError>> {
  const start: WorkerStart = { file, readOnly };
  const worker = new Worker(workerAddress(), { workerData: start, name: 'store', execArgv: [] });
  const line = new Line(worker);
  const changes = new Changes(changeInterval);
  return new Promise((resolve, reject) => {
    // Whatever ends the worker before it said how the store was opened; afterwards these change nothing.
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the store ended before it was open')));
    worker.on('message', (message: Message) => {
      if (message.kind === 'changed') changes.add(message.subjects);
      else if (message.kind !== 'opened') line.take(message);
      else resolve(message.result.ok ? ok(storeOn(line, changes, message.result.value)) : message.result);
    });
  });
}
