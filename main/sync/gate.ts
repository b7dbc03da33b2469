import { fail } from '../../domain/result.ts';
import type { SyncSource } from './source.ts';

/** Lets questions pass, or has them wait until it opens again. */
export class Gate {
  #opened: PromiseWithResolvers<void> | null = null;

  /** Whether questions wait. */
  get isShut(): boolean {
    return this.#opened !== null;
  }

  /** Has the next questions wait. */
  shut(): void {
    this.#opened ??= Promise.withResolvers<void>();
  }

  /** Lets the waiting ones pass. */
  open(): void {
    this.#opened?.resolve();
    this.#opened = null;
  }

  /** Resolves when one may pass, or when `signal` ends the wish to. */
  async pass(signal: AbortSignal): Promise<void> {
    while (this.#opened !== null && !signal.aborted) {
      const ended = Promise.withResolvers<void>();
      const end = (): void => ended.resolve();
      signal.addEventListener('abort', end, { once: true });
      await Promise.race([this.#opened.promise, ended.promise]);
      signal.removeEventListener('abort', end);
    }
  }
}

/** The same source, whose questions wait at the gate; `cancelled` when the signal came before they passed. */
export function held(source: SyncSource, gate: Gate): SyncSource {
  const behind =
    <A, T>(ask: (argument: A, signal: AbortSignal) => Promise<T>) =>
    async (argument: A, signal: AbortSignal): Promise<T | ReturnType<typeof cancelled>> => {
      await gate.pass(signal);
      return signal.aborted ? cancelled() : ask(argument, signal);
    };
  return {
    get listsUpdates() {
      return source.listsUpdates;
    },
    hosts: async (signal) => {
      await gate.pass(signal);
      return signal.aborted ? cancelled() : source.hosts(signal);
    },
    host: behind((uuid, signal) => source.host(uuid, signal)),
    updates: behind((page, signal) => source.updates(page, signal)),
    hostUpdates: behind((uuid, signal) => source.hostUpdates(uuid, signal)),
    hostPackages: behind((uuids, signal) => source.hostPackages(uuids, signal)),
  };
}

const cancelled = () => fail({ code: 'cancelled' } as const);
