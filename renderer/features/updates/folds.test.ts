import { describe, expect, it } from 'vitest';
import { updateRow } from '../packages/testing.ts';
import { makeListRows, shownIds } from './folds.ts';

const updates = ['new', 'old', 'older', 'other'].map((id) => updateRow(id));
const folds = [{ updateId: 'new', folded: ['old', 'older'] }];
const none: ReadonlySet<string> = new Set();
const open: ReadonlySet<string> = new Set(['new']);

describe('folded definitions', () => {
  it('are out of sight until one unfolds them', () => {
    expect([...shownIds(['new', 'other'], folds, none)]).toEqual(['new', 'other']);
    expect([...shownIds(['new', 'other'], folds, open)]).toEqual(['new', 'other', 'old', 'older']);
  });

  it('leave a number with the one that stands for them, and stand under it', () => {
    const lines = makeListRows();
    expect(lines(updates, folds, none)[0]?.fold).toEqual({ count: 2, isOpen: false });
    const opened = lines(updates, folds, open);
    expect(opened[0]?.fold).toEqual({ count: 2, isOpen: true });
    expect(opened.map((row) => row.under)).toEqual([undefined, 'new', 'new', undefined]);
  });

  it('change no line but those concerned', () => {
    const lines = makeListRows();
    const before = lines(updates, folds, none);
    expect(lines(updates, folds, none).every((row, i) => row === before[i])).toBe(true);
    const opened = lines(updates, folds, open);
    expect(opened.map((row, i) => row === before[i])).toEqual([false, false, false, true]);
    const folded = lines(updates, folds, none);
    expect(folded.map((row) => row.under)).toEqual([undefined, undefined, undefined, undefined]);
    expect(lines(updates, [], none).every((row, i) => row === updates[i])).toBe(true);
  });
});
