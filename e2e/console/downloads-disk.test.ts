import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { UpdateRow } from '../../domain/update.ts';
import { type Bench, signedIn, testConsole, testLab, until } from './harness.ts';

let lab: Awaited<ReturnType<typeof testLab>>;
let bench: Bench;

const disk = () => bench.need('downloads.disk', {});
const rowsOf = async (): Promise<readonly UpdateRow[]> => (await bench.need('updates.list', {})).rows;
const names = (row: UpdateRow): string => row.downloadUrls.map((url) => url.slice(url.lastIndexOf('/') + 1)).join();
const ids = (rows: readonly { readonly updateId: string }[]): readonly string[] =>
  rows.map((row) => row.updateId).sort((a, b) => (a < b ? -1 : 1));

beforeAll(async () => {
  lab = await testLab({ hosts: 30, schedules: false });
  bench = await testConsole(lab);
  await signedIn(bench, lab);
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

it('counts what hosts need and the server lacks, by why, as one does by hand', async () => {
  const { lacking } = await disk();
  const absent = (await rowsOf()).filter((row) => row.downloadedOn === null && row.hosts.needed > 0);
  expect(ids(lacking)).toEqual(ids(absent));
  const wanted = absent.filter(({ hosts }) => hosts.pending + hosts.missing + hosts.failed > 0);
  expect(ids(lacking.filter((row) => row.lack === 'wanted'))).toEqual(ids(wanted));
  expect(wanted.length).toBeGreaterThan(0);
  const forbidden = absent.filter(({ hosts }) => hosts.forbidden === hosts.needed);
  expect(ids(lacking.filter((row) => row.lack === 'forbidden'))).toEqual(ids(forbidden));
  for (const row of lacking)
    expect(row.files).toBe(new Set(absent.find((one) => one.updateId === row.updateId)?.downloadUrls).size);
});

it('counts the files that no host fetches, by why, and what the whole folder holds', async () => {
  const { idle, cached, staleHosts, windowsHosts, indexDates } = await disk();
  const there = (await rowsOf()).filter((row) => row.downloadedOn !== null);
  expect(cached.updates).toBe(there.length);
  // The same files count once, by the largest size that is told of them.
  const sizes = new Map<string, number>();
  for (const row of there) sizes.set(names(row), Math.max(sizes.get(names(row)) ?? 0, row.maxDownloadSize ?? 0));
  expect(cached.bytes).toBe([...sizes.values()].reduce((sum, size) => sum + size, 0));
  const useless = there.filter(({ hosts }) => hosts.needed === 0 || hosts.needed === hosts.forbidden);
  expect(ids(idle)).toEqual(ids(useless));
  expect(idle.length).toBeGreaterThan(0);
  const { rows: hosts } = await bench.need('hosts.list', {});
  expect(windowsHosts).toBe(hosts.length);
  expect(staleHosts).toBe(hosts.filter((host) => host.isStale).length);
  const scanned = hosts.filter((host) => host.lastScan !== null);
  expect(indexDates.reduce((sum, one) => sum + one.hosts, 0)).toBe(scanned.length);
  for (const { date, hosts: count } of indexDates)
    expect(count).toBe(scanned.filter((host) => host.indexDate === date).length);
});

it('weighs files as they lie on the server, and deleting them frees that much and is written down', async () => {
  const { idle } = await disk();
  const some = idle.filter((row) => row.sharedWith === null).slice(0, 3);
  const updateIds = some.map((row) => row.updateId);
  const files = new Set(
    (await rowsOf())
      .filter((row) => updateIds.includes(row.updateId))
      .flatMap((row) => row.downloadUrls)
      .map((url) => join(lab.dataDir, 'waptwua', url.slice(url.lastIndexOf('/') + 1))),
  );
  const bytes = [...files].reduce((sum, file) => sum + statSync(file).size, 0);
  expect(await bench.need('downloads.weigh', { updateIds })).toEqual({ files: files.size, bytes, absent: 0 });
  const { deleted, freed } = await bench.need('updates.deleteFiles', { updateIds });
  expect(ids(deleted.map((updateId) => ({ updateId })))).toEqual(ids(some));
  expect(freed).toBe(bytes);
  expect([...files].some((file) => existsSync(file))).toBe(false);
  const after = await until(disk, (state) => !state.idle.some((row) => updateIds.includes(row.updateId)));
  expect(after.idle.length).toBe(idle.length - some.length);
  expect(await bench.need('downloads.weigh', { updateIds })).toEqual({ files: 0, bytes: 0, absent: files.size });
  const [line] = await bench.need('journal.list', { limit: 1 });
  expect(line).toMatchObject({ kind: 'updates.delete-files', facts: { freed: bytes } });
});

it('has exactly the wanted updates fetched, and they leave the list', async () => {
  const wanted = (await disk()).lacking.filter((row) => row.lack === 'wanted' && row.files > 0);
  const updateIds = wanted.map((row) => row.updateId);
  const tasks = await bench.need('updates.download', { updateIds });
  expect(tasks.length).toBeGreaterThanOrEqual(wanted.length);
  const after = await until(disk, (state) => !state.lacking.some((row) => updateIds.includes(row.updateId)));
  expect(after.lacking.filter((row) => updateIds.includes(row.updateId))).toEqual([]);
});
