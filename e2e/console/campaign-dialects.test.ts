import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { CampaignPlan } from '../../domain/campaign.ts';
import { type Bench, signedIn, signer, testConsole, testLab, until } from './harness.ts';

const plan: CampaignPlan = {
  steps: ['servicing', 'install'],
  atOnce: 5,
  waves: [],
  start: { kind: 'now' },
  windows: [],
  days: 1,
  wake: true,
  stop: { failures: null, percent: null },
  retries: 0,
  retryMinutes: 0,
};
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function opened(dialect: object | null, options: Parameters<typeof testLab>[0]) {
  const data = await mkdtemp(join(tmpdir(), 'waptwua-'));
  ends.push(() => rm(data, { recursive: true, force: true }));
  if (dialect !== null) {
    await mkdir(join(data, 'profiles', 'lab'), { recursive: true, mode: 0o700 });
    await writeFile(join(data, 'profiles', 'lab', 'dialect.json'), JSON.stringify(dialect));
  }
  const lab = await testLab({ schedules: false, hosts: 20, pace: 60, ...options });
  ends.push(lab.stop);
  const bench: Bench = await testConsole(lab, data);
  ends.push(bench.stop);
  await signedIn(bench, lab);
  await signer(bench, lab);
  return { lab, bench };
}

it('installs the servicing stack first where the profile names the attribute that chooses updates', async () => {
  const dialect = { operations: {}, selectionAttribute: 'update_ids' };
  const { lab, bench } = await opened(dialect, {});
  expect((await bench.need('campaigns.list', {})).abilities).toEqual({
    servicing: { available: true, reason: null },
    wake: { available: false, reason: 'not-configured' },
  });
  const uuids = lab.hosts.filter((host) => host.behaviour === 'ordinary').map((host) => host.uuid);
  const { id } = await bench.need('campaigns.save', { id: null, name: 'Stack', uuids, plan: { ...plan, wake: false } });
  const signUntil = new Date(Date.now() + 600_000).toISOString();
  await bench.need('campaigns.start', { campaignId: id, signUntil, reason: '' });
  await until(
    () => bench.need('campaigns.get', { campaignId: id }),
    ({ campaign }) => campaign.standing === 'done',
  );
  for (const uuid of uuids) {
    const tries = await bench.need('campaigns.tries', { campaignId: id, uuid });
    expect(tries.map(({ step }) => step)).toEqual(['servicing', 'install']);
    const [first, second] = tries;
    // Where no servicing stack waits, nothing is sent for it.
    expect(['done', 'nothing']).toContain(first?.outcome);
    expect(first?.sentAt === null).toBe(first?.outcome === 'nothing');
    expect(second?.sentAt).not.toBeNull();
  }
});

it('says where the server cannot wake hosts, and runs without', async () => {
  const { lab, bench } = await opened(null, { dialect: 'v2' });
  expect((await bench.need('campaigns.list', {})).abilities.wake).toEqual({ available: false, reason: 'absent' });
  const uuids = ['ordinary', 'offline'].flatMap(
    (behaviour) => lab.hosts.find((host) => host.behaviour === behaviour)?.uuid ?? [],
  );
  const scan: CampaignPlan = { ...plan, steps: ['scan'] };
  const { id } = await bench.need('campaigns.save', { id: null, name: 'No wake', uuids, plan: scan });
  await bench.need('campaigns.start', { campaignId: id, signUntil: null, reason: '' });
  const seen = await until(
    () => bench.need('campaigns.get', { campaignId: id }),
    ({ campaign }) => campaign.waitsFor === 'off',
  );
  expect(seen.campaign.counts).toMatchObject({ done: 1, waiting: 1 });
  expect(seen.hosts.map((row) => row.wokenAt)).toEqual([null, null]);
});
