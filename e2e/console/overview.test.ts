import { request } from 'node:https';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { APART, type FleetOverview, type Where } from '../../contract/schemas/fleet.ts';
import { MEASURES, type Measure } from '../../domain/compliance.ts';
import { figure } from '../../domain/compliance-tally.ts';
import type { Lab } from '../../lab/lab.ts';
import { type Bench, signedIn, testConsole, testLab, until } from './harness.ts';

const DAY = 86_400_000;
const STALE = 14 * DAY;

interface RawRow {
  readonly update_id: string;
  readonly severity: string | null;
  readonly product: string | null;
  readonly classification: string | null;
  readonly changetime: string | null;
  readonly downloaded_on: string | null;
  readonly max_download_size: number | null;
  readonly download_urls: readonly string[] | null;
  readonly local_status_status: string;
  readonly local_status_installed: boolean;
  readonly local_status_allowed: boolean;
  readonly local_status_hidden: boolean;
  readonly delayed?: boolean;
  readonly local_status_delayed?: boolean;
  readonly local_status_history: readonly { readonly date: string; readonly result_code: string }[] | null;
}
interface RawHost {
  readonly uuid: string;
  readonly platform: string | null;
  readonly os_name: string | null;
  readonly os_version: string | null;
  readonly reachable: string | null;
  readonly last_seen_on: string | null;
  readonly depends: readonly string[] | string | null;
  readonly computer_ad_ou: string | null;
  readonly computer_ad_site: string | null;
  readonly waptwua_status: Readonly<Record<string, unknown>> | null;
  readonly wuauserv_status: Readonly<Record<string, unknown>> | null;
}

/** What one host says, as its server gives it, with nothing of the console in between. */
interface Reported extends RawHost {
  readonly rows: readonly (RawRow & { readonly state: string })[];
}

let lab: Lab;
let bench: Bench;
let fleet: readonly Reported[];
let overview: FleetOverview;

/** Asks the lab itself. */
function raw<T>(path: string): Promise<T> {
  const user = lab.users.find(({ name }) => name === 'admin');
  return new Promise((resolve, reject) => {
    const call = request(
      lab.url + path,
      { ca: lab.caPem, auth: `${user?.name ?? ''}:${user?.password ?? ''}` },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          text += part;
        });
        answer.on('end', () => resolve((JSON.parse(text) as { result: T }).result));
      },
    );
    call.on('error', reject);
    call.end();
  });
}

/** The words of the design, said once more for the lab's own spelling. */
function stateOf(row: RawRow): string {
  if (row.local_status_installed) return 'done';
  if (row.local_status_status === 'SUPERSEDED') return 'superseded';
  const last =
    (row.local_status_history ?? []).toSorted((a, b) => (a.date < b.date ? -1 : 1)).at(-1)?.result_code ?? '';
  if (row.local_status_status === 'ERROR' || /^(0x8[0-9a-f]{7}|-\d+|failed|aborted|4|5)$/i.test(last)) return 'failed';
  if (row.delayed ?? row.local_status_delayed ?? false) return 'held-back';
  if (row.local_status_hidden || row.local_status_status === 'DISCARDED') return 'forbidden';
  if (row.local_status_status === 'MISSING') return 'missing';
  if (row.local_status_status !== 'PENDING' && !row.local_status_allowed) return 'unknown';
  return row.downloaded_on === null ? 'missing' : 'pending';
}

const ENDED = ['done', 'superseded'];
const OPEN = ['pending', 'missing', 'failed'];

const scanOf = (host: RawHost): string | null => (host.waptwua_status?.['last_scan_date'] as string | null) ?? null;
const isWindows = (host: RawHost): boolean => (host.platform ?? 'Windows') === 'Windows';
const isCounted = (host: RawHost): boolean => {
  const scan = scanOf(host);
  return scan !== null && Date.now() - Date.parse(scan) <= STALE;
};
const groupsOf = ({ depends }: RawHost): readonly string[] =>
  (typeof depends === 'string' ? depends.split(',') : (depends ?? [])).map((each) => each.trim()).filter(Boolean);

/** Whether a host with these rows belongs to a measure. */
function counts(host: RawHost, rows: Reported['rows'], measure: Measure): boolean {
  const has = (...states: readonly string[]): boolean => rows.some(({ state }) => states.includes(state));
  const needs = rows.some(({ state }) => !ENDED.includes(state));
  if (measure === 'hosts') return true;
  if (measure === 'stale') return !isCounted(host);
  if (measure === 'never-scanned') return scanOf(host) === null;
  if (!isCounted(host)) return false;
  if (measure === 'counted') return true;
  if (measure === 'compliant-raw') return !needs;
  if (measure === 'needed') return needs;
  if (measure === 'compliant-allowed') return !has(...OPEN);
  if (measure === 'open') return has(...OPEN);
  return has(measure);
}

