import type { ErrorCode } from '../../contract/errors.ts';

const AWAY: ReadonlySet<ErrorCode> = new Set([
  'unreachable',
  'dns',
  'refused',
  'timeout',
  'proxy',
  'tls-untrusted',
  'tls-expired',
  'tls-not-yet-valid',
  'tls-wrong-name',
  'tls-changed',
  'tls-failed',
]);

/** Whether the failure says that the server cannot be reached at all. */
export const isAway = (code: ErrorCode): boolean => AWAY.has(code);

const FINAL: ReadonlySet<ErrorCode> = new Set(['signed-out', 'cancelled', 'read-only', 'disk', 'internal']);

/** Whether asking for the next host is of no use after this failure. */
export const isFinal = (code: ErrorCode): boolean => FINAL.has(code);

const FIRST_PAUSE = 60_000;
const LONGEST_PAUSE = 3_600_000;

/** Hosts that could not be read are asked again later and later (1 minute doubling to 1 hour), so that one broken host costs little. */
export class Patience {
  readonly #failed = new Map<string, { readonly times: number; readonly until: number }>();

  /** Notes a failure at `now` (milliseconds). */
  fail(uuid: string, now: number): void {
    const times = (this.#failed.get(uuid)?.times ?? 0) + 1;
    this.#failed.set(uuid, { times, until: now + Math.min(FIRST_PAUSE * 2 ** (times - 1), LONGEST_PAUSE) });
  }

  /** Notes a success. */
  succeed(uuid: string): void {
    this.#failed.delete(uuid);
  }

  /** How many hosts could not be read when they were asked last. */
  get size(): number {
    return this.#failed.size;
  }

  /** Forgets the hosts that need not be read any more. */
  keep(uuids: ReadonlySet<string>): void {
    for (const uuid of this.#failed.keys()) if (!uuids.has(uuid)) this.#failed.delete(uuid);
  }

  /** Whether the host may be asked at `now`. */
  allows(uuid: string, now: number): boolean {
    return (this.#failed.get(uuid)?.until ?? 0) <= now;
  }
}
