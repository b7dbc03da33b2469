import { describe, expect, it } from 'vitest';
import { defaultBuildFilter, type KeptBuilder } from '../../../../domain/builder.ts';
import { emptyRules } from '../../../../domain/rules.ts';
import { runOf, withBuilder } from './runs.ts';

const known = [
  { updateId: 'a_1', kbids: ['1'] },
  { updateId: 'b_1', kbids: ['1', '2'] },
  { updateId: 'c_1', kbids: [] },
];
const builder: KeptBuilder = { filter: defaultBuildFilter, into: 'allow', as: 'update', lastIds: [] };

describe('withBuilder', () => {
  const other: KeptBuilder = { ...builder, into: 'forbid' };
  const run: KeptBuilder = { ...builder, lastIds: ['a_1'] };
  it('adds, replaces, and never keeps the same filter twice', () => {
    expect(withBuilder([], null, builder)).toEqual([builder]);
    expect(withBuilder([builder, other], 0, run)).toEqual([run, other]);
    expect(withBuilder([builder, other], null, run)).toEqual([other, run]);
    expect(withBuilder([builder, other], 1, run)).toEqual([run]);
  });
});

describe('runOf', () => {
  it('writes what was found by ids, and remembers it', () => {
    const run = runOf(builder, ['a_1', 'c_1'], known);
    expect(run.change(emptyRules).allowedUpdates).toEqual(['a_1', 'c_1']);
    expect(run.builder.lastIds).toEqual(['a_1', 'c_1']);
  });

  it('writes only what is new: what one took out by hand stays out', () => {
    const again = runOf({ ...builder, lastIds: ['a_1'] }, ['a_1', 'b_1'], known);
    expect(again.change(emptyRules).allowedUpdates).toEqual(['b_1']);
    expect(runOf({ ...builder, lastIds: ['a_1'] }, ['a_1'], known).change(emptyRules)).toBe(emptyRules);
  });

  it('writes KBs with prefix, and what has none by its id', () => {
    const run = runOf({ ...builder, as: 'kb', into: 'forbid' }, ['b_1', 'c_1', 'gone_1'], known);
    const rules = run.change({ ...emptyRules, allowedUpdates: ['a_1', 'x_1'] });
    expect(rules).toMatchObject({
      forbiddenKbs: ['KB1', 'KB2'],
      forbiddenUpdates: ['c_1', 'gone_1'],
      allowedUpdates: ['x_1'],
    });
  });
});