beforeAll(async () => {
  lab = await testLab({ hosts: 40, schedules: false });
  bench = await testConsole(lab);
  await signedIn(bench, lab);
  const columns =
    'uuid,platform,os_name,os_version,reachable,last_seen_on,depends,computer_ad_ou,computer_ad_site,waptwua_status,wuauserv_status';
  const hosts = await raw<readonly RawHost[]>(`/api/v3/hosts?limit=1000&columns=${columns}`);
  fleet = await Promise.all(
    hosts.map(async (host) => {
      const rows = await raw<readonly RawRow[]>(`/api/v1/host_data?uuid=${host.uuid}&field=wsusupdates`);
      return { ...host, rows: rows.map((row) => ({ ...row, state: stateOf(row) })) };
    }),
  );
  await bench.need('index.state', {});
  overview = await bench.need('fleet.overview', {});
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

it('counts every entry of every dimension as one does by hand, and opens exactly these hosts', async () => {
  const windows = fleet.filter(isWindows);
  expect(windows.filter(isCounted).length).toBeGreaterThan(20);
  expect(windows.filter((host) => !isCounted(host)).length).toBeGreaterThan(1);
  // The lab's names are English but for a few hosts: one entry holds both spellings.
  const french: Readonly<Record<string, string>> = {
    'Mises à jour de la sécurité': 'Security Updates',
    'Mises à jour critiques': 'Critical Updates',
    'Mises à jour': 'Updates',
    'Correctifs cumulatifs': 'Update Rollups',
    'Mises à jour de définitions': 'Definition Updates',
    'Windows 10, version 1903 et ultérieures': 'Windows 10, version 1903 and later',
    'Antivirus Microsoft Defender': 'Microsoft Defender Antivirus',
    'Windows Defender': 'Microsoft Defender Antivirus',
    Pilotes: 'Drivers',
    Outils: 'Tools',
    'Mises à niveau': 'Upgrades',
    Application: 'Applications',
  };
  const key = (name: string | null): string => (name === null || name === '' ? 'none' : (french[name] ?? name));
  const entries = {
    fleet: () => [''],
    group: (host: Reported) => (groupsOf(host).length === 0 ? [''] : groupsOf(host)),
    unit: (host: Reported) => [host.computer_ad_ou ?? ''],
    site: (host: Reported) => [host.computer_ad_site ?? ''],
    os: (host: Reported) => [(host.os_name ?? '').replace('Entreprise', 'Enterprise').replace('Professionnel', 'Pro')],
  };
  for (const cell of overview.cells) {
    const { dimension } = cell;
    const of = windows.flatMap((host) => {
      if (dimension === 'severity' || dimension === 'product' || dimension === 'classification') {
        const rows = host.rows.filter((row) => key(row[dimension]) === cell.key);
        return rows.length === 0 ? [] : [{ host, rows }];
      }
      return entries[dimension](host).includes(cell.key) ? [{ host, rows: host.rows }] : [];
    });
    for (const measure of MEASURES) {
      const expected = of.filter(({ host, rows }) => counts(host, rows, measure)).map(({ host }) => host.uuid);
      expect(figure(cell, measure), `${dimension} ${cell.key} ${measure}`).toBe(expected.length);
      // Each of them over the wire would take long, and one dimension of each sort is like the others.
      if (!['fleet', 'severity', 'group'].includes(dimension)) continue;
      const where: Where = { kind: 'compliance', dimension, key: cell.key, measure };
      const { uuids } = await bench.need('fleet.behind', { where });
      expect(new Set(uuids), `${dimension} ${cell.key} ${measure}`).toEqual(new Set(expected));
    }
  }
  const french11 = windows.filter((host) => host.os_name === 'Microsoft Windows 11 Entreprise');
  expect(french11.length).toBeGreaterThan(0);
  expect(overview.systemNames['Microsoft Windows 11 Enterprise']).toContain('Microsoft Windows 11 Entreprise');
  for (const dimension of ['severity', 'product', 'classification', 'group', 'unit', 'site', 'os'] as const)
    expect(overview.cells.filter((cell) => cell.dimension === dimension).length, dimension).toBeGreaterThan(1);
});

it('tells apart silent, off, rebooting and unscanned hosts as their own words say', async () => {
  const time = (text: string | null): number => (text === null ? Number.NaN : Date.parse(`${text.replace(/Z$/, '')}Z`));
  const windows = fleet.filter(isWindows);
  const version = (host: RawHost): string => `${host.os_name ?? ''} ${host.os_version ?? ''}`;
  const newest = new Map<string, number>();
  for (const host of windows.filter(isCounted))
    for (const row of host.rows) {
      const at = time(row.changetime);
      if (/d[eé]finition/i.test(row.classification ?? '') || !(at <= Date.now())) continue;
      newest.set(version(host), Math.max(newest.get(version(host)) ?? 0, at));
    }
  const isOn = (host: RawHost): boolean => host.reachable === 'OK';
  const byHand: Readonly<Record<(typeof APART)[number], readonly Reported[]>> = {
    'never-scanned': windows.filter((host) => scanOf(host) === null),
    'scan-old': windows.filter((host) => scanOf(host) !== null && !isCounted(host)),
    unread: [],
    silent: windows.filter((host) => !isOn(host) && !(Date.now() - time(host.last_seen_on) <= STALE)),
    'off-since-release': windows.filter(
      (host) => !isOn(host) && time(host.last_seen_on) < (newest.get(version(host)) ?? 0),
    ),
    reboot: windows.filter(
      (host) =>
        (host.waptwua_status?.['last_install_reboot_required'] ??
          host.waptwua_status?.['rebootrequired'] ??
          host.wuauserv_status?.['reboot_needed']) === true,
    ),
  };
  for (const apart of APART) {
    expect(overview.apart[apart], apart).toBe(byHand[apart].length);
    const { uuids } = await bench.need('fleet.behind', { where: { kind: 'apart', apart } });
    expect(new Set(uuids), apart).toEqual(new Set(byHand[apart].map(({ uuid }) => uuid)));
  }
  for (const apart of ['never-scanned', 'scan-old', 'silent', 'reboot'] as const)
    expect(overview.apart[apart], apart).toBeGreaterThan(0);
});

it('sums the files of what may be installed, on the server and not', async () => {
  const open = fleet.filter(isWindows).flatMap(({ rows }) => rows.filter(({ state }) => OPEN.includes(state)));
  const updates = [...new Map(open.map((row) => [row.update_id, row])).values()];
  for (const cache of ['present', 'absent'] as const) {
    const of = updates.filter((row) => (row.downloaded_on !== null) === (cache === 'present'));
    // The very same files are there once.
    const bundles = new Map<string, number>();
    for (const row of of) {
      const names = new Set((row.download_urls ?? []).map((url) => url.split('/').at(-1)?.toLowerCase() ?? ''));
      const key = names.size === 0 ? row.update_id : [...names].sort().join('\n');
      bundles.set(key, Math.max(bundles.get(key) ?? 0, row.max_download_size ?? 0));
    }
    expect(overview.cache[cache], cache).toEqual({
      updates: of.length,
      bytes: [...bundles.values()].reduce((sum, size) => sum + size, 0),
      unknownSizes: of.filter((row) => row.max_download_size === null).length,
    });
    const { updateIds } = await bench.need('fleet.behind', { where: { kind: 'cache', cache } });
    expect(new Set(updateIds)).toEqual(new Set(of.map((row) => row.update_id)));
  }
});

it('keeps the figures of the day, the state of the index, and what one saw, over a restart without a server', async () => {
  const whole = { dimension: 'fleet', key: '', days: 30 } as const;
  const { points } = await bench.need('fleet.trend', whole);
  const cell = overview.cells.find(({ dimension }) => dimension === 'fleet');
  expect(points).toHaveLength(1);
  expect(points[0]).toMatchObject({
    hosts: cell?.hosts,
    counted: cell?.counted,
    raw: cell?.raw,
    allowed: cell?.allowed,
    neededRows: cell?.neededRows,
    staleDays: 14,
  });
  expect((await bench.need('fleet.visit', {})).counts).toBeNull();
  const again = await testConsole(lab, bench.data);
  try {
    await again.need('session.openOffline', { profileId: 'lab' });
    const offline = await again.need('fleet.overview', {});
    expect(offline.cells).toEqual(overview.cells);
    expect(offline.index?.date).not.toBeNull();
    expect(offline.index).toEqual((await bench.need('fleet.overview', {})).index);
    // The second console on the profile may look, and leaves no mark.
    expect(await again.need('fleet.visit', {})).toMatchObject({ before: null, counts: null });
    expect(await again.need('fleet.trend', whole)).toEqual(await bench.need('fleet.trend', whole));
  } finally {
    await again.stop();
  }
});

it('refuses a set that it does not know, and finds nothing in one that is not there', async () => {
  const odd = { kind: 'compliance', dimension: 'colour', key: '', measure: 'hosts' } as unknown as Where;
  expect(await bench.ask('fleet.behind', { where: odd })).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  const gone: Where = { kind: 'compliance', dimension: 'group', key: 'no such group', measure: 'hosts' };
  expect(await bench.need('fleet.behind', { where: gone })).toEqual({ uuids: [], updateIds: [] });
});

it('follows the fleet: a limit of one day leaves fewer hosts counted', async () => {
  const profile = (await bench.need('profiles.list', {})).find(({ id }) => id === 'lab');
  if (profile === undefined) throw new Error('no profile');
  const {
    hasPassword: _has,
    isLab: _lab,
    lastSignIn: _last,
    trust: _trust,
    ...input
  } = profile as never as Record<string, unknown>;
  const saved = await bench.ask('profiles.save', { ...input, staleDays: 1 } as never);
  expect(saved).toMatchObject({ ok: true });
  const young = await until(
    () => bench.need('fleet.overview', {}),
    (now) => now.staleDays === 1,
  );
  const counted = fleet.filter(
    (host) => isWindows(host) && scanOf(host) !== null && Date.now() - Date.parse(scanOf(host) ?? '') <= DAY,
  );
  expect(young.cells.find(({ dimension }) => dimension === 'fleet')?.counted).toBe(counted.length);
});
