import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Request } from '../../../contract/calls.ts';
import { EXPORT_CELL, EXPORT_CHUNK } from '../../../contract/export-limits.ts';
import type { ExportCell } from '../../../contract/schemas/exports.ts';
import { fakeBridge } from '../../testing/fake-bridge.ts';
import type { GridColumn } from '../columns.ts';
import { exportColumns, makeExportCells } from './cells.ts';
import { fetchDownload, runExport } from './run.ts';

interface Row {
  readonly name: string;
  readonly size: number | null;
  readonly seen: string | null;
  readonly state: string | null;
}

const columns: readonly GridColumn<Row>[] = [
  { key: 'name', header: 'Name', value: (row) => row.name, hasLead: true },
  { key: 'size', header: 'Size', kind: 'size', value: (row) => row.size },
  { key: 'seen', header: 'Seen', kind: 'datetime', value: (row) => row.seen },
  { key: 'on', header: 'On', value: (row) => row.size !== null },
  {
    key: 'state',
    header: 'State',
    kind: 'chip',
    value: () => 'raw',
    chip: (row) => (row.state === null ? null : { label: row.state, tone: 'ok', isForecast: row.state === 'Allowed' }),
  },
];
const setting = {
  locale: 'en-GB',
  words: { yes: 'Yes', no: 'No', bytes: 'bytes', forecast: 'forecast' },
  leadOf: (row: Row) => (row.name === 'lead' ? { kind: 'member' as const, label: 'of another' } : null),
};
const row: Row = { name: 'pc-1', size: 2048, seen: '2026-11-21T22:05:09', state: 'Allowed' };

describe('cells', () => {
  it('are typed for other programs', () => {
    expect(exportColumns(columns, 'csv', setting).map(({ header, kind }) => [header, kind])).toEqual([
      ['Name', 'text'],
      ['Size (bytes)', 'number'],
      ['Seen', 'datetime'],
      ['On', 'text'],
      ['State', 'text'],
    ]);
    expect(makeExportCells(columns, 'xlsx', setting)(row)).toEqual([
      'pc-1',
      2048,
      '2026-11-21T22:05',
      'Yes',
      'Allowed (forecast)',
    ]);
  });

  it('are the texts on screen for a report', () => {
    expect(exportColumns(columns, 'html', setting)[1]?.header).toBe('Size');
    const [, size, seen] = makeExportCells(columns, 'html', setting)(row);
    expect([size, seen]).toEqual(['2 kB', '21/11/2026, 22:05']);
  });

  it('hold what is empty, what is no date, what stands under another, and no more than a cell may', () => {
    const cells = makeExportCells(columns, 'csv', setting);
    expect(cells({ name: 'lead', size: null, seen: 'soon', state: null })).toEqual(['↳ lead', '', 'soon', 'No', null]);
    const [long] = cells({ ...row, name: 'x'.repeat(EXPORT_CELL + 5) });
    expect(String(long)).toHaveLength(EXPORT_CELL);
  });
});

describe('sending', () => {
  const begin = (rows: number): Request<'exports.begin'> => ({
    format: 'csv',
    title: 't',
    language: 'en',
    locale: 'en-GB',
    columns: [{ header: 'h', kind: 'text' }],
    filter: [],
    isSelection: false,
    rows,
    total: rows,
  });
  const outcome = { kind: 'download', path: '/download/x', name: 'n.csv', rows: 0, bytes: 0 } as const;

  it('sends every row once, in order, in bounded runs', async () => {
    const sent: ExportCell[] = [];
    const bridge = fakeBridge({
      'exports.begin': () => ({ exportId: 'e' }),
      'exports.rows': ({ at, rows }) => {
        expect(at).toBe(sent.length);
        expect(rows.length).toBeLessThanOrEqual(EXPORT_CHUNK);
        sent.push(...rows.map(([cell]) => cell ?? null));
        return { rows: sent.length };
      },
      'exports.finish': () => outcome,
    });
    const progress: number[] = [];
    const result = await runExport(bridge, {
      begin: begin(4_500),
      rowAt: (at) => [String(at)],
      onProgress: (done) => progress.push(done),
      signal: new AbortController().signal,
    });
    expect(result).toEqual({ ok: true, value: outcome });
    expect(sent).toEqual(Array.from({ length: 4_500 }, (_, at) => String(at)));
    expect(progress).toEqual([2_000, 4_000, 4_500]);
  });

  it('stops where one cancels, and says so to main', async () => {
    const bridge = fakeBridge({
      'exports.begin': () => ({ exportId: 'e' }),
      'exports.rows': () => ({ rows: 1 }),
      'exports.cancel': () => null,
    });
    const controller = new AbortController();
    const result = await runExport(bridge, {
      begin: begin(100_000),
      rowAt: () => ['x'],
      onProgress: () => controller.abort(),
      signal: controller.signal,
    });
    expect(result).toEqual({ ok: false, error: { code: 'cancelled' } });
    expect(bridge.asked.map(({ name }) => name)).toEqual(['exports.begin', 'exports.rows', 'exports.cancel']);
  });

  it('sends nothing when the person closes the dialog that asks where to save', async () => {
    const bridge = fakeBridge({ 'exports.begin': () => null });
    const job = { begin: begin(1), rowAt: () => ['x'], onProgress: vi.fn(), signal: new AbortController().signal };
    expect(await runExport(bridge, job)).toEqual({ ok: true, value: null });
  });
});

describe('fetching', () => {
  afterEach(() => vi.restoreAllMocks());

  it('follows one-time paths of ours and no other', () => {
    const followed: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
      followed.push(this.getAttribute('href') ?? '');
    });
    const good = `/download/${'a'.repeat(43)}`;
    expect(fetchDownload(good, 'n.csv')).toBe(true);
    for (const bad of [
      'https://evil.example/download/',
      '//evil.example',
      '/download/../call',
      `${good}?x`,
      'javascript:1',
    ])
      expect(fetchDownload(bad, 'n.csv')).toBe(false);
    expect(followed).toEqual([good]);
  });
});
