import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Request } from '../../contract/calls.ts';
import { EXPORT_CELL, EXPORT_CHUNK } from '../../contract/export-limits.ts';
import type { ExportFormat } from '../../contract/schemas/exports.ts';
import type { Lab } from '../../lab/lab.ts';
import { parseCsv, readXlsx } from '../read-files.ts';
import { type Bench, signedIn, testConsole, testLab } from './harness.ts';

type Rows = Request<'exports.rows'>['rows'];

let lab: Lab;
let bench: Bench;

beforeAll(async () => {
  lab = await testLab();
  bench = await testConsole(lab);
  await signedIn(bench, lab);
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

const begin = (over: Partial<Request<'exports.begin'>> = {}): Request<'exports.begin'> => ({
  format: 'csv',
  title: 'Hosts',
  language: 'en',
  locale: 'en-GB',
  columns: [
    { header: 'Host', kind: 'text' },
    { header: 'Needed', kind: 'number' },
  ],
  filter: [],
  isSelection: false,
  rows: 0,
  total: 0,
  ...over,
});

/** Sends a whole list and fetches the file; gives its bytes, and its mode. */
async function exported(
  from: Bench,
  request: Request<'exports.begin'>,
  rows: Rows,
): Promise<{ readonly bytes: Buffer; readonly mode: number }> {
  const { exportId } = (await from.need('exports.begin', { ...request, rows: rows.length })) ?? { exportId: '' };
  for (let at = 0; at < rows.length; at += EXPORT_CHUNK)
    await from.need('exports.rows', { exportId, at, rows: rows.slice(at, at + EXPORT_CHUNK) });
  const outcome = await from.need('exports.finish', { exportId });
  const file = outcome.kind === 'download' ? from.download(outcome.path) : null;
  if (file === null) throw new Error('nothing waits there');
  const bytes = readFileSync(file);
  expect(bytes.length).toBe(outcome.bytes);
  const mode = statSync(file).mode & 0o777;
  await rm(file);
  return { bytes, mode };
}

const filesOf = (from: Bench): readonly string[] => {
  const folder = join(from.data, 'exports', String(process.pid));
  return existsSync(folder) ? readdirSync(folder) : [];
};

describe('a list that is exported', () => {
  it.each<ExportFormat>(['csv', 'xlsx', 'html'])(
    'holds every host of the lab, as %s, and says what it is',
    async (format) => {
      const { rows, freshness } = await bench.need('hosts.list', {});
      const cells = rows.map((row): [string, number] => [row.fqdn, row.updates.needed]);
      const { bytes, mode } = await exported(bench, begin({ format, total: 40, filter: ['Reachable'] }), cells);
      expect(mode).toBe(0o600);
      const facts = {
        Rows: `${lab.hosts.length} of 40`,
        Filter: 'Reachable',
        Server: lab.url,
        User: 'admin',
        Console: 'WAPTWUA console 0.0.0-test',
      };
      const year = String(new Date(freshness.syncedAt ?? '').getFullYear());
      if (format === 'html') {
        const text = bytes.toString('utf8');
        for (const [name, needed] of cells)
          expect(text).toContain(`<tr><td>${name}</td><td class="n">${needed}</td></tr>`);
        for (const [label, value] of Object.entries(facts))
          expect(text).toContain(`<dt>${label}</dt><dd>${value}</dd>`);
        expect(text).toMatch(new RegExp(`<dt>Data read from the server</dt><dd>[^<]*${year}`));
      } else if (format === 'xlsx') {
        const { sheets } = await readXlsx(bytes);
        expect(sheets[0]?.rows).toEqual([['Host', 'Needed'], ...cells]);
        const said: Record<string, unknown> = Object.fromEntries(
          (sheets[1]?.rows ?? []).map(([label, value]) => [label, value]),
        );
        expect(said).toMatchObject(facts);
        expect(said['Data read from the server']).toContain(year);
      } else {
        const [head, ...records] = parseCsv(bytes.toString('utf8'));
        expect(head).toEqual(['Host', 'Needed']);
        expect(records.slice(0, cells.length)).toEqual(cells.map(([name, needed]) => [name, String(needed)]));
        const said = records.slice(cells.length).map(([text]) => text);
        for (const [label, value] of Object.entries(facts)) expect(said).toContain(`${label}: ${value}`);
        expect(said).toContainEqual(expect.stringMatching(new RegExp(`^Data read from the server: .*${year}`)));
      }
    },
  );

  it('is written in the journal: who, what, how many', async () => {
    await exported(bench, begin({ title: 'Failed hosts' }), [['a', 1]]);
    const [line] = await bench.need('journal.list', { limit: 1 });
    expect(line).toMatchObject({
      user: 'admin',
      kind: 'list.export',
      facts: { list: 'Failed hosts', format: 'csv', rows: 1 },
    });
  });

  it('may have a hundred thousand rows', async () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => [`host-${at}`, at]);
    const { bytes } = await exported(bench, begin({ total: rows.length, withFacts: false }), rows);
    const records = parseCsv(bytes.toString('utf8'));
    expect(records).toHaveLength(100_001);
    expect(records.at(-1)).toEqual(['host-99999', '99999']);
  });

  it('is exported by a second console on the profile too, which leaves no line in the journal', async () => {
    const lines = await bench.need('journal.list', { limit: 1 });
    const second = await testConsole(lab, bench.data);
    try {
      await second.need('session.openOffline', { profileId: 'lab' });
      const { bytes } = await exported(second, begin({ withFacts: false }), [['a', 1]]);
      expect(parseCsv(bytes.toString('utf8'))).toEqual([
        ['Host', 'Needed'],
        ['a', '1'],
      ]);
    } finally {
      await second.stop();
    }
    expect(await bench.need('journal.list', { limit: 1 })).toEqual(lines);
  });
});

