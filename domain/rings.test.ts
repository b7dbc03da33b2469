import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, mergeRules } from './decision.ts';
import {
  defaultGates,
  type Gate,
  judgeRing,
  promoted,
  type RingGates,
  type RingResult,
  type RingUpdate,
  ringItems,
} from './rings.ts';
import { emptyRules, type Rules } from './rules.ts';

const DAY = 86_400_000;
const now = Date.parse('2026-11-21T12:00:00Z');
const result = (more: Partial<RingResult> = {}): RingResult => ({
  successes: 5,
  failures: 0,
  waiting: 0,
  changetime: '2026-11-01T00:00:00',
  ...more,
});

describe('judgeRing', () => {
  const held = (some: Partial<RingResult>, gates: Partial<RingGates> = {}): Gate[] =>
    judgeRing(result(some), { ...defaultGates, ...gates }, now).gates.flatMap((state) =>
      state.passes ? [] : [state.gate],
    );

  it.each<[string, Partial<RingResult>, Gate[]]>([
    ['all is well', {}, []],
    ['one success is lacking', { successes: 4 }, ['successes']],
    ['one host failed', { failures: 1 }, ['failures']],
    ['a rate on the line passes', { successes: 7, failures: 3 }, ['failures']],
    ['a rate under the line', { successes: 69, failures: 31 }, ['success-rate', 'failures']],
    ['nothing was tried', { successes: 0 }, ['successes', 'success-rate']],
    ['younger than the age', { changetime: '2026-11-14T12:00:01' }, ['age']],
    ['as old as the age', { changetime: '2026-11-14T12:00:00' }, []],
    ['no date', { changetime: null }, ['age']],
    ['a date that is none', { changetime: 'soon' }, ['age']],
  ])('%s', (_name, some, gates) => {
    expect(held(some)).toEqual(gates);
  });

  it('asks nothing where every gate is off', () => {
    const off = { minAgeDays: null, minSuccesses: null, minSuccessRate: null, maxFailures: null };
    expect(judgeRing(result({ successes: 0, failures: 99, changetime: null }), off, now)).toEqual({
      passes: true,
      gates: [],
      passesAt: null,
    });
  });

  it('says when it passes where only time is lacking', () => {
    const young = { changetime: '2026-11-18T00:00:00' };
    expect(judgeRing(result(young), defaultGates, now).passesAt).toBe(Date.parse('2026-11-25T00:00:00Z'));
    expect(judgeRing(result({ ...young, failures: 1 }), defaultGates, now).passesAt).toBeNull();
    expect(judgeRing(result({ changetime: null }), defaultGates, now).passesAt).toBeNull();
    expect(judgeRing(result(), defaultGates, now).passesAt).toBeNull();
  });

  const gatesOf = fc.record<RingGates>({
    minAgeDays: fc.option(fc.integer({ min: 0, max: 60 })),
    minSuccesses: fc.option(fc.integer({ min: 0, max: 20 })),
    minSuccessRate: fc.option(fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100)),
    maxFailures: fc.option(fc.integer({ min: 0, max: 10 })),
  });
  const resultOf = fc.record({
    successes: fc.integer({ min: 0, max: 40 }),
    failures: fc.integer({ min: 0, max: 40 }),
    waiting: fc.integer({ min: 0, max: 40 }),
    changetime: fc.option(fc.constantFrom('2026-09-01', '2026-11-01', '2026-11-20', '2026-11-21T11:00:00')),
  });

  it('never lets more failures or fewer successes pass where less failed or more succeeded did not', () => {
    fc.assert(
      fc.property(resultOf, gatesOf, fc.nat(20), fc.nat(20), (some, gates, more, fewer) => {
        if (!judgeRing(some, gates, now).passes) return;
        const better = { ...some, successes: some.successes + more, failures: Math.max(0, some.failures - fewer) };
        expect(judgeRing(better, gates, now).passes).toBe(true);
        expect(judgeRing(some, gates, now + more * DAY).passes).toBe(true);
      }),
    );
  });

  it('keeps its word about when it passes', () => {
    fc.assert(
      fc.property(resultOf, gatesOf, (some, gates) => {
        const { passes, passesAt } = judgeRing(some, gates, now);
        if (passesAt === null) return;
        expect(passes).toBe(false);
        expect(passesAt).toBeGreaterThan(now);
        expect(judgeRing(some, gates, passesAt).passes).toBe(true);
        expect(judgeRing(some, gates, passesAt - 1).passes).toBe(false);
      }),
    );
  });
});

const update = (updateId: string, more: Partial<RingUpdate> = {}): RingUpdate => ({
  updateId,
  kbids: [],
  product: 'Windows 11',
  severity: 'Critical',
  classification: 'Security Updates',
  changetime: '2026-11-01T00:00:00',
  isSuperseded: false,
  ...more,
});
const rules = (some: Partial<Rules>): Rules => ({ ...emptyRules, ...some });

