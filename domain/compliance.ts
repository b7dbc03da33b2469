/**
 * How well the fleet is patched: one definition for every figure. Counted hosts are Windows hosts whose rows were read and whose scan is not
 * stale; stale ones are in no compliance figure and always beside it (design, words).
 */
import type { RowState } from './update.ts';

/** By what compliance is told apart. The first three look at parts of the updates, the others at parts of the hosts. */
export const DIMENSIONS = ['fleet', 'severity', 'product', 'classification', 'group', 'unit', 'site', 'os'] as const;

/** One of them. */
export type Dimension = (typeof DIMENSIONS)[number];

/** Whether the entries of a dimension are sets of updates: a host is in all entries of which it reports an update. */
export const isUpdateDimension = (dimension: Dimension): boolean =>
  dimension === 'severity' || dimension === 'product' || dimension === 'classification';

/** The one entry of the dimension `fleet`, and in the others the entry of hosts that do not say. */
export const NO_KEY = '';

/** The bit of each state in the standing of a host. */
export const BIT = {
  done: 1,
  superseded: 2,
  failed: 4,
  missing: 8,
  pending: 16,
  'held-back': 32,
  forbidden: 64,
  unknown: 128,
} as const satisfies Record<RowState, number>;

/** What keeps a host from being compliant raw: anything needed. */
export const NEEDED_BITS = BIT.failed | BIT.missing | BIT.pending | BIT['held-back'] | BIT.forbidden | BIT.unknown;

/** What keeps a host from being compliant with what is allowed: pending, missing or failed. */
export const OPEN_BITS = BIT.failed | BIT.missing | BIT.pending;

/** Every state. */
const ALL_BITS = 255;

/** The states of the rows of one host (all of them, or those of one set of updates), a bit each. */
export function standingOf(states: Iterable<RowState>): number {
  let bits = 0;
  for (const state of states) bits |= BIT[state];
  return bits;
}

/** Compliant raw: nothing needed. */
export const isCompliantRaw = (standing: number): boolean => (standing & NEEDED_BITS) === 0;

/** Compliant with what is allowed: nothing pending, missing or failed. */
export const isCompliantAllowed = (standing: number): boolean => (standing & OPEN_BITS) === 0;

/**
 * What is counted, each of them hosts: all Windows hosts of the entry (`hosts`); those with a young scan (`counted`); those without (`stale`), among
 * them the ones that never scanned; and of the counted ones those that are compliant, that are not (`needed`: not compliant raw; `open`: not
 * compliant with what is allowed), or that report an update in a state.
 */
export const MEASURES = [
  'hosts',
  'counted',
  'stale',
  'never-scanned',
  'compliant-raw',
  'compliant-allowed',
  'needed',
  'open',
  'pending',
  'missing',
  'failed',
  'held-back',
  'forbidden',
  'unknown',
] as const;

/** One of them. */
export type Measure = (typeof MEASURES)[number];

/** Why a host counts, or why not. `unread`: it scanned, but the console has not read its rows. */
export type ScanAge = 'counted' | 'never-scanned' | 'old' | 'unread';

const DAY = 86_400_000;

/** Whether a scan counts no more: never, unreadable, or longer ago than the limit (design, words). */
export function isStale(scan: string | null, staleDays: number, now: number): boolean {
  const at = scan === null ? Number.NaN : Date.parse(scan);
  return Number.isNaN(at) || now - at > staleDays * DAY;
}

/** Whether a host counts, by its last scan and whether its rows were ever read. */
export function scanAge(
  host: { readonly lastScan: string | null; readonly isRead: boolean },
  limit: { readonly staleDays: number; readonly now: number },
): ScanAge {
  if (host.lastScan === null) return 'never-scanned';
  if (isStale(host.lastScan, limit.staleDays, limit.now)) return 'old';
  return host.isRead ? 'counted' : 'unread';
}

const measureBits = {
  pending: BIT.pending,
  missing: BIT.missing,
  failed: BIT.failed,
  'held-back': BIT['held-back'],
  forbidden: BIT.forbidden,
  unknown: BIT.unknown,
  needed: NEEDED_BITS,
  open: OPEN_BITS,
} as const satisfies Partial<Record<Measure, number>>;

/** The states of the rows that a measure speaks of: what one sees of the updates behind it. */
export function bitsOf(measure: Measure): number {
  return measure in measureBits ? measureBits[measure as keyof typeof measureBits] : ALL_BITS;
}

/** Whether a host of an entry is counted by a measure; `standing` is over the entry's updates. */
export function isMeasured(measure: Measure, age: ScanAge, standing: number): boolean {
  switch (measure) {
    case 'hosts':
      return true;
    case 'stale':
      return age !== 'counted';
    case 'never-scanned':
      return age === 'never-scanned';
    case 'counted':
      return age === 'counted';
    case 'compliant-raw':
      return age === 'counted' && isCompliantRaw(standing);
    case 'compliant-allowed':
      return age === 'counted' && isCompliantAllowed(standing);
    default:
      return age === 'counted' && (standing & bitsOf(measure)) !== 0;
  }
}
