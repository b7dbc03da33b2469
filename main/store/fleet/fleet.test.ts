import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { APART, CACHE, NEWS, type Where } from '../../../contract/schemas/fleet.ts';
import { MEASURES } from '../../../domain/compliance.ts';
import { type Cell, figure } from '../../../domain/compliance-tally.ts';
import type { Host } from '../../../domain/host.ts';
import type { HostUpdate, Update } from '../../../domain/update.ts';
import type { Operations } from '../operations.ts';
import { host, NOW, openHere, row, temporaryFolder, update, value } from '../testing.ts';

const DAY = 86_400_000;
const limit = { staleDays: 14, now: NOW };

let folder: ReturnType<typeof temporaryFolder>;
let open: ReturnType<typeof openHere>;
let store: Operations;

beforeEach(() => {
  folder = temporaryFolder();
  open = openHere(folder.folder);
  store = open.store;
});
afterEach(() => {
  open.close();
  folder.remove();
});

const scanned = (date: string | null): Pick<Host, 'wuaStatus'> => ({
  wuaStatus: date === null ? null : { status: 'OK', last_scan_date: date },
});

const report = (uuid: string, rows: readonly HostUpdate[], updates: readonly Update[] = []): void => {
  value(store.applyHostRows({ uuid, mark: null, updates, rows, readAt: '2026-11-20T12:00:00Z' }));
};

const updates: readonly Update[] = [
  update(1, { downloadedOn: '2026-11-12T00:00:00', changetime: '2026-11-10T18:00:00', maxDownloadSize: 1_000 }),
  update(2, { severity: 'Importante', product: null, changetime: '2026-11-11T18:00:00', maxDownloadSize: 500 }),
  update(3, { classification: 'Definition Updates', severity: null, changetime: '2026-11-20T18:00:00' }),
  update(4, { severity: 'Important', changetime: '2027-05-01T00:00:00', downloadedOn: '2026-11-12T00:00:00' }),
];

const hosts: readonly Host[] = [
  host('done', { groups: ['g1', 'g2'], site: 'Lyon' }),
  host('open', { groups: ['g1'], organizationalUnit: 'OU=A' }),
  host('missing', { groups: [], osName: 'Windows 10' }),
  host('failed', { groups: ['g2'], reachable: null, lastSeenOn: '2026-11-10T20:00:00' }),
  host('forbidden', { site: 'Lyon' }),
  host('nothing', { wuaStatus: { last_scan_date: '2026-11-20T11:00:00', last_install_reboot_required: true } }),
  host('old', {
    groups: ['g1'],
    ...scanned('2026-10-01T00:00:00'),
    reachable: null,
    lastSeenOn: '2026-10-01T00:00:00',
  }),
  host('never', { ...scanned(null), reachable: null, lastSeenOn: null }),
  host('unread', {}),
  host('linux', { platform: 'Linux' }),
];

const fill = (): void => {
  value(store.applyHosts({ hosts, isComplete: true }));
  report('done', [row('done', 1, { installed: true, status: 'OK' })], updates);
  report('open', [row('open', 1), row('open', 3, { installed: true, status: 'OK' })]);
  report('missing', [row('missing', 2), row('missing', 4, { hidden: true })]);
  report('failed', [row('failed', 1, { status: 'ERROR' }), row('failed', 4)]);
  report('forbidden', [row('forbidden', 2, { hidden: true, status: 'DISCARDED' })]);
  report('nothing', []);
  report('old', [row('old', 1)]);
};

const overview = () => value(store.fleetOverview(limit));
const cellOf = (dimension: Cell['dimension'], key: string): Cell | undefined =>
  overview().cells.find((cell) => cell.dimension === dimension && cell.key === key);
const behind = (where: Where) => value(store.fleetBehind({ where, ...limit }));

