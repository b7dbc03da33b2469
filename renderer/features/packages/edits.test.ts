import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyRules, type Rules } from '../../../domain/rules.ts';
import { judge, overruled } from './decision.ts';
import { decide, idsUnder, missingSpellings, reset, withCategory, withoutCategory, withoutKbs } from './edits.ts';
import { categoryRows, entryRows } from './entries.ts';
import { updateRow } from './testing.ts';

const july = updateRow('a_1', { kbids: ['5000001'], severity: 'Critical', product: 'Windows 11' });
const julyServer = updateRow('b_1', { kbids: ['5000001'], product: 'Windows Server 2019' });
const driver = updateRow('c_1', { kbids: [], classification: 'Drivers' });
const known = [july, julyServer, driver];

describe('decide', () => {
  it('moves an update from forbidden to allowed', () => {
    const forbidden = decide(emptyRules, 'forbidden', 'updates', [july], known);
    const rules = decide(forbidden, 'allowed', 'updates', [july], known);
    expect(rules.allowedUpdates).toEqual(['a_1']);
    expect(rules.forbiddenUpdates).toEqual([]);
  });

  it('writes KBs with their prefix and takes every id under them out of the opposite list', () => {
    const forbidden = decide(emptyRules, 'forbidden', 'updates', [julyServer], known);
    const rules = decide(forbidden, 'allowed', 'kbs', [july], known);
    expect(rules.allowedKbs).toEqual(['KB5000001']);
    expect(rules.allowedUpdates).toEqual([]);
    expect(rules.forbiddenUpdates).toEqual([]);
  });

  it('writes an update without KB by its id', () => {
    const rules = decide(emptyRules, 'forbidden', 'kbs', [july, driver], known);
    expect(rules.forbiddenKbs).toEqual(['KB5000001']);
    expect(rules.forbiddenUpdates).toEqual(['c_1']);
  });

  it('ends in the verdict that was asked, or names the forbidden KB that beats it', () => {
    const verdict = fc.constantFrom('allowed' as const, 'forbidden' as const);
    const as = fc.constantFrom('updates' as const, 'kbs' as const);
    const update = fc.constantFrom(...known);
    fc.assert(
      fc.property(verdict, as, update, verdict, as, update, (before, asBefore, first, after, asAfter, second) => {
        const rules = decide(decide(emptyRules, before, asBefore, [first], known), after, asAfter, [second], known);
        if (judge(rules)(second)?.decision === after) return;
        const beaten = overruled(rules, known).find((found) => found.updateId === second.updateId);
        expect(beaten?.by.list).toBe('forbiddenKbs');
      }),
      { numRuns: 500 },
    );
  });
});

describe('reset', () => {
  it('leaves nothing said of the update, by id or by KB', () => {
    const rules = decide(decide(emptyRules, 'allowed', 'kbs', [july], known), 'forbidden', 'updates', [driver], known);
    const left = reset(rules, [july], known);
    expect(judge(left)(july)).toBeNull();
    expect(left.forbiddenUpdates).toEqual(['c_1']);
  });
});

describe('withoutKbs', () => {
  it('takes the ids beside the KB along, unless another KB of the list holds them', () => {
    const rules: Rules = { ...emptyRules, allowedKbs: ['KB5000001'], allowedUpdates: ['a_1', 'b_1', 'c_1'] };
    expect(withoutKbs(rules, 'allowed', ['KB5000001'], known)).toEqual({ ...emptyRules, allowedUpdates: ['c_1'] });
    const both = updateRow('d_1', { kbids: ['5000001', '5000002'] });
    const two: Rules = { ...rules, allowedKbs: ['KB5000001', 'KB5000002'], allowedUpdates: ['a_1', 'd_1'] };
    expect(withoutKbs(two, 'allowed', ['KB5000001'], [july, both]).allowedUpdates).toEqual(['d_1']);
  });
});

describe('categories', () => {
  it('writes every spelling and removes them together', () => {
    const names = ['Security Updates', 'Mises à jour de la sécurité'];
    const rules = withCategory(emptyRules, 'allowedClassifications', 'Security Updates', names);
    expect(rules.allowedClassifications).toEqual(names);
    expect(categoryRows(rules)).toEqual([{ list: 'allowedClassifications', key: 'Security Updates', names }]);
    expect(withoutCategory(rules, 'allowedClassifications', 'Security Updates')).toEqual(emptyRules);
  });

  it('writes the name itself where no host reported it', () => {
    expect(withCategory(emptyRules, 'allowedSeverities', 'Critical', []).allowedSeverities).toEqual(['Critical']);
  });

  it('finds spellings that hosts began to report later', () => {
    const rules = withCategory(emptyRules, 'allowedClassifications', 'Security Updates', ['Security Updates']);
    const reported = ['Security Updates', 'Mises à jour de la sécurité'];
    expect(missingSpellings(rules, 'allowedClassifications', 'Security Updates', reported)).toEqual([reported[1]]);
    expect(missingSpellings(rules, 'allowedClassifications', 'Drivers', ['Pilotes'])).toEqual([]);
  });
});

describe('entryRows', () => {
  it('folds the ids beside a KB into its row and keeps unknown ids', () => {
    const rules: Rules = { ...emptyRules, allowedKbs: ['KB5000001'], allowedUpdates: ['a_1', 'b_1', 'gone_7'] };
    const rows = entryRows(rules, 'allowed', known);
    expect(rows.map((row) => [row.kind, row.value, row.idsBeside, row.updates.length])).toEqual([
      ['kb', 'KB5000001', 2, 2],
      ['update', 'gone_7', 0, 0],
    ]);
  });
});

describe('overruled', () => {
  it('names allowed updates that the same package forbids', () => {
    const rules: Rules = { ...emptyRules, allowedUpdates: ['a_1'], forbiddenKbs: ['KB5000001'] };
    expect(overruled(rules, known)).toEqual([
      { updateId: 'a_1', by: { decision: 'forbidden', list: 'forbiddenKbs', entry: '5000001' } },
    ]);
  });

  it('agrees with the order of evaluation: forbidden first, then the allowed lists', () => {
    const rules: Rules = { ...emptyRules, allowedSeverities: ['Critical'], allowedProducts: ['Windows 11'] };
    expect(judge(rules)(july)?.list).toBe('allowedProducts');
    expect(judge(rules)(driver)).toBeNull();
    expect(idsUnder(['5000001'], known)).toEqual(['a_1', 'b_1']);
  });
});
