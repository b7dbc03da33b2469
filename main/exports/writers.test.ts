import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../platform/testing.ts';
import { csvWriter } from './csv.ts';
import { htmlWriter } from './html.ts';
import type { Sheet, SheetWriter } from './sheet.ts';
import { parseCsv, sheetFor } from './testing.ts';
import { readXlsx } from './testing-xlsx.ts';
import { xlsxWriter } from './xlsx.ts';

type Rows = Parameters<SheetWriter['rows']>[0];
const rows: Rows = [
  ['pc-1', 12, '2026-11-21T22:05'],
  ['pc-2', null, 'never'],
];

async function textOf(make: typeof csvWriter, sheet: Sheet, chunks: readonly Rows[]): Promise<string> {
  let text = '';
  const writer = make(sheet, async (part) => void (text += part));
  for (const chunk of chunks) await writer.rows(chunk);
  await writer.end();
  return text;
}

describe('CSV', () => {
  it('begins with the mark of UTF-8 and its columns, and ends every record with CRLF', async () => {
    const text = await textOf(csvWriter, sheetFor({ withFacts: false }), [rows.slice(0, 1), rows.slice(1)]);
    expect(text).toBe('\ufeffName,Updates,Last scan\r\npc-1,12,2026-11-21 22:05\r\npc-2,,never\r\n');
  });

  it('says at its end what it holds, in records as wide as the others', async () => {
    const records = parseCsv(await textOf(csvWriter, sheetFor(), [rows]));
    expect(records.slice(3)).toEqual([
      ['', '', ''],
      ['About this list: Hosts', '', ''],
      ['Rows: 2 of 5', '', ''],
      ['Filter: Windows 11', '', ''],
    ]);
  });

  it('has its columns where there are no rows', async () => {
    expect(await textOf(csvWriter, sheetFor({ withFacts: false }), [])).toBe('\ufeffName,Updates,Last scan\r\n');
  });
});

describe('the report', () => {
  const nasty = '<img src=x onerror="alert(1)">&\'';

  it('says on top what it holds, then the rows', async () => {
    const text = await textOf(htmlWriter, sheetFor(), [rows]);
    expect(text).toContain('<dl><dt>Rows</dt><dd>2 of 5</dd><dt>Filter</dt><dd>Windows 11</dd></dl>');
    expect(text).toContain('<tr><td>pc-2</td><td class="n"></td><td class="d">never</td></tr>');
    expect(text.trimEnd().endsWith('</html>')).toBe(true);
    expect(await textOf(htmlWriter, sheetFor(), [])).toContain('<tbody>\n</tbody>');
  });

  it('holds no markup but its own, no script and no address', async () => {
    const sheet = sheetFor({
      title: nasty,
      columns: [{ header: nasty, kind: 'text' }],
      facts: [{ label: nasty, value: nasty }],
    });
    const text = await textOf(htmlWriter, sheet, [[[nasty]]]);
    expect(text).not.toContain('<img');
    expect(text.match(/&lt;img src=x onerror=&quot;alert\(1\)&quot;&gt;&amp;&#39;/g)).toHaveLength(6);
    expect(text).not.toMatch(/<script|javascript:|https?:|url\(|@import/i);
    expect(text).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-`,
    );
  });
});

describe('the workbook', () => {
  async function bookOf(sheet: Sheet, chunks: readonly Rows[]) {
    const folder = temporaryFolder();
    try {
      const file = join(folder.path, 'book.xlsx');
      const stream = createWriteStream(file);
      const writer = xlsxWriter(sheet, stream);
      for (const chunk of chunks) await writer.rows(chunk);
      await writer.end();
      return await readXlsx(await readFile(file));
    } finally {
      folder.remove();
    }
  }

  it('types its cells, and tells of itself on a second sheet', async () => {
    const book = await bookOf(sheetFor(), [rows]);
    expect(book.sheets.map(({ name }) => name)).toEqual(['Hosts', 'About this list']);
    const [list, about] = book.sheets;
    expect(list?.rows).toEqual([
      ['Name', 'Updates', 'Last scan'],
      ['pc-1', 12, (Date.UTC(2026, 10, 21, 22, 5) - Date.UTC(1899, 11, 30)) / 86_400_000],
      ['pc-2', null, 'never'],
    ]);
    expect(about?.rows).toEqual([
      ['List', 'Hosts'],
      ['Rows', '2 of 5'],
      ['Filter', 'Windows 11'],
    ]);
  });

  it('holds no formula, whatever a text says, and nothing that is no XML', async () => {
    const texts = ['=1+1', '+1', '@SUM(A1)', '<t>&"', 'a\u0000\u000bb\ud800', ' kept '];
    const book = await bookOf(sheetFor({ columns: [{ header: '=2', kind: 'text' }] }), [texts.map((one) => [one])]);
    expect(book.sheets[0]?.rows.slice(1)).toEqual([['=1+1'], ['+1'], ['@SUM(A1)'], ['<t>&"'], ['ab'], [' kept ']]);
    expect(book.xml).not.toMatch(/<f[ >]/);
  });

  it('holds texts that mean something to a plain object', async () => {
    const texts = ['constructor', '__proto__', 'toString', 'hasOwnProperty', '0'];
    const book = await bookOf(sheetFor({ columns: [{ header: 'valueOf', kind: 'text' }] }), [
      texts.map((one) => [one]),
    ]);
    expect(book.sheets[0]?.rows.map(([cell]) => String(cell).trimEnd())).toEqual(['valueOf', ...texts]);
  });

  it('takes any title', async () => {
    expect((await bookOf(sheetFor({ title: "[a]:b*c?/\\'".repeat(9) }), [])).sheets[0]?.name.length).toBeLessThan(32);
    expect((await bookOf(sheetFor({ title: '???' }), [])).sheets[0]?.name).toBe('List');
  });
});