describe('ringItems', () => {
  const updates = [
    update('a_1', { kbids: ['111'], changetime: '2026-11-03T00:00:00' }),
    update('b_1', { kbids: ['111'], changetime: '2026-11-05T00:00:00', isSuperseded: true }),
    update('c_1', { kbids: ['222'] }),
    update('d_1'),
  ];
  const shown = (inner: Partial<Rules>, next: Partial<Rules>) =>
    ringItems(updates, rules(inner), rules(next)).map(({ entry, positions }) => [entry, positions]);

  it('gathers a KB into one item, also where its ids stand beside it', () => {
    expect(shown({ allowedKbs: ['KB111'], allowedUpdates: ['a_1', 'b_1', 'd_1'] }, {})).toEqual([
      ['KB111', [0, 1]],
      ['d_1', [3]],
    ]);
  });

  it('leaves out what the next ring allows, in whatever way', () => {
    expect(shown({ allowedKbs: ['KB111', 'KB222'] }, { allowedKbs: ['KB111'] })).toEqual([['KB222', [2]]]);
    expect(shown({ allowedClassifications: ['Security Updates'] }, { allowedSeverities: ['Critical'] })).toEqual([]);
    expect(shown({ allowedKbs: ['KB111'] }, { allowedUpdates: ['a_1'] })).toEqual([['KB111', [1]]]);
  });

  it('leaves out what its own ring forbids', () => {
    expect(shown({ allowedKbs: ['KB111'], forbiddenUpdates: ['a_1'] }, {})).toEqual([['KB111', [1]]]);
  });

  it('says what the next ring forbids', () => {
    const items = ringItems(updates, rules({ allowedKbs: ['KB111'] }), rules({ forbiddenKbs: ['KB111'] }));
    expect(items).toMatchObject([{ entry: 'KB111', isForbiddenNext: true }]);
    const some = ringItems(updates, rules({ allowedKbs: ['KB111'] }), rules({ forbiddenUpdates: ['a_1'] }));
    expect(some).toMatchObject([{ entry: 'KB111', positions: [1], isForbiddenNext: false, isSuperseded: true }]);
  });

  it('is as old as the newest update of a KB, and as the oldest definition', () => {
    expect(ringItems(updates, rules({ allowedKbs: ['KB111'] }), emptyRules)[0]?.changetime).toBe('2026-11-05T00:00:00');
    const definitions = updates.map((each) => ({ ...each, classification: 'Definition Updates' }));
    expect(ringItems(definitions, rules({ allowedKbs: ['KB111'] }), emptyRules)[0]?.changetime).toBe(
      '2026-11-03T00:00:00',
    );
    const undated = updates.map((each, i) => ({ ...each, changetime: i === 0 ? null : each.changetime }));
    expect(ringItems(undated, rules({ allowedKbs: ['KB111'] }), emptyRules)[0]?.changetime).toBeNull();
  });
});

describe('promoted', () => {
  const entry = fc.constantFrom('a_1', 'b_1', 'c_1', 'd_1');
  const kb = fc.constantFrom('KB1', 'KB2');
  const some = fc.record<Rules>({
    allowedUpdates: fc.uniqueArray(entry),
    forbiddenUpdates: fc.uniqueArray(entry),
    allowedKbs: fc.uniqueArray(kb),
    forbiddenKbs: fc.uniqueArray(kb),
    allowedProducts: fc.subarray(['Windows 11']),
    allowedSeverities: fc.subarray(['Critical']),
    allowedClassifications: fc.subarray(['Security Updates']),
  });
  const updates = [
    update('a_1', { kbids: ['1'] }),
    update('b_1', { kbids: ['1', '2'] }),
    update('c_1', { kbids: ['2'], severity: null }),
    update('d_1', { product: null }),
  ];
  const options = {
    defaultAllow: false,
    installDelay: 0,
    language: 'en',
    allowedSeverities: [],
    deniedSeverities: null,
  };
  const decisions = (package_: Rules) =>
    updates.map((each) => decide(mergeRules([{ name: 'p', rules: package_ }]), each, options, now).decision);

  it('allows in the next ring what its items name, and lifts no forbid that was not its own', () => {
    fc.assert(
      fc.property(some, some, (inner, next) => {
        const items = ringItems(updates, inner, next).filter((item) => !item.isForbiddenNext);
        const after = promoted(next, items);
        const [before, then] = [decisions(next), decisions(after)];
        const named = new Set(items.flatMap((item) => item.positions));
        updates.forEach((_each, at) => {
          if (named.has(at)) expect(then[at]).toBe('allowed');
          if (before[at] === 'allowed') expect(then[at]).toBe('allowed');
        });
        expect(after.forbiddenUpdates).toEqual(next.forbiddenUpdates);
      }),
    );
  });

  it('has nothing left to promote afterwards but what is forbidden', () => {
    fc.assert(
      fc.property(some, some, (inner, next) => {
        const items = ringItems(updates, inner, next).filter((item) => !item.isForbiddenNext);
        expect(ringItems(updates, inner, promoted(next, items)).every((item) => item.isForbiddenNext)).toBe(true);
      }),
    );
  });
});
