import { describe, expect, it } from 'vitest';
import { emptyRules } from '../../../domain/rules.ts';
import { changesOf, isUnchanged } from './review.ts';

const base = {
  package: 'acme-wsus',
  description: 'Servers',
  maturity: 'PROD',
  rules: { ...emptyRules, allowedUpdates: ['a_1', 'b_1'], allowedKbs: ['KB5000001'] },
};

describe('changesOf', () => {
  it('finds nothing where only the order differs', () => {
    const changes = changesOf(base, { ...base, rules: { ...base.rules, allowedUpdates: ['b_1', 'a_1'] } });
    expect(isUnchanged(changes)).toBe(true);
  });

  it('names what comes and goes in each list, and changed fields', () => {
    const changes = changesOf(base, {
      ...base,
      maturity: 'DEV',
      rules: { ...base.rules, allowedUpdates: ['b_1'], forbiddenUpdates: ['a_1'] },
    });
    expect(changes.lists).toEqual([
      { list: 'forbiddenUpdates', added: ['a_1'], removed: [] },
      { list: 'allowedUpdates', added: [], removed: ['a_1'] },
    ]);
    expect(changes.fields).toEqual([{ field: 'maturity', before: 'PROD', after: 'DEV' }]);
  });

  it('shows everything of a new package as added', () => {
    const changes = changesOf(null, base);
    expect(changes.fields).toEqual([]);
    expect(changes.lists.map((list) => [list.list, list.added.length, list.removed.length])).toEqual([
      ['allowedUpdates', 2, 0],
      ['allowedKbs', 1, 0],
    ]);
  });
});
