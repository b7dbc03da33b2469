import type { ExportCell } from '../../contract/schemas/exports.ts';
import { plainText, type Sheet, type SheetWriter, type WriteText } from './sheet.ts';

/**
 * Where a spreadsheet would begin a formula: at the start of a cell, and after what it may take for the end of one (in a country where lists
 * are separated by semicolons, a file with commas is cut at semicolons, tabs and line ends, quotes or not). Wide forms count as their narrow ones.
 */
const START = '(?=(?:(?![;\\t\\r\\n])[\\s"])*[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20\\ufe62\\ufe63\\ufe66\\ufe6b])';
const AFTER_CUT = new RegExp(`([;\\t\\r\\n])${START}`, 'g');
const AT_START = new RegExp(`^(?:${START}|(?=[\\t\\r\\n]))`);

/** A text that no spreadsheet takes for a formula: an apostrophe stands before what would begin one. */
export const neutral = (text: string): string => text.replace(AFTER_CUT, "$1'").replace(AT_START, "'");

/** One field (RFC 4180); numbers stand as they are, texts are neutralised and quoted where they must be. */
function field(cell: ExportCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const text = neutral(plainText(cell));
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A record with as many fields as the sheet has columns. */
const record = (cells: readonly ExportCell[], width: number): string =>
  `${Array.from({ length: width }, (_, at) => field(cells[at] ?? null)).join(',')}\r\n`;

const dated = (cell: ExportCell): ExportCell => (typeof cell === 'string' ? cell.replace('T', ' ') : cell);

/**
 * Writes CSV as RFC 4180 has it, in UTF-8 with the mark by which spreadsheets know it. The first record names the columns; what the file says
 * about itself stands at its end, so that every reader finds the columns where it looks for them.
 */
export function csvWriter(sheet: Sheet, write: WriteText): SheetWriter {
  const { columns, facts, words } = sheet;
  const width = columns.length;
  const isDate = columns.map(({ kind }) => kind === 'date' || kind === 'datetime');
  let isBegun = false;
  const head = (): string => {
    if (isBegun) return '';
    isBegun = true;
    return `\ufeff${record(
      columns.map(({ header }) => header),
      width,
    )}`;
  };
  return {
    rows: async (rows) => {
      const lines = rows.map((row) =>
        record(
          row.map((cell, at) => (isDate[at] === true ? dated(cell) : cell)),
          width,
        ),
      );
      await write(head() + lines.join(''));
    },
    end: async () => {
      const about = sheet.withFacts
        ? [[], [`${words.about}: ${sheet.title}`], ...facts.map(({ label, value }) => [`${label}: ${value}`])]
        : [];
      await write(head() + about.map((cells) => record(cells, width)).join(''));
    },
  };
}
