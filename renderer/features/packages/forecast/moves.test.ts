import { describe, expect, it } from 'vitest';
import { changedPairs, countPairs, movesOf } from './moves.ts';

const part = {
  moves: [
    { before: 'forbidden', after: 'allowed', pairs: 3 },
    { before: 'unknown', after: 'allowed', pairs: 5 },
    { before: 'allowed', after: 'allowed', pairs: 100 },
    { before: 'allowed', after: 'forbidden', pairs: 2 },
  ],
} as const;

describe('the moves of a forecast', () => {
  it('are counted by what pairs become, or that they stay', () => {
    expect(countPairs(part)).toEqual({ allowed: 8, forbidden: 2, 'held-back': 0, unknown: 0, stay: 100 });
    expect(changedPairs(part)).toBe(10);
  });

  it('are listed by size', () => {
    expect(movesOf(part, 'allowed').map((move) => move.before)).toEqual(['unknown', 'forbidden']);
    expect(movesOf(part, 'stay')).toHaveLength(1);
    expect(movesOf(part, 'held-back')).toEqual([]);
  });
});
