import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EXPOSURES, type Exposure } from '../../domain/cve/exposure.ts';
import type { Lab } from '../../lab/lab.ts';
import { type Row, rowsOf, statusOf, testClient } from '../../lab/testing.ts';
import { type Bench, signedIn, testConsole, testLab } from './harness.ts';

let lab: Lab & { readonly dataDir: string };
let bench: Bench;

interface HostTold {
  readonly uuid: string;
  readonly rows: readonly Row[];
  readonly index: string | null;
  readonly isYoung: boolean;
}
let hosts: readonly HostTold[];
let all: ReadonlyMap<string, Row>;

const list = (row: Row, key: string): readonly string[] => (row[key] ?? []) as readonly string[];
const guidOf = (id: string): string => id.slice(0, 36).toLowerCase();

let replacers: ReadonlyMap<string, readonly string[]>;
let ofKb: ReadonlyMap<string, readonly string[]>;

const gathered = (pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> =>
  new Map([...Map.groupBy(pairs, ([key]) => key)].map(([key, list_]) => [key, list_.map(([, id]) => id)]));

/** Every update that replaces one of these, itself or by those between: over the lab's own descriptions. */
function replacing(ids: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const waiting = [...ids];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const newer of replacers.get(guidOf(id)) ?? []) {
      if (found.has(newer) || ids.includes(newer)) continue;
      found.add(newer);
      waiting.push(newer);
    }
  }
  return [...found];
}

/** What a host says of an update, in three words. */
function word(row: Row | undefined): 'has' | 'open' | 'closed' | 'replaced' | null {
  if (row === undefined) return null;
  if (row['local_status_installed'] === true) return 'has';
  if (row.local_status_status === 'SUPERSEDED') return 'replaced';
  const history = (row['local_status_history'] ?? []) as readonly { readonly result_code: string }[];
  const hasFailed = (history.at(-1)?.result_code ?? 'Succeeded') !== 'Succeeded';
  return row['local_status_hidden'] === true && !hasFailed ? 'closed' : 'open';
}

/** How a host stands with the KB, told by hand. */
function told(host: HostTold, kb: string, released: string): Exposure {
  if (!host.isYoung) return 'no-data';
  const rows = new Map(host.rows.map((row) => [row.update_id, row]));
  const verdicts = (ofKb.get(kb) ?? []).map((fix) => {
    const mine = word(rows.get(fix));
    const newer = replacing([fix]).map((id) => word(rows.get(id)));
    if (mine === 'has' || newer.includes('has')) return 'patched';
    if (mine === 'open' || mine === 'closed') return mine;
    return newer.includes('open') ? 'open' : newer.includes('closed') ? 'closed' : null;
  });
  if (verdicts.includes('closed')) return 'blocked';
  if (verdicts.includes('open')) return 'pending';
  if (verdicts.includes('patched')) return 'patched';
  return host.index !== null && host.index.slice(0, 10) > released ? 'not-affected' : 'no-data';
}

const KNOWN = 'CVE-2026-20001';
const ELSEWHERE = 'CVE-2026-20002';
const BARE = 'CVE-2026-20003';
let kb: string;
let released: string;

const save = (name: string, content: string | Uint8Array): void => {
  mkdirSync(join(bench.data, 'imports'), { recursive: true });
  writeFileSync(join(bench.data, 'imports', name), content);
};
const load = async (name: string) => {
  const { files } = await bench.need('cves.files', {});
  return bench.ask('cves.import', { fileId: files.find((file) => file.name === name)?.id ?? 'none' });
};

