import type { HostUpdate, RowState, StateCounts } from '../../domain/update.ts';
import { rowState } from '../../domain/update.ts';

/**
 * States as they are stored, by number. The last one is a pending row whose update has no files on the server: shown as missing, and turned
 * into pending (and back) when the files come (and go), without reading the row again.
 */
export const STATES = [
  'done',
  'superseded',
  'failed',
  'missing',
  'pending',
  'held-back',
  'forbidden',
  'unknown',
  'pending-without-files',
] as const satisfies readonly (RowState | 'pending-without-files')[];

export const PENDING = STATES.indexOf('pending');
export const PENDING_WITHOUT_FILES = STATES.indexOf('pending-without-files');

const codes: ReadonlyMap<string, number> = new Map(STATES.map((state, code) => [state, code]));

/** The stored state of a row; `onServer` says whether the server has the files of its update. */
export function stateCode(row: Omit<HostUpdate, 'uuid' | 'updateId'>, onServer: boolean): number {
  const state = rowState(row, true);
  return state === 'pending' && !onServer ? PENDING_WITHOUT_FILES : (codes.get(state) ?? 0);
}

/** The state that a stored number stands for. */
export function stateOf(code: number): RowState {
  const state = STATES[code] ?? 'unknown';
  return state === 'pending-without-files' ? 'missing' : state;
}

/** A key, the number of a state, and how many rows it has in that state. */
export type StateCount = readonly [key: number, code: number, count: number];

/** Counts by state for many keys. */
export class StateTable {
  /** `key * STATES.length + code` */
  readonly #counts: Int32Array;

  private constructor(keys: number) {
    this.#counts = new Int32Array(keys * STATES.length);
  }

  /** The table of counts in the order of their keys. */
  static of(counts: readonly StateCount[]): StateTable {
    const table = new StateTable((counts.at(-1)?.[0] ?? -1) + 1);
    for (const [key, code, count] of counts) table.#counts[key * STATES.length + code] = count;
    return table;
  }

  /** Whether the key has any row. */
  has(key: number): boolean {
    const at = key * STATES.length;
    return this.#counts.subarray(at, at + STATES.length).some((count) => count !== 0);
  }

  /** The counts of one key. */
  counts(key: number): StateCounts {
    const at = key * STATES.length;
    const count = (code: number): number => this.#counts[at + code] ?? 0;
    const [done, superseded, failed, missing, pending] = [count(0), count(1), count(2), count(3), count(4)];
    const [heldBack, forbidden, unknown, withoutFiles] = [count(5), count(6), count(7), count(8)];
    const needed = failed + missing + pending + heldBack + forbidden + unknown + withoutFiles;
    return {
      reported: needed + done + superseded,
      needed,
      pending,
      missing: missing + withoutFiles,
      failed,
      heldBack,
      forbidden,
      done,
      superseded,
    };
  }
}

const FLAGS = ['allowed', 'installed', 'present', 'hidden', 'delayed', 'downloaded'] as const;

/** The six flags of a row, each of them true, false or not reported. */
export type Flags = Pick<HostUpdate, (typeof FLAGS)[number]>;

/** Two bits a flag: 0 not reported, 1 false, 2 true. */
export function packFlags(row: Flags): number {
  let bits = 0;
  FLAGS.forEach((flag, i) => {
    const value = row[flag];
    bits |= (value === null ? 0 : value ? 2 : 1) << (2 * i);
  });
  return bits;
}

/** The flags that `packFlags` stored. */
export function unpackFlags(bits: number): Flags {
  const flag = (i: number): boolean | null => {
    const value = (bits >> (2 * i)) & 3;
    return value === 0 ? null : value === 2;
  };
  return {
    allowed: flag(0),
    installed: flag(1),
    present: flag(2),
    hidden: flag(3),
    delayed: flag(4),
    downloaded: flag(5),
  };
}
