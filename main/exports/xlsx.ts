import type { Writable } from 'node:stream';
import writeExcelFile from 'write-excel-file/node';
import type { ExportCell, ExportColumn } from '../../contract/schemas/exports.ts';
import { plainText, type Sheet, type SheetWriter } from './sheet.ts';

/** Most characters of a cell of a spreadsheet. */
const LONGEST = 32_767;

/** A cell in the library's terms; a text is never a formula, since it says that it is a text. */
type SheetCell =
  | { readonly type: StringConstructor; readonly value: string; readonly fontWeight?: 'bold' }
  | { readonly type: NumberConstructor; readonly value: number; readonly format?: string }
  | { readonly type: DateConstructor; readonly value: Date; readonly format: string };

type Cell = SheetCell | null;

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?$/;

/** The day or moment as a spreadsheet counts it: without a zone, as a clock on the wall. Null for a text that is none, or that it cannot count. */
function wallClock(text: string): Date | null {
  const found = DATE.exec(text);
  if (found === null) return null;
  const [year, month, day, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
  if (year === undefined || year < 1901) return null;
  const date = new Date(Date.UTC(year, (month ?? 1) - 1, day, hours, minutes, seconds));
  return Number.isNaN(date.getTime()) ? null : date;
}

/** The library looks texts up in a plain object, where `constructor` and the like stand for something: a space makes them texts. */
const known = (value: string): string => (value in {} ? `${value} ` : value);

const text = (value: string): SheetCell => ({ type: String, value: known(plainText(value).slice(0, LONGEST)) });
const bold = (value: string): SheetCell => ({ type: String, value: known(plainText(value)), fontWeight: 'bold' });

function cellOf(cell: ExportCell, { kind }: ExportColumn): Cell {
  if (cell === null || cell === '') return null;
  if (typeof cell === 'number') return Number.isFinite(cell) ? { type: Number, value: cell } : null;
  if (kind === 'date' || kind === 'datetime') {
    const value = wallClock(cell);
    if (value !== null) return { type: Date, value, format: kind === 'date' ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm' };
  }
  return text(cell);
}

/** A name that a sheet may have. */
const sheetName = (title: string): string =>
  plainText(title)
    .replace(/[[\]/\\:*?'\t\r\n]+/g, ' ')
    .trim()
    .slice(0, 31) || 'List';

const WIDTHS: Readonly<Record<ExportColumn['kind'], number>> = { text: 12, number: 10, date: 12, datetime: 17 };

/** Writes a workbook: the list with typed cells under a head that stays, and a second sheet with what it says about itself. */
export function xlsxWriter(sheet: Sheet, stream: Writable): SheetWriter {
  const { columns, facts, words } = sheet;
  const head = columns.map(({ header }) => bold(header));
  const data: Cell[][] = [head];
  const widths = columns.map(({ header, kind }) => Math.max(WIDTHS[kind], header.length + 2));
  return {
    rows: (rows) => {
      for (const row of rows) {
        data.push(
          columns.map((column, at) => {
            const cell = row[at] ?? null;
            if (typeof cell === 'string') widths[at] = Math.max(widths[at] ?? 0, Math.min(60, cell.length + 1));
            return cellOf(cell, column);
          }),
        );
      }
      return Promise.resolve();
    },
    end: async () => {
      const list = sheetName(sheet.title);
      const about = sheetName(words.about);
      const said = [
        [bold(words.title), text(sheet.title)],
        ...facts.map(({ label, value }) => [bold(label), text(value)]),
      ];
      await writeExcelFile([
        {
          sheet: list,
          data,
          columns: widths.map((width) => ({ width })),
          stickyRowsCount: 1,
          orientation: 'landscape',
        },
        { sheet: about === list ? 'About' : about, data: said, columns: [{ width: 28 }, { width: 90 }] },
      ]).toStream(stream);
    },
  };
}
