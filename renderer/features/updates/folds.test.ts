import { describe, expect, it } from 'vitest';
import { shownIds, standings } from './folds.ts';

const folds = [{ updateId: 'new', folded: ['old', 'older'] }];
const none: ReadonlySet<string> = new Set();
const open: ReadonlySet<string> = new Set(['new']);

describe('folded definitions', () => {
  it('are out of sight until one unfolds them', () => {
    expect([...shownIds(['new', 'other'], folds, none)]).toEqual(['new', 'other']);
    expect([...shownIds(['new', 'other'], folds, open)]).toEqual(['new', 'other', 'old', 'older']);
  });

  it('leave a number with the one that stands for them, and stand under it', () => {
    expect([...standings(folds, none)]).toEqual([['new', { kind: 'stands-for', count: 2, isOpen: false }]]);
    expect([...standings(folds, open)]).toEqual([
      ['new', { kind: 'stands-for', count: 2, isOpen: true }],
      ['old', { kind: 'member', under: 'new' }],
      ['older', { kind: 'member', under: 'new' }],
    ]);
  });
});
