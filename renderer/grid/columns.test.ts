import { describe, expect, it } from 'vitest';
import { compareCells, formatCell } from './columns.ts';
import { makeQuickSearch, makeRowText } from './quick-search.ts';
import { makeReadingOrder } from './reading-order.ts';
import { rowChanges } from './row-changes.ts';

const words = { yes: 'Yes', no: 'No' };
const order = makeReadingOrder();

describe('cells', () => {
  it('write lists, flags and dates in words', () => {
    expect(formatCell(['KB1', 'KB2'], 'list', 'en-GB', words)).toBe('KB1, KB2');
    expect(formatCell(false, 'boolean', 'en-GB', words)).toBe('No');
    expect(formatCell('2026-11-10T00:00:00', 'date', 'fr-FR', words)).toBe('10/11/2026');
    expect(formatCell(null, 'date', 'fr-FR', words)).toBe('');
  });
  it('sort numbers by size, texts as a person does, and what is empty first', () => {
    expect([10, 9, 100].toSorted((a, b) => compareCells(a, b, order))).toEqual([9, 10, 100]);
    expect(['KB10', 'kb9', null, 'KB100'].toSorted((a, b) => compareCells(a, b, order))).toEqual([
      null,
      'kb9',
      'KB10',
      'KB100',
    ]);
  });
});

describe('the order of reading', () => {
  it('takes no notice of case and accents, and numbers by their size', () => {
    const texts = ['État 10', 'etat 9', 'Zoo', 'eta', 'ÉTAT 2', 'École'];
    expect(texts.toSorted(order.compare)).toEqual(['École', 'eta', 'ÉTAT 2', 'etat 9', 'État 10', 'Zoo']);
    expect(order.compare('KB5', 'kb05')).toBe(0);
  });
});

describe('what changed between two lists', () => {
  const idOf = (row: { readonly id: string }): string => row.id;
  const [a, b, c, d] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }];
  it('is told by id, and by being another object', () => {
    const b2 = { id: 'b' };
    expect(rowChanges([a, b, c, d], [a, b2, c, d], idOf)).toEqual({ add: [], update: [b2], remove: [] });
    const e = { id: 'e' };
    expect(rowChanges([a, b, c, d], [b, c, d, e], idOf)).toEqual({ add: [e], update: [], remove: [a] });
  });
  it('is the whole list where most of it changed', () => {
    expect(rowChanges([a, b], [c, d], idOf)).toBeNull();
    expect(rowChanges([], [c, d], idOf)).toBeNull();
  });
});

it('searches in what is shown, by every word', () => {
  const columns = [
    { key: 'a', header: 'A', value: (row: { readonly a: string; readonly n: number }) => row.a },
    {
      key: 'n',
      header: 'N',
      kind: 'number' as const,
      value: (row: { readonly a: string; readonly n: number }) => row.n,
    },
  ];
  const textOf = makeRowText(columns, 'en-GB', words);
  const find = makeQuickSearch(textOf, ' Alpha  1,234');
  expect(find?.({ a: 'the ALPHA', n: 1234 })).toBe(true);
  expect(find?.({ a: 'the ALPHA', n: 12 })).toBe(false);
  expect(makeQuickSearch(textOf, '  ')).toBeNull();
});
