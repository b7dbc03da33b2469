import { describe, expect, it } from 'vitest';
import { emptyRules } from '../../../../domain/rules.ts';
import { differenceOf, mergeOnto } from './merge-draft.ts';

const base = { ...emptyRules, allowedKbs: ['KB1', 'KB2'], allowedUpdates: ['a_1'] };

describe('a draft whose package moved', () => {
  it('keeps what others changed and does its own changes again', () => {
    const draft = { ...base, allowedKbs: ['KB2', 'KB9'] };
    const newest = { ...base, allowedUpdates: ['a_1', 'b_1'], forbiddenKbs: ['KB7'] };
    expect(mergeOnto(base, draft, newest)).toEqual({
      rules: { ...emptyRules, allowedKbs: ['KB2', 'KB9'], allowedUpdates: ['a_1', 'b_1'], forbiddenKbs: ['KB7'] },
      conflicts: [],
    });
  });

  it('keeps its own decision where each decided otherwise, and says so', () => {
    const draft = { ...base, allowedKbs: ['KB1', 'KB2', 'KB5'] };
    const newest = { ...base, forbiddenKbs: ['kb5'] };
    const merged = mergeOnto(base, draft, newest);
    expect(merged.conflicts).toEqual(['KB5']);
    expect(merged.rules.allowedKbs).toEqual(['KB1', 'KB2', 'KB5']);
    expect(merged.rules.forbiddenKbs).toEqual([]);
  });

  it('adds nothing twice where both did the same', () => {
    const both = { ...base, forbiddenUpdates: ['c_1'] };
    expect(mergeOnto(base, both, both)).toEqual({ rules: both, conflicts: [] });
  });

  it('takes nothing of the order or the spelling for a change', () => {
    expect(differenceOf(base, { ...base, allowedKbs: ['2', 'kb1'] })).toEqual([]);
  });
});
