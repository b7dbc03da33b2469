import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FilterEntry, UpdateFilter } from '../../domain/catalogue.ts';
import type { Lab } from '../../lab/lab.ts';
import { type Bench, signedIn, testConsole, testLab, until } from './harness.ts';
import {
  countOf,
  numbers,
  replacedGuids,
  type TrueHost,
  type TrueRow,
  type TrueUpdate,
  type Truth,
  truthOf,
} from './truth.ts';

let lab: Lab & { readonly dataDir: string };
let bench: Bench;
let truth: Truth;

const english: Readonly<Record<string, string>> = {
  'Mises à jour de la sécurité': 'Security Updates',
  'Mises à jour critiques': 'Critical Updates',
  'Mises à jour de définitions': 'Definition Updates',
  'Correctifs cumulatifs': 'Update Rollups',
  'Mises à jour': 'Updates',
  'Mises à niveau': 'Upgrades',
  Pilotes: 'Drivers',
  Outils: 'Tools',
};
const nameOf = (name: string | null): string => {
  const trimmed = name?.trim() ?? '';
  return trimmed === '' ? 'none' : (english[trimmed] ?? trimmed);
};

/** How many rows each number of an update, or of a host, sums up. */
const byUpdate = () => Map.groupBy(truth.rows, (row) => row.updateId);
const byHost = () => Map.groupBy(truth.rows, (row) => row.uuid);

