import { describe, expect, it } from 'vitest';
import { emptyRules, ruleCount, withEntries, withKnownIds, withoutEntries } from './rules.ts';

describe('editing', () => {
  it('takes an allowed entry out of the forbidden list, and the reverse', () => {
    const forbidden = withEntries(emptyRules, 'forbiddenUpdates', ['a_1', 'b_1']);
    const allowed = withEntries(forbidden, 'allowedUpdates', ['a_1']);
    expect(allowed.forbiddenUpdates).toEqual(['b_1']);
    expect(allowed.allowedUpdates).toEqual(['a_1']);
  });

  it('keeps entries unique and counts them', () => {
    const rules = withEntries(withEntries(emptyRules, 'allowedKbs', ['KB1']), 'allowedKbs', ['KB1', 'KB2']);
    expect(rules.allowedKbs).toEqual(['KB1', 'KB2']);
    expect(ruleCount(rules)).toBe(2);
    expect(ruleCount(withoutEntries(rules, 'allowedKbs', ['KB1']))).toBe(1);
  });
});

describe('ids beside KBs', () => {
  const ids = (kb: string) => (kb === 'KB1' ? ['a_1', 'a_2'] : []);

  it('writes every known id of a KB once', () => {
    const answer = withKnownIds({ ...emptyRules, allowedKbs: ['KB1', 'KB9'], allowedUpdates: ['a_1'] }, ids);
    expect(answer.rules.allowedUpdates).toEqual(['a_1', 'a_2']);
    expect(answer.added).toBe(1);
  });

  it('never allows by KB what the package forbids by id, nor forbids what it allows by id', () => {
    const answer = withKnownIds({ ...emptyRules, allowedKbs: ['KB1'], forbiddenUpdates: ['a_1'] }, ids);
    expect(answer.rules.allowedUpdates).toEqual(['a_2']);
    expect(
      withKnownIds({ ...emptyRules, forbiddenKbs: ['KB1'], allowedUpdates: ['a_2'] }, ids).rules.forbiddenUpdates,
    ).toEqual(['a_1']);
  });
});
