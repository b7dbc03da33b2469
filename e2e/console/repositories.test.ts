import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bench, signedIn, testConsole, testLab } from './harness.ts';

let lab: Awaited<ReturnType<typeof testLab>>;
let bench: Bench;

beforeAll(async () => {
  lab = await testLab({ hosts: 60, schedules: false });
  bench = await testConsole(lab);
  await signedIn(bench, lab);
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

const urls = () => Map.groupBy(lab.hosts, (host) => host.repository.url);

it('counts the hosts of each repository, and opens exactly these', async () => {
  const { uses } = await bench.need('downloads.repositories', {});
  expect(new Map(uses.map((use) => [use.url, use.hosts]))).toEqual(
    new Map([...urls()].map(([url, hosts]) => [url, hosts.length])),
  );
  expect(uses.length).toBe(3);
  const { rows } = await bench.need('hosts.list', {});
  const isStale = new Map(rows.map((row) => [row.uuid, row.isStale]));
  for (const use of uses) {
    const hosts = urls().get(use.url ?? '') ?? [];
    expect(use.counted).toBe(hosts.filter((host) => isStale.get(host.uuid) === false).length);
    const behind = await bench.need('fleet.behind', { where: { kind: 'repository', url: use.url, measure: 'hosts' } });
    expect(new Set(behind.uuids)).toEqual(new Set(hosts.map((host) => host.uuid)));
  }
});

it('warns of the one repository that lacks the files of updates, and of no other', async () => {
  const { uses } = await bench.need('downloads.repositories', {});
  for (const use of uses) {
    const hasUpdates = urls().get(use.url ?? '')?.[0]?.repository.hasWindowsUpdates;
    expect([use.url, use.verdict]).toEqual([use.url, hasUpdates === true ? 'yes' : 'no']);
  }
  const { url } = uses.find((use) => use.verdict === 'no') ?? { url: null };
  const lacking = await bench.need('fleet.behind', { where: { kind: 'repository', url, measure: 'lacks' } });
  const there = new Set((urls().get(url ?? '') ?? []).map((host) => host.uuid));
  expect(lacking.uuids.length).toBe(uses.find((use) => use.url === url)?.lacks);
  expect(lacking.uuids.length).toBeGreaterThan(0);
  // By hand: these hosts say MISSING of what the server has.
  for (const uuid of lacking.uuids) {
    expect(there.has(uuid)).toBe(true);
    const rows = await bench.need('hosts.updates', { uuid });
    expect(rows.some((row) => row.status === 'MISSING' && row.update.downloadedOn !== null)).toBe(true);
    expect(rows.some((row) => row.status === 'PENDING' && row.update.downloadedOn !== null)).toBe(false);
  }
});

it('reads the rules that the server publishes', async () => {
  const { rules, serverError, syncListDate } = await bench.need('downloads.repositories', {});
  expect(serverError).toBeNull();
  expect(syncListDate).not.toBeNull();
  expect(rules?.map((rule) => [rule.name, rule.url, rule.covers, rule.isActive])).toEqual([
    ['Lyon', 'https://repo-lyo.example.lan/wapt', ['WAPT', 'WUA'], true],
    ['London desktops', 'https://repo-lon.example.lan/wapt', ['WAPT', 'WUA'], true],
  ]);
});

it('says so where the edition has none, and what hosts say stands', async () => {
  const community = await testLab({ hosts: 30, community: true, schedules: false });
  const other = await testConsole(community);
  try {
    await signedIn(other, community);
    const { uses, rules, syncListDate, serverError } = await other.need('downloads.repositories', {});
    expect([rules, syncListDate, serverError]).toEqual([null, null, null]);
    expect(uses.reduce((sum, use) => sum + use.hosts, 0)).toBe(community.hosts.length);
  } finally {
    await other.stop();
    await community.stop();
  }
});
