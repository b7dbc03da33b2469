import { describe, expect, it } from 'vitest';
import { emptyRules } from '../../../../domain/rules.ts';
import { updateRow } from '../testing.ts';
import {
  catchRevision,
  categoriesAsUpdates,
  dropAll,
  fitsAll,
  keepOn,
  newestInstead,
  replaceBy,
  together,
} from './fixes.ts';

const OLD = '11111111-0000-0000-0000-000000000001_100';
const NEW = '11111111-0000-0000-0000-000000000001_101';

describe('catching a newer revision', () => {
  const known = [updateRow(OLD, { kbids: ['5000001'] }), updateRow(NEW, { kbids: ['5000001'] })];

  it('adds the KB on the side of the rule', () => {
    const step = catchRevision(
      { kind: 'newer-revision', list: 'forbiddenUpdates', entry: OLD, newer: NEW, kb: 'KB5000001' },
      known,
    );
    expect(step({ ...emptyRules, forbiddenUpdates: [OLD] })).toEqual({
      ...emptyRules,
      forbiddenUpdates: [OLD],
      forbiddenKbs: ['KB5000001'],
    });
  });

  it('adds the id of the newer one where there is no KB', () => {
    const step = catchRevision(
      { kind: 'newer-revision', list: 'allowedUpdates', entry: OLD, newer: NEW, kb: null },
      known,
    );
    expect(step({ ...emptyRules, allowedUpdates: [OLD] }).allowedUpdates).toEqual([OLD, NEW]);
  });
});

describe('other fixes', () => {
  it('take out what matches nothing, however it is spelt', () => {
    const rules = { ...emptyRules, allowedKbs: ['KB1', 'KB2'], forbiddenUpdates: ['AB_1'] };
    const step = dropAll([
      { kind: 'matches-nothing', list: 'allowedKbs', entry: '1' },
      { kind: 'matches-nothing', list: 'forbiddenUpdates', entry: 'ab_1' },
    ]);
    expect(step(rules)).toEqual({ ...emptyRules, allowedKbs: ['KB2'] });
  });

  it('keep a contradiction on one side', () => {
    const rules = { ...emptyRules, allowedKbs: ['KB1'], forbiddenKbs: ['KB1'] };
    expect(keepOn('KB1', 'allowed')(rules)).toEqual({ ...emptyRules, allowedKbs: ['KB1'] });
    expect(keepOn('KB1', 'forbidden')(rules)).toEqual({ ...emptyRules, forbiddenKbs: ['KB1'] });
  });

  it('do several as one', () => {
    expect(
      together([keepOn('KB1', 'allowed'), keepOn('KB2', 'allowed')])({ ...emptyRules, forbiddenKbs: ['KB1', 'KB2'] }),
    ).toEqual(emptyRules);
  });
});

describe('replacing what is superseded', () => {
  const first = updateRow('aaaaaaaa-0000-0000-0000-000000000001_1', { kbids: ['1'], isSuperseded: true });
  const second = updateRow('aaaaaaaa-0000-0000-0000-000000000002_1', {
    kbids: ['2'],
    isSuperseded: true,
    supersededUpdateIds: ['aaaaaaaa-0000-0000-0000-000000000001'],
  });
  const third = updateRow('aaaaaaaa-0000-0000-0000-000000000003_1', {
    kbids: ['3'],
    supersededUpdateIds: ['aaaaaaaa-0000-0000-0000-000000000002'],
  });
  const known = [first, second, third];

  it('goes to the end of the chain', () => {
    expect(newestInstead([first.updateId], known)).toBe(third);
    expect(newestInstead([third.updateId], known)).toBeNull();
    expect(newestInstead(['unknown_1'], known)).toBeNull();
  });

  it('writes the newest as the entry was written', () => {
    const warning = { kind: 'only-superseded', entry: 'KB1', examples: [first.updateId] } as const;
    expect(
      replaceBy({ ...warning, list: 'allowedKbs' }, third, known)({ ...emptyRules, allowedKbs: ['KB1'] }).allowedKbs,
    ).toEqual(['KB3']);
    expect(
      replaceBy(
        { ...warning, entry: first.updateId, list: 'allowedUpdates' },
        third,
        known,
      )({ ...emptyRules, allowedUpdates: [first.updateId] }).allowedUpdates,
    ).toEqual([third.updateId]);
  });
});

describe('categories that should have been conditions', () => {
  const known = [
    updateRow('a_1', { severity: 'Critical', product: 'Windows 11' }),
    updateRow('b_1', { severity: 'Important', product: 'Windows 11' }),
    updateRow('c_1', { severity: 'Critical', product: 'Windows 10' }),
    updateRow('d_1', { severity: 'Critical', product: 'Windows 11' }),
    updateRow('e_1', { severity: 'Critical', product: 'Windows 11', isSuperseded: true }),
  ];
  const rules = {
    ...emptyRules,
    allowedSeverities: ['Critical'],
    allowedProducts: ['Windows 11'],
    forbiddenUpdates: ['d_1'],
  };

  it('become the updates that fit all of them and that are not forbidden', () => {
    expect(fitsAll(rules, known).map((row) => row.updateId)).toEqual(['a_1', 'd_1', 'e_1']);
    expect(categoriesAsUpdates(known)(rules)).toEqual({
      ...emptyRules,
      allowedUpdates: ['a_1'],
      forbiddenUpdates: ['d_1'],
    });
  });
});
