/** The numbers by which updates and hosts are looked at, and which reported rows count in each. */
import { isNeeded, type RowState, type StateCounts } from './update.ts';

/** The measures in the order they are shown. */
export const STATE_MEASURES = [
  'needed',
  'pending',
  'missing',
  'failed',
  'heldBack',
  'forbidden',
  'done',
  'superseded',
  'reported',
] as const satisfies readonly (keyof StateCounts)[];

/** One of them: a key of `StateCounts`. */
export type StateMeasure = (typeof STATE_MEASURES)[number];

const stateOf: Readonly<Record<Exclude<StateMeasure, 'needed' | 'reported'>, RowState>> = {
  pending: 'pending',
  missing: 'missing',
  failed: 'failed',
  heldBack: 'held-back',
  forbidden: 'forbidden',
  done: 'done',
  superseded: 'superseded',
};

/** Whether a reported row in that state counts in the measure. */
export function countsIn(state: RowState, measure: StateMeasure): boolean {
  if (measure === 'reported') return true;
  if (measure === 'needed') return isNeeded(state);
  return state === stateOf[measure];
}

/** A condition on one number: at least so many hosts (of an update), or updates (of a host), count in the measure. */
export interface AtLeast {
  readonly measure: StateMeasure;
  readonly count: number;
}

/** Whether all the conditions hold. */
export function hasAtLeast(counts: StateCounts, conditions: readonly AtLeast[]): boolean {
  return conditions.every(({ measure, count }) => counts[measure] >= count);
}
