import type { ColDef } from 'ag-grid-community';
import type { Palette } from '../theme/palette.ts';
import { ChipCell, type ChipParams } from './chip-cell.ts';
import {
  asWritten,
  type CellValue,
  type CellWords,
  type ColumnKind,
  compareCells,
  formatCell,
  type GridColumn,
  isDate,
  isNumeric,
  type RowLead,
} from './columns.ts';
import { LeadCell, type LeadParams } from './lead-cell.ts';
import { MeterCell, type MeterParams } from './meter-cell.ts';
import { OpenCell, type OpenParams } from './open-cell.ts';
import { ProgressCell, type ProgressParams } from './progress-cell.ts';
import { makeReadingOrder } from './reading-order.ts';

/** What cells need besides their row. */
export interface CellSetting<Row> {
  readonly locale: string;
  readonly words: CellWords;
  readonly look: Palette;
  readonly leadOf: (row: Row) => RowLead | null;
}

/** Pixels that a letter takes at most, on average, in the grid's font. */
const LETTER_WIDTH = 7;

/** Pixels under which a value of its kind would be cut, in the language that writes it longest. */
const leastWidths: Partial<Record<ColumnKind, number>> = { date: 104, datetime: 176 };

/** Beside the words of a header: its padding; and the arrow of the column that is sorted by. */
const HEADER_ROOM = 38;
const ARROW = 8;

/** What a header takes at most before it may be cut: a long one does not make a column of numbers wide. */
const MOST_HEADER = 132;

const headerWidth = (header: string, isSorted: boolean): number =>
  Math.min(MOST_HEADER, header.length * LETTER_WIDTH + HEADER_ROOM + (isSorted ? ARROW : 0));

/** Classes of the grid's theme: a style of its own would have AG Grid draw each cell twice. */
const tabular = 'tabular';
const rightTabular = ['ag-right-aligned-cell', tabular];

/** The columns in AG Grid's terms. What one may change by hand is given as a start value only. */
export function makeColumnDefs<Row extends object>(
  columns: readonly GridColumn<Row>[],
  setting: CellSetting<Row>,
): ColDef<Row>[] {
  const { locale, words, look, leadOf } = setting;
  return columns.map((column): ColDef<Row> => {
    const kind = column.kind ?? 'text';
    const { sortBy, chip, meter, open, tooltip } = column;
    const order = isDate(kind) ? asWritten : makeReadingOrder();
    const width = Math.max(
      column.width ?? 120,
      leastWidths[kind] ?? 0,
      headerWidth(column.header, column.sort !== undefined),
    );
    return {
      colId: column.key,
      headerName: column.header,
      valueGetter: ({ data }) => (data === undefined ? null : column.value(data)),
      valueFormatter: ({ value }) => formatCell(value as CellValue, kind, locale, words),
      comparator: (a: CellValue, b: CellValue, nodeA, nodeB) =>
        sortBy !== undefined && nodeA.data !== undefined && nodeB.data !== undefined
          ? compareCells(sortBy(nodeA.data), sortBy(nodeB.data), order)
          : compareCells(a, b, order),
      sortingOrder: isNumeric(kind) || isDate(kind) ? ['desc', 'asc', null] : ['asc', 'desc', null],
      initialHide: column.hidden ?? false,
      minWidth: 48,
      ...(column.flex === undefined
        ? { initialWidth: width }
        : {
            initialFlex: column.flex,
            minWidth: width,
            initialWidth: width,
          }),
      ...(column.sort === undefined ? {} : { initialSort: column.sort }),
      ...(column.pinned === undefined ? {} : { initialPinned: column.pinned }),
      ...(column.headerTooltip === undefined ? {} : { headerTooltip: column.headerTooltip }),
      ...(isNumeric(kind) ? { type: 'rightAligned', cellClass: rightTabular } : {}),
      ...(isDate(kind) ? { cellClass: tabular } : {}),
      ...(tooltip === undefined && kind !== 'text' && kind !== 'list'
        ? {}
        : {
            tooltip: ({ data, valueFormatted, column: shown }) => {
              if (data === undefined) return null;
              if (tooltip !== undefined) return tooltip(data);
              const room = shown !== undefined && 'getActualWidth' in shown ? shown.getActualWidth() : 0;
              // What stands there whole needs no second showing.
              return String(valueFormatted ?? '').length * LETTER_WIDTH + 20 > room ? valueFormatted : null;
            },
          }),
      ...(kind === 'progress'
        ? {
            cellRenderer: ProgressCell,
            cellRendererParams: {
              look,
              format: (percent) => formatCell(percent, kind, locale, words),
            } satisfies ProgressParams,
          }
        : {}),
      ...(meter === undefined
        ? {}
        : {
            // Its words change while its value stays.
            equals: () => false,
            cellRenderer: MeterCell,
            cellRendererParams: { meterOf: (row: unknown) => meter(row as Row), look } satisfies MeterParams,
          }),
      ...(open === undefined
        ? {}
        : {
            // What counts nothing is plain text, and most numbers of a list count nothing.
            cellRendererSelector: ({ value }) => (Number(value) > 0 ? { component: OpenCell } : undefined),
            cellRendererParams: {
              open: (row: unknown) => open.run(row as Row),
              hint: open.hint,
            } satisfies OpenParams,
          }),
      ...(column.hasLead === true
        ? {
            cellRenderer: LeadCell,
            cellRendererParams: { leadOf: (row: unknown) => leadOf(row as Row), look } satisfies LeadParams,
          }
        : {}),
      ...(chip === undefined
        ? {}
        : {
            cellRenderer: ChipCell,
            cellRendererParams: {
              chipOf: (row: unknown) => chip(row as Row),
              look,
            } satisfies ChipParams,
          }),
    };
  });
}
