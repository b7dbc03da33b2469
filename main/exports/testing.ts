import type { Sheet } from './sheet.ts';
import { sheetWords } from './words.ts';

/** A sheet for tests. */
export const sheetFor = (over: Partial<Sheet> = {}): Sheet => ({
  title: 'Hosts',
  language: 'en',
  columns: [
    { header: 'Name', kind: 'text' },
    { header: 'Updates', kind: 'number' },
    { header: 'Last scan', kind: 'datetime' },
  ],
  facts: [
    { label: 'Rows', value: '2 of 5' },
    { label: 'Filter', value: 'Windows 11' },
  ],
  words: sheetWords.en,
  withFacts: true,
  ...over,
});

/** Reads CSV as RFC 4180 has it, by hand, so that what is written is not read by what wrote it. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let isQuoted = false;
  const body = text.replace(/^\ufeff/, '');
  for (let at = 0; at < body.length; at += 1) {
    const sign = body[at] ?? '';
    if (isQuoted) {
      if (sign !== '"') field += sign;
      else if (body[at + 1] === '"') {
        field += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && field === '') isQuoted = true;
    else if (sign === ',') {
      record.push(field);
      field = '';
    } else if (sign === '\r' && body[at + 1] === '\n') {
      records.push([...record, field]);
      record = [];
      field = '';
      at += 1;
    } else field += sign;
  }
  return records;
}
