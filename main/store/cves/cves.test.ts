import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Operations } from '../operations.ts';
import { guid, host, NOW, openHere, row, temporaryFolder, update, value } from '../testing.ts';

let own: ReturnType<typeof temporaryFolder>;
let store: Operations;
let close: () => void;
const limit = { staleDays: 14, now: NOW };
const A = 'CVE-2026-1001';
const B = 'CVE-2026-1002';
const S = 'CVE-2026-1003';

const file = (text: string | Uint8Array, name = 'cves.csv') =>
  store.cvesImport({ name, bytes: typeof text === 'string' ? Buffer.from(text) : text });
const table = (...lines: readonly string[]): string => ['cve,kb,released', ...lines].join('\n');
const scanned = { wsusscn2cab_date: '2026-11-10T00:00:00', last_scan_date: '2026-11-20T11:00:00' };
const line = (cve: string) => value(store.cvesAudit({ cves: [cve], ...limit })).lines[0];
const behind = (cve: string, exposure: 'blocked' | 'pending' | 'patched' | 'not-affected' | 'no-data') =>
  value(store.fleetBehind({ where: { kind: 'cve', cves: [cve], exposure }, ...limit })).uuids;
const search = (text: string) =>
  value(
    store.updatesQuery({
      scope: 'reported',
      severities: [],
      products: [],
      classifications: [],
      search: text,
      hideSuperseded: false,
      foldDefinitions: false,
      onServer: null,
      onHosts: [],
    }),
  ).ids;

beforeEach(() => {
  own = temporaryFolder();
  ({ store, close } = openHere(own.folder));
  const names = ['pending', 'forbidden', 'patched', 'newer', 'newer-needed', 'none', 'old-index', 'stale'];
  value(
    store.applyHosts({
      hosts: names.map((name) =>
        host(name, {
          wuaStatus: {
            ...scanned,
            ...(name === 'old-index' ? { wsusscn2cab_date: '2026-10-01T00:00:00' } : {}),
            ...(name === 'stale' ? { last_scan_date: '2026-09-01T00:00:00' } : {}),
          },
        }),
      ),
      isComplete: true,
    }),
  );
  const updates = [
    update(1, { changetime: '2026-10-13T00:00:00', downloadedOn: '2026-10-14' }),
    update(2, { changetime: '2026-11-10T00:00:00', downloadedOn: '2026-11-11', supersededUpdateIds: [guid(1)] }),
    update(3, { cveIds: [S], changetime: '2026-10-13T00:00:00' }),
  ];
  value(store.applyUpdates({ updates, run: 1 }));
  const apply = (uuid: string, ...rows: readonly ReturnType<typeof row>[]) =>
    value(store.applyHostRows({ uuid, mark: null, updates: [], rows, readAt: '2026-11-20T12:00:00Z' }));
  apply('pending', row('pending', 1));
  apply('forbidden', row('forbidden', 1, { status: 'DISCARDED', allowed: false, hidden: true }));
  apply('patched', row('patched', 1, { status: 'OK', installed: true }), row('patched', 2));
  apply('newer', row('newer', 2, { status: 'OK', installed: true }));
  apply('newer-needed', row('newer-needed', 1, { status: 'SUPERSEDED' }), row('newer-needed', 2));
  apply('none', row('none', 3));
  apply('old-index');
  apply('stale', row('stale', 1));
});
afterEach(() => {
  close();
  own.remove();
});

describe('who is exposed', () => {
  beforeEach(() => {
    value(file(table(`${A},KB5000001,2026-10-13`, `${B},KB5999999,2026-10-13`, `${B},,`)));
  });

  it('is told by the fix, and by what contains it', () => {
    expect(line(A)).toMatchObject({ isKnown: true, kbs: ['5000001'], hasOther: false, fixes: 1, bySupersedence: 1 });
    expect(behind(A, 'pending')).toEqual(['pending', 'newer-needed']);
    expect(behind(A, 'blocked')).toEqual(['forbidden']);
    expect(behind(A, 'patched')).toEqual(['patched', 'newer']);
    expect(behind(A, 'not-affected')).toEqual(['none']);
    expect(behind(A, 'no-data')).toEqual(['old-index', 'stale']);
    expect(line(A)?.hosts).toEqual({ pending: 2, blocked: 1, patched: 2, 'not-affected': 1, 'no-data': 2, stale: 1 });
  });

  it('is never nobody where the file does not know', () => {
    for (const cve of [B, 'CVE-1999-0001']) expect(line(cve)?.hosts).toMatchObject({ 'no-data': 8, 'not-affected': 0 });
    expect(line(B)).toMatchObject({ isKnown: true, hasOther: true, fixes: 0 });
    expect(line('CVE-1999-0001')).toMatchObject({ isKnown: false });
  });

  it('is told by what the server says too', () => {
    expect(line(S)).toMatchObject({ isKnown: true, kbs: [], fixes: 1 });
    expect(behind(S, 'pending')).toEqual(['none']);
  });

  it('counts each host once for a list, in the gravest of its states', () => {
    const audit = value(store.cvesAudit({ cves: [A, S], ...limit }));
    expect(audit.hosts).toMatchObject({ blocked: 1, pending: 3 });
    expect(audit.updates.map(({ updateId, hosts, isBySupersedence }) => [updateId, hosts, isBySupersedence])).toEqual([
      [update(1).updateId, 2, false],
      [update(2).updateId, 1, true],
      [update(3).updateId, 1, false],
    ]);
    for (const { updateId, hosts } of audit.updates) {
      const where = { kind: 'cve' as const, cves: [A, S], exposure: null, updateId };
      expect(value(store.fleetBehind({ where, ...limit })).uuids).toHaveLength(hosts);
    }
    for (const [how, count] of [
      ['fixes', audit.lines[0]?.fixes],
      ['by-supersedence', audit.lines[0]?.bySupersedence],
    ] as const) {
      const where = { kind: 'cve' as const, cves: [A], exposure: null, how };
      expect(value(store.fleetBehind({ where, ...limit })).updateIds, how).toHaveLength(count ?? 0);
    }
  });
});

