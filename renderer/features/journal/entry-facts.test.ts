import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../contract/schemas/sync.ts';
import { countBy, filterEntries, listFact, numberFact, publishedDiff, recordsFact, textFact } from './entry-facts.ts';

const entry = (id: number, kind: string, user: string): JournalEntry => ({
  id,
  at: '2026-11-21T10:00:00Z',
  user,
  kind,
  facts: {},
  reason: '',
  hash: '',
});

describe('the facts of a line', () => {
  it('are what they should be, or nothing', () => {
    const facts = { a: 'x', b: 3, c: ['y', 4, null], d: [{ e: 1 }, 'z', null, []], f: null };
    expect([textFact(facts, 'a'), textFact(facts, 'b'), textFact(facts, 'c'), textFact(facts, 'none')]).toEqual([
      'x',
      '3',
      '',
      '',
    ]);
    expect([numberFact(facts, 'b'), numberFact(facts, 'a')]).toEqual([3, null]);
    expect([listFact(facts, 'c'), listFact(facts, 'f')]).toEqual([['y'], []]);
    expect(recordsFact(facts, 'd')).toEqual([{ e: 1 }]);
  });

  it('of a publication are a difference, list by list', () => {
    expect(
      publishedDiff({
        before: { allowedKbs: ['KB1', 'KB2'], forbiddenKbs: [] },
        after: { allowedKbs: ['KB2', 'KB3'], forbiddenKbs: ['KB9'], allowedProducts: 7 },
      }),
    ).toEqual([
      { list: 'forbiddenKbs', added: ['KB9'], removed: [] },
      { list: 'allowedKbs', added: ['KB3'], removed: ['KB1'] },
    ]);
    expect(publishedDiff({ after: { allowedKbs: ['KB1'] } })).toEqual([
      { list: 'allowedKbs', added: ['KB1'], removed: [] },
    ]);
    expect(publishedDiff({})).toBeNull();
    expect(publishedDiff({ after: ['KB1'] })).toBeNull();
  });
});

describe('the filter of the journal', () => {
  const entries = [entry(1, 'action.scan', 'ada'), entry(2, 'package.publish', 'bob'), entry(3, 'action.scan', 'bob')];

  it('takes one kind, one user, both or none', () => {
    const ids = (kind: string | null, user: string | null): number[] =>
      filterEntries(entries, { kind, user }).map(({ id }) => id);
    expect([ids(null, null), ids('action.scan', null), ids(null, 'bob'), ids('action.scan', 'bob')]).toEqual([
      [1, 2, 3],
      [1, 3],
      [2, 3],
      [3],
    ]);
  });

  it('counts what there is', () => {
    expect(countBy(entries, ({ user }) => user)).toEqual([
      { value: 'bob', count: 2 },
      { value: 'ada', count: 1 },
    ]);
  });
});
