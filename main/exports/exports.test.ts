import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Parsed } from '../../contract/calls.ts';
import { XLSX_CELLS, XLSX_CHARACTERS } from '../../contract/export-limits.ts';
import { temporaryFolder } from '../platform/testing.ts';
import { freeMemory, weightOf, workbookCharacters, workbookRows } from './budget.ts';
import { createDownloads } from './downloads.ts';
import { Exports } from './exports.ts';
import { sheetFor } from './testing.ts';
import { readXlsx } from './testing-xlsx.ts';
import { startWriter } from './writer.ts';

const MB = 1024 * 1024;
let folder: ReturnType<typeof temporaryFolder>;
let target: string;

beforeEach(() => {
  folder = temporaryFolder();
  target = join(folder.path, 'list.xlsx');
});
afterEach(() => folder.remove());

const exportsWith = (free: number): Exports =>
  new Exports({
    platform: { saveFile: () => Promise.resolve(target), printPdf: null },
    folder: join(folder.path, String(process.pid)),
    downloads: createDownloads(),
    freeMemory: () => free,
  });

const request = (rows: number, columns: number): Parsed<'exports.begin'> => ({
  format: 'xlsx',
  title: 'Hosts',
  language: 'en',
  locale: 'en-GB',
  columns: Array.from({ length: columns }, (_, at) => ({ header: `${at}`, kind: 'text' as const })),
  filter: [],
  isSelection: false,
  rows,
  total: rows,
  withFacts: true,
});
const source = { server: '', user: '', freshness: { syncedAt: null, isOffline: false }, version: '1' };

/** Writes texts of this length, one a row, until all are taken or it is refused. */
async function written(exports: Exports, rows: number, text: string) {
  const begun = await exports.begin(request(rows, 1), 'me', source);
  if (!begun.ok) return begun;
  const exportId = begun.value?.exportId ?? '';
  for (let at = 0; at < rows; at += 500) {
    const run = Array.from({ length: Math.min(500, rows - at) }, () => [text]);
    const taken = await exports.rows({ exportId, at, rows: run }, 'me');
    if (!taken.ok) return taken;
  }
  return exports.finish(exportId, 'me');
}

describe('a workbook', () => {
  it('that has too many cells is refused before a file is begun, with how many rows fit', async () => {
    const plenty = exportsWith(8_192 * MB);
    const refused = await plenty.begin(request(100_001, 20), 'me', source);
    expect(refused).toEqual({ ok: false, error: { code: 'too-large', field: 'rows', facts: { limit: 100_000 } } });
    // Half a gigabyte is free: less than two million cells.
    const little = await exportsWith(512 * MB).begin(request(100_000, 20), 'me', source);
    expect(little).toMatchObject({ ok: false, error: { code: 'too-large', field: 'rows' } });
    const limit = little.ok ? 0 : Number(little.error.facts?.['limit']);
    expect(limit).toBe(workbookRows(20, 512 * MB));
    expect(limit * 20 * 600).toBeLessThanOrEqual(512 * MB);
    expect(existsSync(join(folder.path, String(process.pid)))).toBe(false);
  });

  it('whose texts become too long for the memory is refused at the row that no more fits, and its file goes', async () => {
    const exports = exportsWith(0);
    const text = 'x'.repeat(30_000);
    const refused = await written(exports, 3_000, text);
    const fitting = Math.floor(workbookCharacters(3_000, 0) / text.length);
    expect(fitting).toBeLessThan(3_000);
    expect(refused).toEqual({ ok: false, error: { code: 'too-large', field: 'rows', facts: { limit: fitting } } });
    await exports.stop();
    expect(existsSync(target)).toBe(false);
    expect(existsSync(join(folder.path, String(process.pid)))).toBe(false);
  });

  it('that fits is written, also where little is free', async () => {
    expect(await written(exportsWith(0), 1_200, 'a & <b>')).toMatchObject({ ok: true });
    const { sheets } = await readXlsx(readFileSync(target));
    expect(sheets[0]?.rows).toHaveLength(1_201);
  });

  it('weighs its characters as they are written', () => {
    expect(['', 'abc', 'a&b', '<>', 'é', '更新', '\t"\''].map(weightOf)).toEqual([0, 3, 7, 10, 2, 4, 3]);
    expect(workbookCharacters(XLSX_CELLS, 64 * 1024 * MB)).toBe(XLSX_CHARACTERS);
    // As XML, the texts of the largest workbook stay below what one string of the engine holds.
    expect(XLSX_CHARACTERS + XLSX_CELLS * '<si><t xml:space="preserve"></t></si>'.length).toBeLessThan(2 ** 29 - 24);
    expect(freeMemory()).toBeGreaterThan(0);
  });

  it('for which the memory of its thread does not do is too large, and no fault of the console', async () => {
    const writer = startWriter({ file: target, format: 'xlsx', sheet: sheetFor() }, 24);
    const rows = Array.from({ length: 2_000 }, (_, at) => [`host-${at}`, at, '2026-11-21T22:05']);
    let last = await writer.rows(rows);
    for (let run = 0; run < 200 && last.ok; run += 1) last = await writer.rows(rows);
    expect(last).toEqual({ ok: false, error: { code: 'too-large', facts: { reason: 'memory' } } });
    await writer.stop();
  });
});
