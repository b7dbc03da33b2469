/** Rings: an ordered set of packages; what proved itself in one may go on to the next. Nothing is promoted by itself. */
import { dateOf } from './decision.ts';

/** The gates before the next ring. Null = this gate is off. */
export interface RingGates {
  /** Days since the update was published. */
  readonly minAgeDays: number | null;
  readonly minSuccesses: number | null;
  /** 0 to 1: successes / (successes + failures). */
  readonly minSuccessRate: number | null;
  readonly maxFailures: number | null;
}

/** One ring: the package whose hosts try first, and what must be true before the next ring gets it. */
export interface Ring {
  readonly package: string;
  readonly gates: RingGates;
}

/** What the hosts of a ring report of one update. */
export interface RingResult {
  readonly successes: number;
  readonly failures: number;
  /** Needed and not yet installed or failed. */
  readonly waiting: number;
  readonly changetime: string | null;
}

/** A gate that an update has not passed. */
export type Gate = 'age' | 'successes' | 'success-rate' | 'failures';

/** Whether an update passes, what holds it, and when age alone would let it pass (milliseconds; null when another gate holds it). */
export interface RingVerdict {
  readonly passes: boolean;
  readonly heldBy: readonly Gate[];
  readonly passesAt: number | null;
}

const DAY = 86_400_000;

/** Judges one update at the gates of a ring. Without any success or failure the rate does not pass. */
export function judgeRing(result: RingResult, gates: RingGates, now: number): RingVerdict {
  const heldBy: Gate[] = [];
  const published = dateOf(result.changetime);
  const oldEnough =
    gates.minAgeDays === null ? null : published === null ? Number.NaN : published + gates.minAgeDays * DAY;
  if (oldEnough !== null && !(now >= oldEnough)) heldBy.push('age');
  if (gates.minSuccesses !== null && result.successes < gates.minSuccesses) heldBy.push('successes');
  const ended = result.successes + result.failures;
  if (gates.minSuccessRate !== null && (ended === 0 || result.successes / ended < gates.minSuccessRate))
    heldBy.push('success-rate');
  if (gates.maxFailures !== null && result.failures > gates.maxFailures) heldBy.push('failures');
  const onlyAge = heldBy.length === 1 && heldBy[0] === 'age' && oldEnough !== null && !Number.isNaN(oldEnough);
  return { passes: heldBy.length === 0, heldBy, passesAt: onlyAge ? oldEnough : null };
}
