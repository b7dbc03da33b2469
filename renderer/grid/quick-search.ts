import { type CellWords, formatCell, type GridColumn } from './columns.ts';

/** Gives the text of a row that searching looks in, in lower case; each row's is made once. */
export function makeRowText<Row extends object>(
  columns: readonly GridColumn<Row>[],
  locale: string,
  words: CellWords,
): (row: Row) => string {
  const texts = new WeakMap<Row, string>();
  return (row) => {
    const known = texts.get(row);
    if (known !== undefined) return known;
    const text = columns
      .map((column) => column.chip?.(row)?.label ?? formatCell(column.value(row), column.kind ?? 'text', locale, words))
      .join('\n')
      .toLowerCase();
    texts.set(row, text);
    return text;
  };
}

/** Finds rows in whose texts every word occurs; null where nothing is searched. */
export function makeQuickSearch<Row extends object>(
  textOf: (row: Row) => string,
  search: string,
): ((row: Row) => boolean) | null {
  const wanted = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return wanted.length === 0 ? null : (row) => wanted.every((word) => textOf(row).includes(word));
}
