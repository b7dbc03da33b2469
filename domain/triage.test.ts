import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDailyDefinition, sortTriage, type Triaged, type TriageFacts, type TriageMark } from './triage.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const later = '2026-11-22T12:00:00.000Z';
const earlier = '2026-11-20T12:00:00.000Z';

const update = (updateId: string, more: Partial<Triaged> = {}): Triaged => ({
  updateId,
  kbids: [updateId],
  product: 'Windows 11',
  classification: 'Security Updates',
  changetime: '2026-11-01T00:00:00',
  needed: 1,
  isSuperseded: false,
  ...more,
});
const definition = (updateId: string, changetime: string): Triaged =>
  update(updateId, { kbids: ['2267602'], classification: 'Definition Updates', changetime });

const facts = (more: Partial<TriageFacts> = {}, marks: Record<string, Partial<TriageMark>> = {}): TriageFacts => ({
  isRuled: () => false,
  isDrafted: () => false,
  markOf: (updateId) => {
    const mark = marks[updateId];
    return mark === undefined ? undefined : { verdict: null, snoozedUntil: null, seenOn: null, ...mark };
  },
  visitedOn: null,
  now,
  ...more,
});

describe('sortTriage', () => {
  it('takes what a host needs and no rule mentions', () => {
    const updates = [update('a'), update('b', { needed: 0 }), update('c'), update('d')];
    const sorted = sortTriage(updates, facts({ isRuled: (at) => at === 2, isDrafted: (at) => at === 3 }));
    expect(sorted.items.map((item) => [item.at, item.state])).toEqual([[0, 'open']]);
    expect(sorted.inDrafts).toBe(1);
  });

  it.each<[string, Partial<TriageMark>, string]>([
    ['a verdict', { verdict: 'forbid' }, 'decided'],
    ['a snooze that lasts', { snoozedUntil: later }, 'snoozed'],
    ['a snooze that ended', { snoozedUntil: earlier }, 'open'],
    ['a verdict given while it slept', { verdict: 'allow', snoozedUntil: later }, 'decided'],
  ])('%s decides where it stands', (_name, mark, state) => {
    expect(sortTriage([update('a')], facts({}, { a: mark })).items[0]?.state).toBe(state);
  });

  it('folds definitions to the newest, which inherits what was said of the older ones', () => {
    const updates = [definition('old', '2026-11-19'), update('x'), definition('new', '2026-11-20')];
    const sorted = sortTriage(updates, facts({}, { old: { snoozedUntil: later } }));
    expect(sorted.items).toHaveLength(2);
    expect(sorted.items.find((item) => item.at === 2)).toMatchObject({
      folded: [0],
      state: 'snoozed',
      snoozedUntil: later,
    });
  });

  it('calls new what came after the last visit, and nothing on the first', () => {
    const updates = [update('a'), update('b'), update('c')];
    const marks = { a: { seenOn: earlier }, b: { seenOn: later } };
    const isNew = (visitedOn: string | null) =>
      sortTriage(updates, facts({ visitedOn }, marks)).items.map((item) => item.isNew);
    expect(isNew('2026-11-21T11:00:00.000Z')).toEqual([false, true, true]);
    expect(isNew(null)).toEqual([false, false, false]);
  });

  it('loses no update and shows none twice', () => {
    const one = fc.record({
      needed: fc.integer({ min: 0, max: 2 }),
      isRuled: fc.boolean(),
      isDrafted: fc.boolean(),
      isDefinition: fc.boolean(),
      day: fc.integer({ min: 10, max: 28 }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 30 }), (all) => {
        const updates = all.map((each, i) => ({
          ...(each.isDefinition ? definition(`u${i}`, `2026-11-${each.day}`) : update(`u${i}`)),
          needed: each.needed,
        }));
        const sorted = sortTriage(
          updates,
          facts({ isRuled: (at) => all[at]?.isRuled === true, isDrafted: (at) => all[at]?.isDrafted === true }),
        );
        const shown = sorted.items.flatMap((item) => [item.at, ...item.folded]);
        const expected = all.flatMap((each, i) => (each.needed > 0 && !each.isRuled && !each.isDrafted ? [i] : []));
        expect(shown.toSorted((a, b) => a - b)).toEqual(expected);
        expect(sorted.inDrafts).toBe(all.filter((each) => each.needed > 0 && !each.isRuled && each.isDrafted).length);
        for (const item of sorted.items)
          for (const at of item.folded)
            expect((updates[at]?.changetime ?? '') <= (updates[item.at]?.changetime ?? '')).toBe(true);
      }),
    );
  });
});

describe('isDailyDefinition', () => {
  it.each([
    ['Definition Updates', ['2267602'], true],
    ['Mises à jour de définitions', ['2267602'], true],
    ['Definition Updates', [], false],
    ['Security Updates', ['5043064'], false],
    [null, ['5043064'], false],
  ])('%s with %j: %s', (classification, kbids, expected) => {
    expect(isDailyDefinition({ classification, kbids })).toBe(expected);
  });
});
