import { describe, expect, it } from 'vitest';
import { emptyRules } from '../../../domain/rules.ts';
import { gatherChanges, withAddition, withoutRemoval } from './change-rules.ts';

const update = { updateId: 'a_1', kbids: ['5000001'] };

describe('what would change a decision', () => {
  it('gathers the entries of one package into one removal', () => {
    const { removals, others } = gatherChanges([
      { kind: 'remove-entry', package: 'p', list: 'allowedUpdates', entry: 'a_1' },
      { kind: 'scan' },
      { kind: 'remove-entry', package: 'q', list: 'allowedKbs', entry: 'KB1' },
      { kind: 'remove-entry', package: 'p', list: 'allowedKbs', entry: 'KB1' },
    ]);
    expect(removals.map((removal) => [removal.package, removal.entries.length])).toEqual([
      ['p', 2],
      ['q', 1],
    ]);
    expect(others).toEqual([{ kind: 'scan' }]);
  });

  it('removes entries however the package spells them', () => {
    const rules = { ...emptyRules, allowedUpdates: ['A_1', 'b_1'], allowedKbs: ['5000001', 'KB2'] };
    const entries = [
      { list: 'allowedUpdates', entry: 'a_1' },
      { list: 'allowedKbs', entry: 'KB5000001' },
    ] as const;
    expect(withoutRemoval(rules, { package: 'p', entries })).toEqual({
      ...emptyRules,
      allowedUpdates: ['b_1'],
      allowedKbs: ['KB2'],
    });
  });

  it('adds a KB, and takes what stands against it out', () => {
    const change = { kind: 'add-kb', package: 'p', list: 'allowedKbs', kb: 'KB5000001' } as const;
    expect(withAddition({ ...emptyRules, forbiddenUpdates: ['a_1'] }, change, update, [])).toEqual({
      ...emptyRules,
      allowedKbs: ['KB5000001'],
    });
  });

  it('adds an id where there is no KB', () => {
    const change = { kind: 'add-id', package: 'p', list: 'forbiddenUpdates', updateId: 'a_1' } as const;
    expect(withAddition(emptyRules, change, { ...update, kbids: [] }, []).forbiddenUpdates).toEqual(['a_1']);
  });
});
