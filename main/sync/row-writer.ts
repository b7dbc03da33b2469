import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { HostRows, Store, StoredRows } from '../store/store.ts';

/** How many hosts go to the store at once: enough to share the cost of a transaction, few enough to lose little when the console dies. */
const BATCH = 32;

/** What one host's rows came to. */
export type Written = Result<StoredRows, ConsoleError>;

/**
 * Hands hosts' rows to the store in batches, while the next ones are read: what comes in while the store writes goes together with the next
 * batch.
 */
export class RowWriter {
  readonly #store: Pick<Store, 'applyRows'>;
  readonly #queue: { readonly rows: HostRows; readonly tell: (written: Written) => void }[] = [];
  #writing: Promise<void> | null = null;
  #bug: Error | null = null;

  constructor(store: Pick<Store, 'applyRows'>) {
    this.#store = store;
  }

  /** Takes the rows of a host; `tell` is called when they are stored, or not. */
  add(rows: HostRows, tell: (written: Written) => void): void {
    this.#queue.push({ rows, tell });
    this.#writing ??= this.#write();
  }

  /** Resolves at once while the store keeps up, else when it has caught up. Rejects by a bug of the store. */
  async room(): Promise<void> {
    while (this.#queue.length >= BATCH && this.#writing !== null) await this.#writing;
    this.#rethrow();
  }

  /** Resolves when everything is stored. Rejects by a bug of the store. */
  async drained(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
    this.#rethrow();
  }

  #rethrow(): void {
    if (this.#bug !== null) throw this.#bug;
  }

  async #write(): Promise<void> {
    // What is added in the same turn goes into the same batch.
    await Promise.resolve();
    const batch = this.#queue.splice(0, BATCH);
    try {
      const written = await this.#store.applyRows(batch.map(({ rows }) => rows));
      for (const [at, { tell }] of batch.entries()) tell(resultAt(written, at));
    } catch (error) {
      this.#bug = error instanceof Error ? error : new Error(String(error));
    }
    this.#writing = this.#queue.length > 0 && this.#bug === null ? this.#write() : null;
  }
}

function resultAt(written: Result<readonly StoredRows[], ConsoleError>, at: number): Written {
  if (!written.ok) return written;
  const stored = written.value[at];
  return stored?.isKnown === true ? ok(stored) : fail({ code: 'not-found' });
}
