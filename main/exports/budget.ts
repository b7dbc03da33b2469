import { totalmem } from 'node:os';
import process from 'node:process';
import { XLSX_CELLS, XLSX_CHARACTERS } from '../../contract/export-limits.ts';

/*
 * What a workbook costs while it is put together, measured with 2,000,000 cells: 330 bytes a number, 530 a date, 580 a short text,
 * and 6 bytes a character on top, from its XML and its bytes; with the limits below never more than 2.6 GB.
 */
const CELL_BYTES = 600;
const CHARACTER_BYTES = 6;
/** So much is always tried: the system's own figure is a guess. */
const LEAST = 256 * 1024 * 1024;

/** Bytes that this process may still take. macOS counts as free only what nothing ever used: half of what is built in stands for it. */
export const freeMemory = (): number => (process.platform === 'darwin' ? totalmem() / 2 : process.availableMemory());

/** How many rows of so many columns a workbook takes where so many bytes are free. */
export const workbookRows = (columns: number, free: number): number =>
  Math.floor(Math.min(XLSX_CELLS, Math.max(free, LEAST) / CELL_BYTES) / columns);

/** How many characters beside its cells, as `weightOf` counts them. */
export const workbookCharacters = (cells: number, free: number): number =>
  Math.min(XLSX_CHARACTERS, Math.floor((Math.max(free, LEAST) - cells * CELL_BYTES) / CHARACTER_BYTES));

const PLAIN = /^[\t\n\r\x20-\x25\x27-;=?-~]*$/;

/** Characters of a text as a workbook counts them: `&`, `<` and `>` are written as five, those beyond ASCII take twice the room. */
export function weightOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let weight = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    weight += code > 127 ? 2 : code === 38 || code === 60 || code === 62 ? 5 : 1;
  }
  return weight;
}