beforeAll(async () => {
  lab = await testLab({ schedules: false, hosts: 40 });
  bench = await testConsole(lab);
  await signedIn(bench, lab);
  const client = testClient(lab);
  hosts = await Promise.all(
    lab.hosts.map(async ({ uuid }) => {
      const status = (await statusOf(client, uuid)) as
        | { readonly last_scan_date: string; readonly wsusscn2cab_date?: string }
        | undefined;
      const scan = Date.parse(status?.last_scan_date ?? '');
      return {
        uuid,
        rows: (await rowsOf(client, uuid)) ?? [],
        index: status?.wsusscn2cab_date ?? null,
        isYoung: Date.now() - scan < 14 * 86_400_000,
      };
    }),
  );
  all = new Map(hosts.flatMap((host) => host.rows.map((row) => [row.update_id, row] as const)));
  const rows = [...all];
  replacers = gathered(
    rows.flatMap(([id, row]) => list(row, 'superseded_update_ids').map((guid) => [guidOf(guid), id] as const)),
  );
  ofKb = gathered(rows.flatMap(([id, row]) => list(row, 'kbids').map((one) => [one, id] as const)));
  // A KB that some update replaces, and of which hosts say as much as can be.
  const replaced = [...ofKb].filter(([, ids]) => ids.length < 4 && replacing(ids).length > 0).map(([one]) => one);
  const states = new Map(
    replaced.map((one) => [one, new Set(hosts.map((host) => told(host, one, '2000-01-01'))).size] as const),
  );
  kb = replaced.toSorted((a, b) => (states.get(b) ?? 0) - (states.get(a) ?? 0))[0] ?? '';
  const dates = [...all.values()]
    .filter((row) => list(row, 'kbids').includes(kb))
    .map((row) => String(row['changetime']));
  released = dates.toSorted()[0]?.slice(0, 10) ?? '';
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

it('knows nothing by itself, and says so', async () => {
  const audit = await bench.need('cves.audit', { cves: [KNOWN] });
  expect(audit.lines).toMatchObject([{ cve: KNOWN, isKnown: false }]);
  expect(audit.hosts).toMatchObject({ 'no-data': audit.hostCount, patched: 0, 'not-affected': 0 });
});

it('counts hosts in four states as the lab’s own rows say, and opens exactly them', async () => {
  const day = new Date(released).toLocaleDateString('en-US', {
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    timeZone: 'UTC',
  });
  save(
    'guide.csv',
    [
      '\ufeffRelease date;Product;Max Severity;Article;Supercedence;Details',
      `"${day}";Windows;Critical;${kb};;${KNOWN}`,
      `"${day}";Windows;Low;9999999;;${ELSEWHERE}`,
      `"${day}";Office;Important;Click to Run;;${BARE}`,
    ].join('\r\n'),
  );
  const known = await load('guide.csv');
  expect(known).toMatchObject({ ok: true, value: { sources: [{ name: 'guide.csv', format: 'msrc-csv', rows: 3 }] } });
  const { lines, hosts: counts } = await bench.need('cves.audit', { cves: [KNOWN] });
  const expected = Object.fromEntries(EXPOSURES.map((each) => [each, [] as string[]])) as Record<Exposure, string[]>;
  for (const host of hosts) expected[told(host, kb, released)].push(host.uuid);
  expect(Object.values(expected).filter((uuids) => uuids.length > 0).length).toBeGreaterThan(2);
  for (const exposure of EXPOSURES) {
    expect(counts[exposure], exposure).toBe(expected[exposure].length);
    expect(lines[0]?.hosts[exposure]).toBe(expected[exposure].length);
    const set = await bench.need('fleet.behind', { where: { kind: 'cve', cves: [KNOWN], exposure } });
    expect([...set.uuids].sort()).toEqual(expected[exposure].sort());
  }
  const others = await bench.need('cves.audit', { cves: [ELSEWHERE, BARE] });
  expect(others.lines.map((line) => line.hosts['no-data'])).toEqual([hosts.length, hosts.length]);
});

it('finds updates by CVE: those with the KB, and those that replace them', async () => {
  const direct = ofKb.get(kb) ?? [];
  const filter = {
    scope: 'reported' as const,
    severities: [],
    products: [],
    classifications: [],
    search: KNOWN.toLowerCase(),
    hideSuperseded: false,
    foldDefinitions: false,
    onServer: null,
    onHosts: [],
  };
  const newer = replacing(direct);
  const { ids } = await bench.need('updates.query', { filter });
  expect([...ids].sort()).toEqual([...direct, ...newer].sort());
  expect(await bench.need('cves.ofUpdate', { updateId: direct[0] ?? '' })).toMatchObject({ direct: [KNOWN] });
  for (const updateId of newer.filter((id) => !direct.includes(id)))
    expect(await bench.need('cves.ofUpdate', { updateId })).toMatchObject({ direct: [], bySupersedence: [KNOWN] });
});

it('gives the updates that put affected hosts right', async () => {
  const { updates, hosts: counts } = await bench.need('cves.audit', { cves: [KNOWN] });
  const open = new Set<string>();
  for (const update of updates) {
    const set = await bench.need('updates.hosts', { updateId: update.updateId });
    for (const host of set) if (!['done', 'superseded'].includes(host.state)) open.add(host.uuid);
  }
  const affected = hosts.filter((host) => ['blocked', 'pending'].includes(told(host, kb, released)));
  expect(counts.blocked + counts.pending).toBe(affected.length);
  expect(affected.filter((host) => !open.has(host.uuid))).toEqual([]);
});

it('refuses what is no file of CVEs, says where, and keeps what it knows', async () => {
  save('broken.csv', `cve,kb\n${KNOWN},1\n"${KNOWN}`);
  save('book.csv', Buffer.from('PK\u0003\u0004', 'latin1'));
  save('huge.csv', Buffer.alloc(65 * 1024 * 1024, 0x20));
  expect(await load('broken.csv')).toMatchObject({
    error: { code: 'cve-file', facts: { reason: 'quote', line: 3, name: 'broken.csv' } },
  });
  expect(await load('book.csv')).toMatchObject({ error: { code: 'cve-file', facts: { reason: 'spreadsheet' } } });
  expect(await load('huge.csv')).toMatchObject({ error: { code: 'too-large' } });
  expect(await bench.ask('cves.import', { fileId: join(bench.data, 'imports', 'guide.csv') })).toMatchObject({
    error: { code: 'not-found' },
  });
  expect(await bench.ask('cves.browse', {})).toMatchObject({ error: { code: 'unavailable' } });
  expect(await bench.ask('cves.audit', { cves: ['x'] })).toMatchObject({ error: { code: 'bad-request' } });
  const { sources } = await bench.need('cves.list', {});
  expect(sources.map((source) => source.name)).toEqual(['guide.csv']);
  const left = await bench.need('cves.remove', { sourceId: sources[0]?.id ?? 0 });
  expect(left).toMatchObject({ sources: [], cves: 0 });
  const kinds = (await bench.need('journal.list', { limit: 2 })).map((entry) => entry.kind);
  expect(kinds).toEqual(['cves.remove', 'cves.import']);
});