describe('what an update fixes', () => {
  it('is found by search, by its KBs and by what it replaces', () => {
    expect(value(store.cvesOfUpdate(update(1).updateId))).toMatchObject({ direct: [], hasData: true });
    value(file(table(`${A},5000001,`)));
    expect(value(store.cvesOfUpdate(update(1).updateId))).toMatchObject({ direct: [A], bySupersedence: [] });
    expect(value(store.cvesOfUpdate(update(2).updateId))).toMatchObject({ direct: [], bySupersedence: [A] });
    expect(search(A.toLowerCase())).toEqual([update(1).updateId, update(2).updateId]);
    expect(search(`${A} KB5000002`)).toEqual([update(2).updateId]);
    expect(search(S)).toEqual([update(3).updateId]);
    expect(search('CVE-1999-0001')).toEqual([]);
    // As one types it.
    expect(search(S.slice(0, -1))).toContain(update(3).updateId);
    expect(search(`${A.slice(0, -2)} KB5000002`)).toEqual([update(2).updateId]);
    expect(search('CVE-1999-')).toEqual([]);
    expect(search('nothing of the kind')).toEqual([]);
  });

  it('follows the KBs that a file says replace each other', () => {
    const own = { cves: [{ cve: A, kbs: ['KB5000001'] }], supersedes: [{ kb: 'KB5000003', replaces: ['KB5000001'] }] };
    value(file(JSON.stringify(own), 'own.json'));
    expect(value(store.cvesOfUpdate(update(3).updateId)).bySupersedence).toEqual([A]);
    expect(search(A)).toEqual([1, 2, 3].map((n) => update(n).updateId));
  });
});

describe('files', () => {
  it('are kept with what they said; a new one of the same name takes the place', () => {
    value(file(table(`${A},5000001,2026-10-13`, 'none,1,', `${A},5000002,`)));
    value(file(table(`${B},5000002,2026-11-10`), 'second.csv'));
    expect(value(store.cvesSources())).toMatchObject({
      sources: [
        { name: 'second.csv', format: 'csv', rows: 1, skipped: 0, cves: 1, kbs: 1, newest: '2026-11-10' },
        { name: 'cves.csv', rows: 2, skipped: 1, cves: 1, kbs: 2, newest: '2026-10-13' },
      ],
      cves: 3,
      reported: 1,
    });
    value(file(table(`${B},5000002,`)));
    expect(line(A)?.isKnown).toBe(false);
    const { sources } = value(store.cvesSources());
    expect(sources).toHaveLength(2);
    for (const { id } of sources) value(store.cvesRemove(id));
    expect(value(store.cvesSources())).toMatchObject({ sources: [], cves: 1 });
    expect(line(B)?.isKnown).toBe(false);
  });

  it.each<[string, Uint8Array, string, number | null]>([
    ['a workbook', Buffer.from('PK\u0003\u0004x', 'latin1'), 'spreadsheet', null],
    ['a program', Buffer.from([0x4d, 0x5a, 0, 1, 2, 0, 0, 3]), 'not-text', null],
    ['nothing', Buffer.from(''), 'empty', null],
    ['another table', Buffer.from('a;b\n1;2'), 'columns', 1],
    ['a cut off file', Buffer.from('cve,kb\n"CVE-2026-1001'), 'quote', 2],
  ])('are refused when they are %s, and what was there stays', (_what, bytes, reason, at) => {
    value(file(table(`${A},5000001,`)));
    expect(file(bytes)).toMatchObject({ ok: false, error: { code: 'cve-file', facts: { reason, line: at } } });
    expect(line(A)?.isKnown).toBe(true);
  });

  it('are read in UTF-16 as spreadsheets save them', () => {
    const text = Buffer.from(`\ufeffcve;kb\r\n${A};5000001\r\n`, 'utf16le');
    value(file(text));
    expect(line(A)?.kbs).toEqual(['5000001']);
  });
});