beforeAll(async () => {
  // An odd fleet: whatever is wrong with a host, the counts are right.
  lab = await testLab({ hosts: 30, schedules: false, odd: true });
  bench = await testConsole(lab);
  await signedIn(bench, lab);
  truth = await truthOf(lab);
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

describe('counts of the console are those of the server', () => {
  it('has something to count of everything', () => {
    const all = countOf(truth.rows);
    expect(Object.entries(all).filter(([, count]) => count === 0)).toEqual([]);
    expect(truth.rows.length).toBeGreaterThan(6_000);
  });

  it('of each update, over all hosts', async () => {
    const { rows, hostCount, neverScanned } = await bench.need('updates.list', {});
    const counted = byUpdate();
    expect(rows.map((row) => row.updateId).toSorted()).toEqual([...truth.updates.keys()].toSorted());
    expect(new Map(rows.map((row) => [row.updateId, row.hosts]))).toEqual(
      new Map(rows.map((row) => [row.updateId, countOf(counted.get(row.updateId) ?? [])])),
    );
    expect(hostCount).toBe(truth.hosts.length);
    expect(neverScanned).toBe(truth.hosts.filter((host) => host.lastScan === null).length);
    const replaced = replacedGuids(truth.updates.values());
    expect(
      rows
        .filter((row) => row.isSuperseded)
        .map((row) => row.updateId)
        .toSorted(),
    ).toEqual([...truth.updates.keys()].filter((id) => replaced.has(id.split('_')[0] ?? '')).toSorted());
    expect(rows.filter((row) => row.downloadedOn !== null).length).toBe(
      [...truth.updates.values()].filter((update) => update.onServer).length,
    );
  });

  it('of each host, over all updates', async () => {
    const { rows } = await bench.need('hosts.list', {});
    const counted = byHost();
    expect(rows.length).toBe(truth.hosts.length);
    expect(new Map(rows.map((row) => [row.uuid, row.updates]))).toEqual(
      new Map(truth.hosts.map((host) => [host.uuid, countOf(counted.get(host.uuid) ?? [])])),
    );
    const set = (uuids: readonly string[]): readonly string[] => uuids.toSorted();
    expect(set(rows.filter((row) => row.isStale).map((row) => row.uuid))).toEqual(
      set(truth.hosts.filter((host) => host.isStale).map((host) => host.uuid)),
    );
    expect(set(rows.filter((row) => row.reachable === 'OK').map((row) => row.uuid))).toEqual(
      set(truth.hosts.filter((host) => host.reachable).map((host) => host.uuid)),
    );
    expect(set(rows.filter((row) => row.rebootRequired === true).map((row) => row.uuid))).toEqual(
      set(truth.hosts.filter((host) => host.needsReboot === true).map((host) => host.uuid)),
    );
  });

  it('of the hosts behind an update, and the updates of a host', async () => {
    const counted = byUpdate();
    const most = [...counted].toSorted(([, a], [, b]) => b.length - a.length).slice(0, 5);
    for (const [updateId, rows] of most) {
      const shown = await bench.need('updates.hosts', { updateId });
      expect(shown.map(({ uuid, state }) => ({ uuid, updateId, state })).toSorted(byUuid)).toEqual(
        rows.toSorted(byUuid),
      );
    }
    for (const [uuid, rows] of [...byHost()].slice(-8)) {
      const shown = await bench.need('hosts.updates', { uuid });
      const own = shown.map(({ update, state }) => ({ uuid, updateId: update.updateId, state }));
      expect(own.toSorted(byId)).toEqual(rows.toSorted(byId));
    }
  });

  it('of every entry of the filters of the update list', async () => {
    const base: UpdateFilter = {
      scope: 'reported',
      severities: [],
      products: [],
      classifications: [],
      search: '',
      hideSuperseded: false,
      foldDefinitions: false,
      onServer: null,
      onHosts: [],
    };
    const replaced = replacedGuids(truth.updates.values());
    const counted = byUpdate();
    const needed = (update: TrueUpdate): boolean => countOf(counted.get(update.updateId) ?? []).needed > 0;
    const keys = {
      severities: (update: TrueUpdate) => nameOf(update.severity),
      products: (update: TrueUpdate) => nameOf(update.product),
      classifications: (update: TrueUpdate) => nameOf(update.classification),
    };
    type List = keyof typeof keys;
    const fits = (update: TrueUpdate, filter: UpdateFilter, except: List | null): boolean =>
      (filter.scope === 'reported' || needed(update)) &&
      (Object.keys(keys) as List[]).every(
        (list) => list === except || filter[list].length === 0 || filter[list].includes(keys[list](update)),
      ) &&
      (filter.onServer === null || filter.onServer === update.onServer) &&
      !(filter.hideSuperseded && replaced.has(update.updateId.split('_')[0] ?? '')) &&
      `${update.title} ${update.kbids.map((kb) => `KB${kb}`).join(' ')} ${update.updateId}`
        .toLowerCase()
        .includes(filter.search.toLowerCase());
    const filters: readonly Partial<UpdateFilter>[] = [
      {},
      { scope: 'needed' },
      { hideSuperseded: true },
      { scope: 'needed', hideSuperseded: true, severities: ['Critical', 'none'] },
      { products: ['Windows 11', 'Contoso Suite'], onServer: false },
      { classifications: ['Security Updates'], search: 'office' },
      { scope: 'needed', severities: ['Important'], classifications: ['Security Updates'], onServer: true },
    ];
    for (const part of filters) {
      const filter = { ...base, ...part };
      const answer = await bench.need('updates.query', { filter });
      const all = [...truth.updates.values()];
      expect(answer.ids.toSorted()).toEqual(
        all
          .filter((update) => fits(update, filter, null))
          .map((update) => update.updateId)
          .toSorted(),
      );
      for (const list of Object.keys(keys) as List[]) {
        const shown = new Map(answer[list].map((entry: FilterEntry) => [entry.key, entry.count]));
        const expected = Map.groupBy(
          all.filter((update) => fits(update, filter, list)),
          keys[list],
        );
        for (const [key, count] of shown)
          expect([list, key, count]).toEqual([list, key, expected.get(key)?.length ?? 0]);
        expect([...expected.keys()].filter((key) => !shown.has(key))).toEqual([]);
      }
    }
  });

  it('of hosts with each rule package', async () => {
    const { packages } = await until(
      () => bench.need('packages.list', {}),
      (list) => list.packages.length > 0 && list.packages.every((each) => each.verification.kind !== 'pending'),
    );
    for (const each of packages) {
      const named = truth.hosts.filter((host) => host.installed.some((one) => one.package === each.package));
      const same = named.filter((host) =>
        host.installed.some(
          (one) => one.package === each.package && one.version === each.version && one.status === 'OK',
        ),
      );
      expect([each.package, each.hostsInstalled, each.hostsAny]).toEqual([each.package, same.length, named.length]);
      const shown = await bench.need('packages.hosts', { filename: each.filename });
      expect(shown.map((host) => host.uuid).toSorted()).toEqual(named.map((host) => host.uuid).toSorted());
    }
  });

  it('of what waits for a decision', async () => {
    const list = await until(
      () => bench.need('triage.list', {}),
      (now) => now.unread.length === 0,
    );
    // The rules that the lab published, as its own sources have them.
    const classifications = ['Security Updates', 'Definition Updates'];
    const kbs = ['890830', '3012973', '2267602', '5012170'];
    const severities = ['Critical', 'Important'];
    const counted = byUpdate();
    const expected = [...truth.updates.values()].filter(
      (update) =>
        countOf(counted.get(update.updateId) ?? []).needed > 0 &&
        !classifications.includes(nameOf(update.classification)) &&
        !severities.includes(update.severity ?? '') &&
        !update.kbids.some((kb) => kbs.includes(kb)),
    );
    const shown = list.rows.flatMap((row) => [row.updateId, ...row.folded]);
    expect(shown.toSorted()).toEqual(expected.map((update) => update.updateId).toSorted());
    for (const row of list.rows) expect(row.hosts).toEqual(countOf(counted.get(row.updateId) ?? []));
  });

  it('of the hosts in rings', async () => {
    const gates = { minAgeDays: 0, minSuccesses: 1, minSuccessRate: 0, maxFailures: null };
    const { id: ringSetId } = await bench.need('rings.save', {
      id: null,
      name: 'Counted',
      rings: [
        { package: 'lab-wua-desktops', gates },
        { package: 'lab-wua-servers', gates },
      ],
    });
    const status = await bench.need('rings.status', { ringSetId });
    for (const ring of status.rings) {
      const holders = truth.hosts.filter((host) => host.installed.some((one) => one.package === ring.package));
      expect(ring).toMatchObject({
        hosts: holders.length,
        onNewest: holders.length,
        stale: holders.filter((host) => host.isStale).length,
      });
    }
    const inner = new Map(
      truth.hosts
        .filter((host) => host.installed.some((one) => one.package === 'lab-wua-desktops'))
        .map((host) => [host.uuid, host]),
    );
    const items = status.steps[0]?.items ?? [];
    expect(items.length).toBeGreaterThan(20);
    const counted = byUpdate();
    for (const item of items) {
      const rows = item.updateIds.flatMap((id) => counted.get(id) ?? []).filter((row) => inner.has(row.uuid));
      const young = rows.filter((row) => inner.get(row.uuid)?.isStale === false);
      expect([item.entry, item.successes, item.failures]).toEqual([
        item.entry,
        young.filter((row) => row.state === 'done').length,
        young.filter((row) => row.state === 'failed').length,
      ]);
    }
  });

  it('of compliance: of the fleet, of each site and of each severity', async () => {
    const { cells } = await bench.need('fleet.overview', {});
    const rows = byHost();
    const open: readonly string[] = ['pending', 'missing', 'failed'];
    const needed: readonly string[] = numbers.needed;
    const expected = (hosts: readonly TrueHost[], own: (row: TrueRow) => boolean) => {
      const counted = hosts.filter((host) => !host.isStale);
      const statesOf = (host: TrueHost): readonly string[] =>
        (rows.get(host.uuid) ?? []).filter(own).map((row) => row.state);
      const without = (states: readonly string[]) => (host: TrueHost) =>
        !statesOf(host).some((state) => states.includes(state));
      return {
        hosts: hosts.length,
        counted: counted.length,
        neverScanned: hosts.filter((host) => host.lastScan === null).length,
        raw: counted.filter(without(needed)).length,
        allowed: counted.filter(without(open)).length,
        failed: counted.filter((host) => statesOf(host).includes('failed')).length,
        missing: counted.filter((host) => statesOf(host).includes('missing')).length,
        neededRows: counted.flatMap(statesOf).filter((state) => needed.includes(state)).length,
      };
    };
    const cell = (dimension: string, key: string) =>
      cells.find((one) => one.dimension === dimension && one.key === key);
    expect(cell('fleet', '')).toMatchObject(expected(truth.hosts, () => true));
    const sites = Map.groupBy(truth.hosts, (host) => host.site ?? '');
    expect(sites.size).toBeGreaterThan(2);
    for (const [site, hosts] of sites)
      expect([site, cell('site', site)]).toMatchObject([site, expected(hosts, () => true)]);
    for (const severity of ['Critical', 'Important', 'Moderate', 'none']) {
      const own = (row: TrueRow): boolean => nameOf(truth.updates.get(row.updateId)?.severity ?? null) === severity;
      const hosts = truth.hosts.filter((host) => (rows.get(host.uuid) ?? []).some(own));
      expect([severity, cell('severity', severity)]).toMatchObject([severity, expected(hosts, own)]);
    }
  });

  it('of what is behind a number of an update or a host', async () => {
    const updates = byUpdate();
    const hosts = byHost();
    for (const [measure, states] of Object.entries(numbers) as [keyof typeof numbers, readonly string[]][]) {
      const most = (groups: ReadonlyMap<string, readonly TrueRow[]>): string =>
        [...groups].toSorted(([, a], [, b]) => countOf(b)[measure] - countOf(a)[measure])[0]?.[0] ?? '';
      const [updateId, uuid] = [most(updates), most(hosts)];
      const inMeasure = (rows: readonly TrueRow[] | undefined) =>
        (rows ?? []).filter((row) => states.includes(row.state));
      const ofUpdate = await bench.need('fleet.behind', { where: { kind: 'update', updateId, measure } });
      expect(ofUpdate.uuids.toSorted()).toEqual(
        inMeasure(updates.get(updateId))
          .map((row) => row.uuid)
          .toSorted(),
      );
      const ofHost = await bench.need('fleet.behind', { where: { kind: 'host', uuid, measure } });
      expect(ofHost.updateIds.toSorted()).toEqual(
        inMeasure(hosts.get(uuid))
          .map((row) => row.updateId)
          .toSorted(),
      );
    }
  });

  it('of what failed', async () => {
    const { total } = await bench.need('failures.board', { by: 'update', within: {} });
    const failed = truth.rows.filter((row) => row.state === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    const behind = await bench.need('fleet.behind', { where: { kind: 'failure' } });
    expect(failed.filter((row) => !behind.uuids.includes(row.uuid))).toEqual([]);
    expect(failed.filter((row) => !behind.updateIds.includes(row.updateId))).toEqual([]);
    expect(total.hosts).toBe(behind.uuids.length);
  });

  it('of downloads', async () => {
    const { tasks } = await bench.need('downloads.list', {});
    const statuses = (list: readonly { readonly status: string | null }[]) =>
      Object.fromEntries(
        [...Map.groupBy(list, (one) => one.status ?? '')].map(([status, own]) => [status, own.length]),
      );
    expect(statuses(tasks)).toEqual(statuses(truth.downloads));
    expect(tasks.length).toBeGreaterThan(5);
  });
});

describe('counts on a server without a list', () => {
  it('are those of what its hosts report', async () => {
    const own = await testLab({ hosts: 15, schedules: false, dialect: 'derived' });
    const other = await testConsole(own);
    try {
      await signedIn(other, own);
      const reported = await truthOf(own, 'derived');
      const [updates, hosts] = await Promise.all([other.need('updates.list', {}), other.need('hosts.list', {})]);
      const groups = Map.groupBy(reported.rows, (row) => row.updateId);
      expect(new Map(updates.rows.map((row) => [row.updateId, row.hosts]))).toEqual(
        new Map([...groups].map(([id, rows]) => [id, countOf(rows)])),
      );
      const perHost = Map.groupBy(reported.rows, (row) => row.uuid);
      expect(new Map(hosts.rows.map((row) => [row.uuid, row.updates]))).toEqual(
        new Map(reported.hosts.map((host) => [host.uuid, countOf(perHost.get(host.uuid) ?? [])])),
      );
    } finally {
      await other.stop();
      await own.stop();
    }
  });
});

const byUuid = (a: { readonly uuid: string }, b: { readonly uuid: string }): number => (a.uuid < b.uuid ? -1 : 1);
const byId = (a: { readonly updateId: string }, b: { readonly updateId: string }): number =>
  a.updateId < b.updateId ? -1 : 1;
