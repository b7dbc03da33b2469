import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hostProfiles } from './agents/profile.ts';
import { startLab } from './lab.ts';
import { linesOf, lineUpdates } from './origin/lines.ts';
import type { UpdateRecord } from './server/records.ts';
import { sizes, volumeAsked, volumeOf } from './sizes.ts';
import { eventually, hostWith, rowsOf, statusOf, testClient, trigger } from './testing.ts';

describe('the volume of a lab', () => {
  it('is that of its size, or of a place between two', () => {
    for (const size of Object.values(sizes).slice(1)) expect(volumeOf(size.hosts)).toEqual(size);
    expect(volumeOf(60)).toEqual({ hosts: 60, updates: 0, lines: 0 });
    expect(volumeOf(3_500)).toEqual({ hosts: 3_500, updates: 3_500, lines: 6 });
    expect(volumeOf(40_000)).toEqual({ hosts: 40_000, updates: 20_000, lines: 15 });
  });

  it('follows what is asked', () => {
    expect(volumeAsked({})).toBeUndefined();
    expect(volumeAsked({ size: 'L', updates: 20_000 })).toEqual({ hosts: 5_000, updates: 20_000, lines: 8 });
    expect(volumeAsked({ size: 'M', hosts: 50 })).toEqual({ hosts: 50, updates: 2_000, lines: 3 });
    expect(volumeAsked({ hosts: 50, updates: 900 })).toEqual({ hosts: 50, updates: 900, lines: 1 });
  });
});

describe('a large fleet', () => {
  const count = 3_000;
  const lines = linesOf(1, 2_000);
  const profiles = hostProfiles(1, count, { lines, linesPerHost: 5 });

  it('is the same for the same seed', () => {
    expect(hostProfiles(1, count, { lines, linesPerHost: 5 })).toEqual(profiles);
    expect(hostProfiles(2, count, { lines, linesPerHost: 5 })[0]?.uuid).not.toBe(profiles[0]?.uuid);
  });

  it('has names, addresses and places enough', () => {
    for (const key of ['uuid', 'name', 'ip', 'mac'] as const)
      expect(new Set(profiles.map((profile) => profile[key])).size).toBe(count);
    expect(new Set(profiles.map((profile) => profile.site)).size).toBeGreaterThan(12);
    expect(new Set(profiles.map((profile) => profile.unit)).size).toBeGreaterThan(100);
    expect(new Set(profiles.map((profile) => profile.osName)).size).toBeGreaterThan(15);
    expect(new Set(profiles.flatMap((profile) => profile.groups)).size).toBeGreaterThan(20);
  });

  it('has each further product on some host, and only where it can be', () => {
    const on = new Map(lines.map((line) => [line.name, line.on]));
    const installed = new Set(profiles.flatMap((profile) => profile.lines));
    expect(installed.size).toBe(lines.length);
    for (const profile of profiles) {
      const server = profile.family.startsWith('server');
      expect(profile.lines.filter((line) => on.get(line) === (server ? 'client' : 'server'))).toEqual([]);
    }
  });

  it('has as many further updates as asked, each in its series', () => {
    const updates = lineUpdates(1, Date.UTC(2026, 10, 21), 2_000);
    expect(updates.length).toBe(2_000);
    expect(new Set(updates.map((update) => update.id)).size).toBe(2_000);
    expect(new Set(updates.map((update) => update.line)).size).toBe(lines.length);
    for (const line of lines) {
      const own = updates.filter((update) => update.line === line.name);
      expect(own.length).toBe(line.updates);
      expect(own.slice(1).map((update) => update.supersedes)).toEqual(own.slice(0, -1).map((update) => [update.guid]));
    }
  });
});

describe('a lab of 2,000 hosts', () => {
  it('has about 150,000 rows of about 2,000 updates, which it computes when they are asked for', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'lab-test-'));
    const lab = await startLab({ dataDir: directory, hosts: 2_000, pace: 60, schedules: false });
    const client = testClient(lab);
    expect(lab.hosts.length).toBe(2_000);
    const updates = (await client('GET', '/api/v3/windows_updates?limit=10000')).json().result as UpdateRecord[];
    expect(updates.length).toBeGreaterThan(1_900);
    expect(updates.length).toBeLessThanOrEqual(2_000);
    const some = lab.hosts.filter((_, place) => place % 40 === 0);
    const rows = await Promise.all(some.map((host) => rowsOf(client, host.uuid)));
    const estimate = (rows.flat().length / some.length) * 2_000;
    expect(estimate).toBeGreaterThan(120_000);
    expect(estimate).toBeLessThan(200_000);
    const ids = rows.flat().map((row) => row['local_status_id']);
    expect(new Set(ids).size).toBe(ids.length);

    const host = hostWith(lab, 'ordinary', 'lab-desktops');
    const before = await rowsOf(client, host.uuid);
    const status = await statusOf(client, host.uuid);
    await trigger(lab, client, 'trigger_waptwua_scan', [host.uuid]);
    await eventually(
      () => statusOf(client, host.uuid),
      (now) => now.last_scan_date > status.last_scan_date && now.status !== 'SCANNING',
    );
    // Nothing happened in between, so the scan finds what the host had reported before anybody looked.
    expect((await rowsOf(client, host.uuid)).map((row) => row.update_id)).toEqual(before.map((row) => row.update_id));
    await lab.stop();

    const again = await startLab({ dataDir: directory, schedules: false });
    try {
      const [first = lab.hosts[0]] = some;
      if (first === undefined) throw new Error('no host');
      expect(await rowsOf(testClient(again), first.uuid)).toEqual(rows[0]);
    } finally {
      await again.stop();
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