describe('the fleet at a glance', () => {
  beforeEach(fill);

  it('counts Windows hosts whose rows were read and whose scan is young, and no others', () => {
    expect(cellOf('fleet', '')).toEqual({
      dimension: 'fleet',
      key: '',
      hosts: 9,
      counted: 6,
      neverScanned: 1,
      raw: 2,
      allowed: 3,
      pending: 2,
      missing: 1,
      failed: 1,
      heldBack: 0,
      forbidden: 2,
      unknown: 0,
      neededRows: 6,
    });
    expect(overview().otherHosts).toBe(1);
  });

  it('knows the entries of each dimension, also of hosts and updates that do not say', () => {
    const counted = (dimension: Cell['dimension']) =>
      Object.fromEntries(
        overview()
          .cells.filter((cell) => cell.dimension === dimension)
          .map((cell) => [cell.key, [cell.hosts, cell.counted, cell.raw, cell.allowed]]),
      );
    expect(counted('group')).toEqual({ g1: [3, 2, 1, 1], g2: [2, 2, 1, 1], '': [5, 3, 1, 2] });
    expect(counted('site')).toEqual({ Lyon: [2, 2, 1, 2], '': [7, 4, 1, 1] });
    expect(counted('unit')).toEqual({ 'OU=A': [1, 1, 0, 0], '': [8, 5, 2, 3] });
    // French and English names of one meaning are one entry.
    expect(counted('severity')).toEqual({ Critical: [4, 3, 1, 1], Important: [3, 3, 0, 1], none: [1, 1, 1, 1] });
  });

  it('opens exactly what each number counts', () => {
    const { cells, apart, cache } = overview();
    for (const cell of cells)
      for (const measure of MEASURES) {
        const { dimension, key } = cell;
        const { uuids } = behind({ kind: 'compliance', dimension, key, measure });
        expect(new Set(uuids).size, `${dimension} ${key} ${measure}`).toBe(figure(cell, measure));
      }
    for (const each of APART) expect(behind({ kind: 'apart', apart: each }).uuids.length, each).toBe(apart[each]);
    for (const each of CACHE)
      expect(behind({ kind: 'cache', cache: each }).updateIds.length, each).toBe(cache[each].updates);
  });

  it('tells apart why hosts are not to be judged by their rows', () => {
    expect(overview().apart).toEqual({
      'never-scanned': 1,
      'scan-old': 1,
      unread: 1,
      silent: 2,
      // `failed` was last seen on the 10th, a Windows 11 update of the 11th is reported; what is dated next year, and definitions, do not count.
      'off-since-release': 2,
      reboot: 1,
    });
    expect(behind({ kind: 'apart', apart: 'off-since-release' }).uuids).toEqual(['failed', 'old']);
  });

  it('sums what the server lacks of what may be installed', () => {
    expect(overview().cache).toEqual({
      present: { updates: 2, bytes: 1_000, unknownSizes: 1 },
      absent: { updates: 1, bytes: 500, unknownSizes: 0 },
    });
    value(store.setDownloaded({ updateIds: [updates[1]?.updateId ?? ''], downloadedOn: '2026-11-21T00:00:00' }));
    expect(overview().cache.absent).toEqual({ updates: 0, bytes: 0, unknownSizes: 0 });
    expect([cellOf('fleet', '')?.pending, cellOf('fleet', '')?.missing]).toEqual([3, 0]);
  });

  it('names the updates that keep hosts from being compliant, and only them', () => {
    const id = (n: number): string => updates[n - 1]?.updateId ?? '';
    expect(behind({ kind: 'compliance', dimension: 'fleet', key: '', measure: 'failed' }).updateIds).toEqual([id(1)]);
    expect(behind({ kind: 'compliance', dimension: 'severity', key: 'Important', measure: 'open' })).toEqual({
      uuids: ['missing', 'failed'],
      updateIds: [id(2), id(4)].toSorted(
        (a, b) => updates.findIndex((u) => u.updateId === a) - updates.findIndex((u) => u.updateId === b),
      ),
    });
    expect(behind({ kind: 'compliance', dimension: 'group', key: 'no such group', measure: 'hosts' })).toEqual({
      uuids: [],
      updateIds: [],
    });
  });

  it('follows rows that were replaced', () => {
    overview();
    report('open', [row('open', 1, { installed: true, status: 'OK' })]);
    expect(cellOf('fleet', '')).toMatchObject({ raw: 3, allowed: 4, pending: 1 });
    value(store.applyHosts({ hosts: hosts.filter(({ uuid }) => uuid !== 'failed'), isComplete: true }));
    expect(cellOf('fleet', '')).toMatchObject({ hosts: 8, failed: 0 });
  });
});

