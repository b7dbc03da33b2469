import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RingStatus } from '../../contract/schemas/rings.ts';
import { kbLabel } from '../../domain/update.ts';
import type { Lab } from '../../lab/lab.ts';
import { type Bench, signedIn, signer, testConsole, testLab, until } from './harness.ts';

let lab: Lab & { readonly dataDir: string };
let bench: Bench;

const PILOT = 'lab-wua-desktops';
const BROAD = 'lab-wua-servers';

const packages = () =>
  until(
    () => bench.need('packages.list', {}),
    (list) => list.packages.length > 0 && list.packages.every((each) => each.verification.kind !== 'pending'),
  );
const newest = async (name: string) => {
  const found = (await packages()).packages.find((each) => each.isNewest && each.package === name);
  if (found === undefined) throw new Error(`no package ${name}`);
  return bench.need('packages.read', { filename: found.filename });
};

/** Has hosts do something and waits until all have ended. */
async function order(action: 'refresh' | 'scan' | 'install', uuids: string[]): Promise<void> {
  const { id } = await bench.need('actions.trigger', { action, uuids });
  const runs = await until(
    () => bench.need('actions.runs', {}),
    (all) => all.find((run) => run.id === id)?.endedAt != null,
    60,
  );
  expect(runs.find((run) => run.id === id)?.endedAt).not.toBeNull();
}

beforeAll(async () => {
  lab = await testLab({ schedules: false, hosts: 30 });
  bench = await testConsole(lab);
  await signedIn(bench, lab);
  await packages();
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

it('promotes what hosts of the pilot really installed, in one signed package, and nothing before', async () => {
  const { rows: triaged } = await until(
    () => bench.need('triage.list', {}),
    (list) => list.unread.length === 0,
  );
  const holders = (await bench.need('hosts.list', {})).rows.filter(
    (host) => host.reachable === 'OK' && !host.isStale && host.rulePackages.includes(PILOT),
  );
  expect(holders.length).toBeGreaterThan(3);
  const uuids = holders.map((host) => host.uuid);

  // The update that most hosts of the pilot need and no rule mentions.
  const counted = await Promise.all(
    triaged
      .filter((row) => row.kbids.length > 0 && !row.isSuperseded)
      .map(async (row) => {
        const hosts = await bench.need('updates.hosts', { updateId: row.updateId });
        return { row, count: hosts.filter((host) => uuids.includes(host.uuid) && host.state !== 'done').length };
      }),
  );
  const chosen = counted.toSorted((a, b) => b.count - a.count)[0];
  if (chosen === undefined || chosen.count < 2) throw new Error('no update that several hosts need');
  const kb = kbLabel(chosen.row.kbids[0] ?? '');

  const ringSet = (minSuccesses: number) => ({
    name: 'Desktops first',
    rings: [
      { package: PILOT, gates: { minAgeDays: 0, minSuccesses, minSuccessRate: 0.5, maxFailures: null } },
      { package: BROAD, gates: { minAgeDays: 7, minSuccesses: 5, minSuccessRate: 0.7, maxFailures: 0 } },
    ],
  });
  const { id: ringSetId } = await bench.need('rings.save', { id: null, ...ringSet(5) });
  const status = (): Promise<RingStatus> => bench.need('rings.status', { ringSetId });
  const itemOf = (now: RingStatus) => now.steps[0]?.items.find((item) => item.entry === kb);
  expect(itemOf(await status())).toBeUndefined();

  await signer(bench, lab);
  const pilot = await newest(PILOT);
  const draft = await bench.need('drafts.save', {
    id: null,
    package: pilot.package,
    description: pilot.description,
    maturity: pilot.maturity,
    rules: { ...pilot.rules, allowedKbs: [...pilot.rules.allowedKbs, kb] },
    base: { filename: pilot.filename, version: pilot.version },
  });
  const { version } = await bench.need('packages.check', { draftId: draft.id });
  await bench.need('packages.publish', { draftId: draft.id, version, overMoved: false, reason: 'pilot' });
  const first = await until(status, (now) => itemOf(now) !== undefined);
  expect(itemOf(first)?.waiting).toBeGreaterThan(0);
  // Some hosts have it since before the lab began: one more must succeed.
  const successes = itemOf(first)?.successes ?? 0;
  await bench.need('rings.save', { id: ringSetId, ...ringSet(successes + 1) });
  expect(itemOf(await status())).toMatchObject({ kind: 'kb', isReady: false });
  const early = await bench.ask('rings.promote', { ringSetId, from: PILOT, entries: [kb], reason: '' });
  expect(early).toMatchObject({ ok: false, error: { code: 'ring-held', facts: { name: kb } } });

  await bench.need('updates.download', { updateIds: [chosen.row.updateId] });
  await until(
    async () => (await bench.need('updates.list', {})).rows.find((row) => row.updateId === chosen.row.updateId),
    (row) => row?.downloadedOn != null,
  );
  await order('refresh', uuids);
  await order('scan', uuids);
  await order('install', uuids);
  await order('scan', uuids);
  const passed = await until(status, (now) => itemOf(now)?.isReady === true);
  expect(itemOf(passed)).toMatchObject({ isReady: true });
  expect(itemOf(passed)?.successes).toBeGreaterThan(successes);
  expect(passed.rings[0]?.onNewest).toBeGreaterThan(0);

  const before = await newest(BROAD);
  const promoted = await bench.need('rings.promote', { ringSetId, from: PILOT, entries: [kb], reason: 'it worked' });
  expect(promoted.package).toBe(BROAD);
  const after = await until(
    () => newest(BROAD),
    (content) => content.version === promoted.version,
  );
  expect(after.rules.allowedKbs).toEqual([...before.rules.allowedKbs, kb]);
  expect(after.rules.allowedUpdates).toContain(chosen.row.updateId);
  expect(after.rules.allowedSeverities).toEqual(before.rules.allowedSeverities);
  expect(after.rules.forbiddenKbs).toEqual(before.rules.forbiddenKbs);
  const done = await until(status, (now) => itemOf(now) === undefined);
  expect(itemOf(done)).toBeUndefined();
  expect(await bench.need('drafts.list', {})).toEqual([]);
  const [promotion, publication] = await bench.need('journal.list', { limit: 2 });
  expect(promotion).toMatchObject({ kind: 'rings.promote', reason: 'it worked', facts: { from: PILOT, to: BROAD } });
  expect(publication).toMatchObject({ kind: 'package.publish', reason: 'it worked' });
});

it('refuses what is no ring, and knows when a package of a ring is missing', async () => {
  const ring = (name: string) => ({
    package: name,
    gates: { minAgeDays: null, minSuccesses: null, minSuccessRate: null, maxFailures: null },
  });
  const twice = await bench.ask('rings.save', { id: null, name: 'Twice', rings: [ring(PILOT), ring(PILOT)] });
  expect(twice).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  const { id } = await bench.need('rings.save', { id: null, name: 'Lost', rings: [ring(PILOT), ring('lab-gone')] });
  const status = await bench.need('rings.status', { ringSetId: id });
  expect(status.rings.map((each) => each.problem)).toEqual([null, 'no-package']);
  expect(status.steps).toEqual([{ from: PILOT, to: 'lab-gone', isKnown: false, items: [] }]);
  await bench.need('rings.delete', { ringSetId: id });
  expect((await bench.need('rings.list', {})).map((each) => each.name)).toEqual(['Desktops first']);
});
