import { expect, it } from 'vitest';
import { countsIn, hasAtLeast, STATE_MEASURES } from './measures.ts';
import type { RowState, StateCounts } from './update.ts';

const states: readonly RowState[] = [
  'done',
  'superseded',
  'failed',
  'missing',
  'pending',
  'held-back',
  'forbidden',
  'unknown',
];

it('counts every row as reported, and as needed unless it is done or superseded', () => {
  const needed = states.filter((state) => countsIn(state, 'needed'));
  expect(needed).toEqual(['failed', 'missing', 'pending', 'held-back', 'forbidden', 'unknown']);
  expect(states.every((state) => countsIn(state, 'reported'))).toBe(true);
});

it('counts every state but the unknown one in exactly one measure of its own', () => {
  const own = STATE_MEASURES.filter((measure) => measure !== 'needed' && measure !== 'reported');
  for (const state of states)
    expect(own.filter((measure) => countsIn(state, measure)).length).toBe(state === 'unknown' ? 0 : 1);
});

it('joins conditions by AND', () => {
  const counts: StateCounts = {
    reported: 9,
    needed: 5,
    pending: 2,
    missing: 1,
    failed: 2,
    heldBack: 0,
    forbidden: 0,
    done: 4,
    superseded: 0,
  };
  expect(hasAtLeast(counts, [])).toBe(true);
  expect(hasAtLeast(counts, [{ measure: 'failed', count: 2 }])).toBe(true);
  expect(hasAtLeast(counts, [{ measure: 'failed', count: 3 }])).toBe(false);
  expect(
    hasAtLeast(counts, [
      { measure: 'failed', count: 1 },
      { measure: 'forbidden', count: 1 },
    ]),
  ).toBe(false);
});