describe('what does not fit', () => {
  const started = async (over: Partial<Request<'exports.begin'>> = {}): Promise<string> =>
    (await bench.need('exports.begin', begin({ rows: 2, ...over })))?.exportId ?? '';

  it.each<[string, (exportId: string) => Request<'exports.rows'>]>([
    ['rows that do not follow', (exportId) => ({ exportId, at: 1, rows: [['a', 1]] })],
    ['a row with other columns', (exportId) => ({ exportId, at: 0, rows: [['a']] })],
    [
      'more rows than were announced',
      (exportId) => ({
        exportId,
        at: 0,
        rows: [
          ['a', 1],
          ['b', 1],
          ['c', 1],
        ],
      }),
    ],
  ])('%s ends the export and leaves no file', async (_what, wrong) => {
    const exportId = await started();
    expect(await bench.ask('exports.rows', wrong(exportId))).toMatchObject({
      ok: false,
      error: { code: 'bad-request' },
    });
    expect(await bench.ask('exports.finish', { exportId })).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(filesOf(bench)).toEqual([]);
  });

  it('cannot be finished before its last row', async () => {
    const exportId = await started();
    await bench.need('exports.rows', { exportId, at: 0, rows: [['a', 1]] });
    expect(await bench.ask('exports.finish', { exportId })).toMatchObject({ error: { code: 'bad-request' } });
    expect(filesOf(bench)).toEqual([]);
  });

  it('leaves nothing when it is cancelled', async () => {
    const exportId = await started();
    await bench.need('exports.rows', { exportId, at: 0, rows: [['a', 1]] });
    expect(filesOf(bench)).toHaveLength(1);
    await bench.need('exports.cancel', { exportId });
    expect(filesOf(bench)).toEqual([]);
  });

  it.each<[string, Partial<Request<'exports.begin'>>, string]>([
    ['a title that is none', { title: '' }, 'title'],
    ['a locale that is none', { locale: '../../etc' }, 'locale'],
    [
      'more columns than any list has',
      { columns: Array.from({ length: 201 }, () => ({ header: 'h', kind: 'text' as const })) },
      'columns',
    ],
    ['more rows than a sheet holds', { rows: 2_000_000 }, 'rows'],
  ])('%s is refused', async (_what, over, field) => {
    expect(await bench.ask('exports.begin', begin(over))).toEqual({ ok: false, error: { code: 'bad-request', field } });
  });

  it('a run or a cell that is too large is refused', async () => {
    const exportId = await started({ rows: 5_000 });
    const many = Array.from({ length: EXPORT_CHUNK + 1 }, () => ['a', 1]);
    expect(await bench.ask('exports.rows', { exportId, at: 0, rows: many })).toMatchObject({
      error: { code: 'bad-request' },
    });
    const long = [['x'.repeat(EXPORT_CELL + 1), 1]];
    expect(await bench.ask('exports.rows', { exportId, at: 0, rows: long })).toMatchObject({
      error: { code: 'bad-request' },
    });
    await bench.need('exports.cancel', { exportId });
  });

  it('is not printed where there is nothing to print with', async () => {
    expect(await bench.ask('exports.begin', begin({ format: 'pdf' }))).toEqual({
      ok: false,
      error: { code: 'unavailable' },
    });
  });

  it('says that the disk refuses', async () => {
    const other = await testConsole(lab);
    try {
      await other.need('session.openOffline', { profileId: 'lab' });
      await writeFile(join(other.data, 'exports'), 'in the way');
      expect(await other.ask('exports.begin', begin())).toMatchObject({ ok: false, error: { code: 'disk' } });
    } finally {
      await other.stop();
    }
  });
});