describe('the figures of each day', () => {
  const local = (day: number, hour: number): number => new Date(2026, 10, day, hour).getTime();
  const synced = (
    now: number,
    more: { readonly hostsCutOff?: boolean; readonly updatesCutOff?: boolean } = {},
  ): void => {
    const cut = { hostsCutOff: false, updatesCutOff: false, ...more };
    value(store.noteSynced({ at: new Date(now).toISOString(), ...cut, staleDays: 14 }));
  };
  const trend = (days = 400) => value(store.fleetTrend({ dimension: 'fleet', key: '', days }));

  beforeEach(fill);

  it('are kept once a day, the last ones of the local day', () => {
    synced(local(20, 8));
    report('open', []);
    synced(local(20, 23));
    synced(local(21, 1));
    expect(trend().points.map(({ day, raw, allowed, counted }) => [day, raw, allowed, counted])).toEqual([
      ['2026-11-20', 3, 4, 6],
      ['2026-11-21', 3, 4, 6],
    ]);
    expect(trend().since).toBe('2026-11-20');
  });

  it('forget an entry that was there earlier on the day, and keep it on the days before', () => {
    const g1 = () => value(store.fleetTrend({ dimension: 'group', key: 'g1', days: 400 })).points;
    synced(local(20, 8));
    expect(g1()).toHaveLength(1);
    value(store.applyHosts({ hosts: hosts.map((each) => ({ ...each, groups: [] })), isComplete: true }));
    synced(local(20, 9));
    expect(g1()).toEqual([]);
    synced(local(21, 9));
    expect(trend().points).toHaveLength(2);
  });

  it('are not kept of what was cut off, and not without a limit for stale scans', () => {
    synced(local(20, 8), { hostsCutOff: true });
    synced(local(20, 9), { updatesCutOff: true });
    value(store.noteSynced({ at: new Date(local(20, 10)).toISOString(), hostsCutOff: false, updatesCutOff: false }));
    expect(trend()).toEqual({ points: [], since: null });
  });

  it('age with the day although nothing was reported', () => {
    synced(NOW);
    synced(NOW + 30 * DAY);
    expect(trend().points.map(({ counted }) => counted)).toEqual([6, 0]);
  });

  it('are thinned to one a week after three months, and end after three years', () => {
    for (let day = 0; day < 1_200; day += 1) synced(NOW + day * DAY);
    const { points, since } = trend(2_000);
    const old = points.filter(({ day }) => Date.parse(day) < NOW + (1_199 - 93) * DAY);
    expect(points.length).toBeGreaterThan(92 + 140);
    expect(points.length).toBeLessThan(92 + 150);
    expect(new Set(old.map(({ day }) => new Date(day).getUTCDay()))).toEqual(new Set([1]));
    expect(Date.parse(since ?? '')).toBeGreaterThanOrEqual(NOW + (1_199 - 1_101) * DAY);
    expect(trend(7).points).toHaveLength(7);
  });
});

describe('what changed since one looked', () => {
  const HOUR = 3_600_000;
  const news = (now: number) => value(store.fleetNews({ staleDays: 14, now }));
  const visit = (now: number) => value(store.fleetVisit({ staleDays: 14, now }));

  beforeEach(() => {
    fill();
    value(store.noteSynced({ at: new Date(NOW).toISOString(), hostsCutOff: false, updatesCutOff: false }));
  });

  it('is nothing at the first look, and is told from the second visit on', () => {
    expect(visit(NOW)).toMatchObject({ before: null, counts: null, was: null });
    expect(news(NOW + HOUR / 2).counts).toBeNull();
    report('open', [row('open', 1, { installed: true, status: 'OK' })]);
    report('done', [row('done', 1, { status: 'ERROR' }), row('done', 3)]);
    value(
      store.applyHosts({ hosts: [host('new'), ...hosts.filter(({ uuid }) => uuid !== 'never')], isComplete: true }),
    );
    const later = NOW + 2 * HOUR;
    const told = visit(later);
    expect(told).toMatchObject({
      before: new Date(NOW).toISOString(),
      counts: { needed: 1, failed: 1, compliant: 1, fallen: 1, silent: 0, 'new-hosts': 1 },
      goneHosts: 1,
      was: { counted: 6, raw: 2, allowed: 3 },
      is: { counted: 6, raw: 2, allowed: 3 },
    });
    for (const kind of NEWS) {
      const set = value(store.fleetBehind({ where: { kind: 'news', news: kind }, staleDays: 14, now: later }));
      expect((kind === 'needed' ? set.updateIds : set.uuids).length, kind).toBe(told.counts?.[kind]);
    }
    // Within the hour it is the same visit, and the same news.
    expect(visit(later + HOUR / 2).counts).toEqual(told.counts);
    expect(visit(later + 3 * HOUR).counts).toMatchObject({ needed: 0, failed: 0, compliant: 0, fallen: 0 });
  });

  it('tells hosts that fell silent, and another index', () => {
    const index = { size: 1, lastCheck: null, readAt: '', task: null };
    value(store.noteIndex({ ...index, date: '2026-11-10T00:00:00Z' }));
    visit(NOW);
    value(store.noteIndex({ ...index, date: '2026-11-17T00:00:00Z' }));
    const told = visit(NOW + 10 * DAY);
    // `failed` was last seen on the 10th.
    expect(told.counts?.silent).toBe(1);
    expect(told.index).toEqual({ was: '2026-11-10T00:00:00Z', is: '2026-11-17T00:00:00Z' });
  });

  it('does not take a fleet that was only half read for what one saw', () => {
    open.close();
    folder.remove();
    folder = temporaryFolder();
    open = openHere(folder.folder);
    store = open.store;
    visit(NOW - 3 * HOUR);
    fill();
    value(store.noteSynced({ at: new Date(NOW).toISOString(), hostsCutOff: false, updatesCutOff: false }));
    expect(visit(NOW).counts).toBeNull();
    expect(visit(NOW + 2 * HOUR).counts).toMatchObject({ needed: 0, 'new-hosts': 0 });
  });
});
