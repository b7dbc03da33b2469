import type { ConsoleError } from '../../../contract/errors.ts';
import type { Draft } from '../../../contract/schemas/packages.ts';
import type { Result } from '../../../domain/result.ts';
import type { DraftContent } from './draft-edit.ts';

/** Whether what is on screen is also on disk. `savedAt` ISO with zone. */
export type SaveState =
  | { readonly kind: 'saved'; readonly savedAt: string }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'failed'; readonly error: ConsoleError };

/** What the saver needs of the outside. */
export interface DraftSaverParts {
  readonly save: (content: DraftContent) => Promise<Result<Pick<Draft, 'savedAt'>, ConsoleError>>;
  readonly onState: (state: SaveState) => void;
  /** Milliseconds of quiet before a change is written. */
  readonly delay: number;
}

/**
 * Writes each change of a draft to disk: the last one after a moment of quiet, never two at once, and what came meanwhile right after.
 * A failed write stays the next to be written.
 */
export class DraftSaver {
  readonly #parts: DraftSaverParts;
  #waiting: DraftContent | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #running: Promise<boolean> | null = null;

  constructor(parts: DraftSaverParts) {
    this.#parts = parts;
  }

  /** Takes the newest content. */
  change(content: DraftContent): void {
    this.#waiting = content;
    this.#parts.onState({ kind: 'unsaved' });
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), this.#parts.delay);
  }

  /** Writes what waits and resolves when all is on disk; false when it could not be written. */
  async flush(): Promise<boolean> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#running !== null) {
      const last = await this.#running;
      return this.#waiting === null ? last : this.flush();
    }
    if (this.#waiting === null) return true;
    this.#running = this.#write(this.#waiting);
    const written = await this.#running;
    return written && this.#waiting !== null ? this.flush() : written;
  }

  /** Writes what waits and takes no more time. */
  async stop(): Promise<void> {
    await this.flush();
  }

  /** Forgets what waits, for a draft that is discarded or published. */
  forget(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting = null;
  }

  async #write(content: DraftContent): Promise<boolean> {
    this.#waiting = null;
    this.#parts.onState({ kind: 'saving' });
    const answer = await this.#parts.save(content);
    this.#running = null;
    if (!answer.ok) {
      this.#waiting ??= content;
      this.#parts.onState({ kind: 'failed', error: answer.error });
      return false;
    }
    if (this.#waiting === null) this.#parts.onState({ kind: 'saved', savedAt: answer.value.savedAt });
    return true;
  }
}
