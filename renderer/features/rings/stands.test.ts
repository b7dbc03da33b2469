import { describe, expect, it } from 'vitest';
import { defaultGates, judgeRing, type RingResult } from '../../../domain/rings.ts';
import { gateOf, shareOf, standOf, standOrder } from './stands.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const item = (more: Partial<RingResult> & { isForbiddenNext?: boolean } = {}) => {
  const { isForbiddenNext = false, ...some } = more;
  const result = { successes: 5, failures: 0, waiting: 0, changetime: '2026-11-01T00:00:00', ...some };
  return { isForbiddenNext, verdict: judgeRing(result, defaultGates, now) };
};

describe('standOf', () => {
  it.each([
    ['passed', item()],
    ['forbidden', item({ isForbiddenNext: true })],
    ['failed', item({ failures: 1 })],
    ['waits', item({ successes: 1 })],
    ['days', item({ changetime: '2026-11-19T12:00:00' })],
  ])('%s', (kind, some) => {
    expect(standOf(some, now).kind).toBe(kind);
  });

  it('counts the days that are lacking, a part of one as one', () => {
    expect(standOf(item({ changetime: '2026-11-16T12:00:00' }), now)).toMatchObject({ days: 2 });
    expect(standOf(item({ changetime: '2026-11-16T12:00:01' }), now)).toMatchObject({ days: 3 });
  });

  it('orders by what one can do soonest', () => {
    const some = [
      item({ isForbiddenNext: true }),
      item({ changetime: '2026-11-19T12:00:00' }),
      item({ successes: 1 }),
      item(),
      item({ changetime: '2026-11-17T12:00:00' }),
      item({ failures: 1 }),
    ].map((each) => standOf(each, now));
    const sorted = some.toSorted((a, b) => standOrder(a) - standOrder(b));
    expect(sorted.map((each) => (each.kind === 'days' ? each.days : each.kind))).toEqual([
      'passed',
      3,
      5,
      'waits',
      'failed',
      'forbidden',
    ]);
  });
});

describe('shareOf', () => {
  const share = (gate: Parameters<typeof gateOf>[1], some: Partial<RingResult>): number => {
    const state = gateOf(item(some), gate);
    if (state === undefined) throw new Error('off');
    return shareOf(state);
  };
  it('fills towards what is asked', () => {
    expect(share('successes', { successes: 2 })).toBe(0.4);
    expect(share('successes', { successes: 50 })).toBe(1);
    expect(share('age', { changetime: null })).toBe(0);
    expect(share('success-rate', { successes: 0 })).toBe(0);
    expect(share('failures', { failures: 0 })).toBe(0);
    expect(share('failures', { failures: 2 })).toBe(1);
  });
});
