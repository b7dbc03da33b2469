import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CampaignDetail, CampaignHostRow } from '../../contract/schemas/campaigns.ts';
import { CAMPAIGN_SETS, type CampaignPlan } from '../../domain/campaign.ts';
import type { Lab } from '../../lab/lab.ts';
import { tasksOf, testClient } from '../../lab/testing.ts';
import { type Bench, signedIn, signer, testConsole, testLab, until } from './harness.ts';

let lab: Lab & { readonly dataDir: string };
let bench: Bench;
/** How far the console's clock is ahead of the real one: for windows. */
let ahead = 0;
const time = { now: () => Date.now() + ahead, taskWaitMs: 5_000 };
const clock = time.now;
let data = '';
const HOUR = 3_600_000;

const plan = (more: Partial<CampaignPlan> = {}): CampaignPlan => ({
  steps: ['scan'],
  atOnce: 2,
  waves: [],
  start: { kind: 'now' },
  windows: [],
  days: 1,
  wake: false,
  stop: { failures: null, percent: null },
  retries: 0,
  retryMinutes: 0,
  ...more,
});
const ofBehaviour = (behaviour: Lab['hosts'][number]['behaviour']): string[] =>
  lab.hosts.filter((host) => host.behaviour === behaviour).map((host) => host.uuid);

const save = async (name: string, uuids: readonly string[], more: Partial<CampaignPlan> = {}): Promise<string> =>
  (await bench.need('campaigns.save', { id: null, name, uuids: [...uuids], plan: plan(more) })).id;
const start = (campaignId: string, seconds: number | null = null) =>
  bench.need('campaigns.start', {
    campaignId,
    signUntil: seconds === null ? null : new Date(Date.now() + seconds * 1_000).toISOString(),
    reason: 'test',
  });
const get = (campaignId: string): Promise<CampaignDetail> => bench.need('campaigns.get', { campaignId });
const reach = (campaignId: string, good: (detail: CampaignDetail) => boolean, seconds = 40): Promise<CampaignDetail> =>
  until(() => get(campaignId), good, seconds);
const isDone = ({ campaign }: CampaignDetail): boolean => campaign.standing === 'done';
const rowOf = (detail: CampaignDetail, uuid: string): CampaignHostRow => {
  const row = detail.hosts.find((each) => each.uuid === uuid);
  if (row === undefined) throw new Error('no such host');
  return row;
};
const sent = (detail: CampaignDetail): number => detail.hosts.filter((row) => row.sentAt !== null).length;

/** What the lab itself ran for us: tasks that our signer made, by host. */
async function labTasks(uuid: string): Promise<number> {
  const { running, pending, done, errors, cancelled } = await tasksOf(testClient(lab), uuid);
  const tasks = [...(running === null ? [] : [running]), ...pending, ...done, ...errors, ...cancelled];
  return tasks.filter((task) => /waptwua/i.test(task.classname) && task.created_by !== 'SCHEDULER').length;
}

beforeAll(async () => {
  lab = await testLab({ schedules: false, hosts: 40, pace: 60 });
  data = await mkdtemp(join(tmpdir(), 'waptwua-'));
  bench = await testConsole(lab, data, [], time);
  await signedIn(bench, lab);
  await signer(bench, lab);
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
  await rm(data, { recursive: true, force: true });
});

describe('a campaign', () => {
  it('asks in waves, never more at once than it may, each host once; its five facts are those of the lab', async () => {
    const uuids = ofBehaviour('ordinary').slice(0, 7);
    const id = await save('Waves', uuids, { waves: [2], atOnce: 3 });
    expect((await get(id)).campaign).toMatchObject({ standing: 'draft', counts: { hosts: 7, asked: 0, waiting: 7 } });
    await start(id);
    const seen: { readonly out: number; readonly first: boolean; readonly second: number }[] = [];
    const detail = await reach(id, (now) => {
      const first = now.hosts.slice(0, 2).every((row) => row.phase === 'done');
      seen.push({ out: now.campaign.counts.out, first, second: sent({ ...now, hosts: now.hosts.slice(2) }) });
      return isDone(now);
    });
    expect(Math.max(...seen.map((each) => each.out))).toBeLessThanOrEqual(3);
    expect(seen.filter((each) => !each.first).every((each) => each.second === 0)).toBe(true);
    expect(detail.campaign.counts).toEqual({
      hosts: 7,
      asked: 7,
      sent: 7,
      launched: 7,
      appeared: 7,
      ended: 7,
      waiting: 0,
      out: 0,
      done: 7,
      failed: 0,
      missed: 0,
      cancelled: 0,
    });
    for (const row of detail.hosts) {
      expect(row).toMatchObject({ phase: 'done', attempts: 1, outcome: 'done', isLaunched: true, wait: null });
      const times = [row.askedAt, row.sentAt, row.appearedAt, row.endedAt].map((time) => Date.parse(time ?? ''));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(await labTasks(row.uuid)).toBe(1);
    }
    expect(detail.hosts.map((row) => row.wave)).toEqual([1, 1, 2, 2, 2, 2, 2]);
    for (const state of CAMPAIGN_SETS) {
      const behind = await bench.need('fleet.behind', { where: { kind: 'campaign', id, state } });
      expect(behind.uuids.length, state).toBe(detail.campaign.counts[state]);
    }
    const [end, begin] = await bench.need('journal.list', { limit: 2 });
    expect(end).toMatchObject({ kind: 'campaign.end', facts: { name: 'Waves', done: 7, failed: 0 } });
    expect(begin).toMatchObject({
      kind: 'campaign.start',
      reason: 'test',
      facts: { steps: ['scan'], hosts: 7, signUntil: null },
    });
    const journal = await bench.need('journal.check', {});
    expect(journal).toMatchObject({ brokenAt: null, brokenSeal: null, lastSeal: { id: begin?.id } });
  });

  it('takes a host that was off when it is seen again, and wakes others where it may', async () => {
    const [off, asleep] = ofBehaviour('offline');
    const on = ofBehaviour('ordinary')[8] ?? '';
    if (off === undefined || asleep === undefined) throw new Error('too few hosts that are off');
    const id = await save('Off', [off, on]);
    await start(id);
    const waiting = await reach(id, (now) => rowOf(now, on).phase === 'done');
    expect(rowOf(waiting, off)).toMatchObject({ phase: 'waiting', wait: 'off', sentAt: null, isLaunched: null });
    expect((await reach(id, (now) => now.campaign.standing === 'waiting')).campaign.waitsFor).toBe('off');
    lab.connect(off, true);
    await bench.need('sync.start', { full: false });
    expect(rowOf(await reach(id, isDone), off)).toMatchObject({ phase: 'done', attempts: 1, isLaunched: true });
    expect(await labTasks(off)).toBe(1);

    const abilities = (await bench.need('campaigns.list', {})).abilities;
    expect(abilities).toEqual({
      wake: { available: true },
      servicing: { available: false, reason: 'not-configured' },
    });
    const waker = await save('Wake', [asleep], { wake: true });
    await start(waker);
    await reach(waker, (now) => rowOf(now, asleep).wokenAt !== null);
    await new Promise((resolve) => setTimeout(resolve, 900));
    await bench.need('sync.start', { full: false });
    expect(rowOf(await reach(waker, isDone), asleep)).toMatchObject({ phase: 'done' });
  });

  it('goes from one step to the next on each host', async () => {
    const uuid = ofBehaviour('ordinary')[9] ?? '';
    const before = await labTasks(uuid);
    const id = await save('Steps', [uuid], { steps: ['scan', 'download', 'install'] });
    await start(id);
    expect((await reach(id, isDone)).campaign.counts).toMatchObject({ done: 1, failed: 0 });
    const tries = await bench.need('campaigns.tries', { campaignId: id, uuid });
    expect(tries.map(({ attempt, step, outcome }) => [attempt, step, outcome])).toEqual([
      [1, 'scan', 'done'],
      [2, 'download', 'done'],
      [3, 'install', 'done'],
    ]);
    expect((await labTasks(uuid)) - before).toBe(3);
  });

  it('stops when too many fail, goes on when one says so, and takes the failed once more', async () => {
    // Hosts that trust another signer drop what we send without a word: no task appears.
    const deaf = ofBehaviour('other-signer')[0] ?? '';
    const good = ofBehaviour('ordinary').slice(10, 12);
    const id = await save('Careful', [deaf, ...good], { waves: [1], stop: { failures: 1, percent: null } });
    await start(id);
    const stopped = await reach(id, (now) => now.campaign.standing === 'stopped', 60);
    expect(stopped.campaign).toMatchObject({ standing: 'stopped', limit: 'failures' });
    expect(rowOf(stopped, deaf)).toMatchObject({
      phase: 'failed',
      outcome: 'no-task',
      isLaunched: true,
      appearedAt: null,
    });
    expect(stopped.campaign.counts).toMatchObject({ sent: 1, launched: 1, appeared: 0, failed: 1, waiting: 2 });
    expect((await bench.need('journal.list', { limit: 1 }))[0]).toMatchObject({ kind: 'campaign.stop' });
    await bench.need('campaigns.resume', { campaignId: id, signUntil: null, reason: 'known host' });
    const done = await reach(id, isDone);
    expect(done.campaign.counts).toMatchObject({ done: 2, failed: 1 });
    const again = await bench.need('campaigns.retry', { campaignId: id, signUntil: null, reason: '' });
    expect(again.counts.failed).toBe(0);
    expect(rowOf(await reach(id, (now) => rowOf(now, deaf).attempts === 2), deaf).attempts).toBe(2);
    await bench.need('campaigns.cancel', { campaignId: id });
    expect(rowOf(await get(id), deaf)).toMatchObject({ phase: 'cancelled' });
  });

  it('waits for its window', async () => {
    const uuid = ofBehaviour('ordinary')[12] ?? '';
    const later = new Date(clock() + 3 * HOUR);
    const from = `${String(later.getHours()).padStart(2, '0')}:00`;
    const to = `${String((later.getHours() + 1) % 24).padStart(2, '0')}:00`;
    const id = await save('Window', [uuid], { windows: [{ days: [0, 1, 2, 3, 4, 5, 6], from, to }] });
    await start(id);
    const waiting = await reach(id, (now) => now.campaign.standing === 'waiting');
    expect(waiting.campaign).toMatchObject({ standing: 'waiting', waitsFor: 'window' });
    expect(waiting.hosts[0]).toMatchObject({ wait: 'window', sentAt: null });
    expect(new Date(waiting.campaign.nextAt ?? '').getHours()).toBe(later.getHours());
    ahead = Date.parse(waiting.campaign.nextAt ?? '') - Date.now() + 60_000;
    expect((await reach(id, isDone)).campaign.counts.done).toBe(1);
    ahead = 0;
  });

  it('is over when its time is, and says who was missed', async () => {
    const gone = ofBehaviour('gone')[0] ?? '';
    const id = await save('Missed', [gone], { days: 1 });
    await start(id);
    await reach(id, (now) => now.campaign.standing === 'waiting');
    ahead = 25 * HOUR;
    const done = await reach(id, isDone);
    ahead = 0;
    expect(done.campaign.counts).toMatchObject({ sent: 0, missed: 1, done: 0 });
  });

  it('pauses: asks nobody more and lets those end who are at work', async () => {
    const uuids = ofBehaviour('ordinary').slice(13, 17);
    const id = await save('Pause', uuids, { atOnce: 1 });
    await start(id);
    await reach(id, (now) => now.campaign.counts.sent >= 1);
    await bench.need('campaigns.pause', { campaignId: id });
    const rest = await reach(id, (now) => now.campaign.counts.out === 0);
    expect(rest.campaign.standing).toBe('paused');
    const asked = rest.campaign.counts.sent;
    expect(asked).toBeLessThan(4);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect((await get(id)).campaign.counts.sent).toBe(asked);
    await bench.need('campaigns.resume', { campaignId: id, signUntil: null, reason: '' });
    expect((await reach(id, isDone)).campaign.counts).toMatchObject({ sent: 4, done: 4 });
    for (const uuid of uuids) expect((await bench.need('campaigns.tries', { campaignId: id, uuid })).length).toBe(1);
  });

  it('refuses what its state does not allow, and nonsense at its field', async () => {
    const id = await save('States', ofBehaviour('ordinary').slice(0, 1));
    const refused = { ok: false, error: { code: 'campaign-state' } };
    expect(await bench.ask('campaigns.pause', { campaignId: id })).toMatchObject(refused);
    expect(await bench.ask('campaigns.resume', { campaignId: id, signUntil: null, reason: '' })).toMatchObject(refused);
    const past = new Date(Date.now() - 1_000).toISOString();
    expect(await bench.ask('campaigns.start', { campaignId: id, signUntil: past, reason: '' })).toMatchObject({
      ok: false,
      error: { code: 'bad-request', field: 'signUntil' },
    });
    await bench.need('campaigns.delete', { campaignId: id });
    expect(await bench.ask('campaigns.get', { campaignId: id })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
    const backwards = plan({ steps: ['install', 'scan'] });
    expect(await bench.ask('campaigns.save', { id: null, name: 'x', uuids: ['u'], plan: backwards })).toMatchObject({
      ok: false,
      error: { code: 'bad-request' },
    });
    const servicing = await save('Servicing', ['u'], { steps: ['servicing', 'install'] });
    expect(await bench.ask('campaigns.start', { campaignId: servicing, signUntil: null, reason: '' })).toMatchObject({
      ok: false,
      error: { code: 'unavailable' },
    });
  });
});

describe('the signer of a campaign', () => {
  it('is lent until a stated time, outlives the hand on the key, and then the campaign waits', async () => {
    const uuids = ofBehaviour('ordinary').slice(0, 3);
    const off = ofBehaviour('offline')[2] ?? '';
    const id = await save('Lent', [...uuids, off], { atOnce: 3 });
    const started = await start(id, 6);
    expect(started.signUntil).not.toBeNull();
    expect(await bench.need('signer.state', {})).toMatchObject({ lentUntil: started.signUntil });
    const [entry] = await bench.need('journal.list', { limit: 1 });
    expect(entry).toMatchObject({ kind: 'campaign.start', facts: { signUntil: started.signUntil } });
    expect((await bench.need('journal.check', {})).lastSeal?.id).toBe(entry?.id);
    await reach(id, (now) => now.campaign.counts.done === 3);
    expect((await reach(id, (now) => now.campaign.signUntil === null, 10)).campaign.signUntil).toBeNull();
    // Locking by hand: now nothing signs any more.
    await bench.need('signer.lock', {});
    lab.connect(off, true);
    await bench.need('sync.start', { full: false });
    const waiting = await reach(id, (now) => now.campaign.waitsFor === 'signer');
    expect(waiting.campaign).toMatchObject({ standing: 'waiting', waitsFor: 'signer' });
    expect(rowOf(waiting, off)).toMatchObject({ wait: 'signer', sentAt: null });
    await signer(bench, lab);
    expect((await reach(id, isDone)).campaign.counts).toMatchObject({ done: 4, sent: 4 });
  });

  it('ends when it is locked by hand, lent or not', async () => {
    const id = await save('Locked', ofBehaviour('offline').slice(3, 4));
    await start(id, 600);
    expect((await get(id)).campaign.signUntil).not.toBeNull();
    await bench.need('signer.lock', {});
    expect((await get(id)).campaign.signUntil).toBeNull();
    expect((await reach(id, (now) => now.campaign.waitsFor === 'signer')).campaign.standing).toBe('waiting');
    await bench.need('campaigns.cancel', { campaignId: id });
    await signer(bench, lab);
  });
});

describe('two consoles on one profile', () => {
  it('only the one who may write runs a campaign; the other looks on', async () => {
    const other = await testConsole(lab, data);
    try {
      await signedIn(other, lab);
      const id = await save('Two', ofBehaviour('ordinary').slice(4, 6));
      const go = { campaignId: id, signUntil: null, reason: '' };
      expect(await other.ask('campaigns.start', go)).toMatchObject({ ok: false, error: { code: 'read-only' } });
      await start(id);
      await reach(id, isDone);
      const seen = await until(
        () => other.need('campaigns.get', { campaignId: id }),
        ({ campaign }) => campaign.standing === 'done',
      );
      expect(seen.campaign.counts).toMatchObject({ sent: 2, done: 2 });
    } finally {
      await other.stop();
    }
  });
});

describe('closing the console', () => {
  it('loses nothing: what ran is taken up after the next sign-in, and nobody is asked twice', async () => {
    const uuids = ofBehaviour('ordinary').slice(17, 21);
    const before = await Promise.all(uuids.map(labTasks));
    const id = await save('Reopened', uuids, { atOnce: 2, steps: ['scan', 'download'] });
    await start(id, 600);
    await reach(id, (now) => now.campaign.counts.out === 2 && now.campaign.counts.sent === 2);
    await bench.stop();
    bench = await testConsole(lab, data, [], time);
    await bench.need('session.openOffline', { profileId: 'lab' });
    const closed = await get(id);
    expect(closed.campaign).toMatchObject({ standing: 'waiting', waitsFor: 'signed-out', signUntil: null });
    expect((await bench.need('campaigns.list', {})).abilities.wake).toEqual({ available: false, reason: 'offline' });
    await signedIn(bench, lab);
    // Nobody opened the signer yet: those at work are followed, nobody else is asked.
    const waiting = await reach(id, (now) => now.campaign.waitsFor === 'signer');
    expect(waiting.campaign.counts.out).toBe(0);
    expect(waiting.hosts.filter((row) => row.outcome === 'done').length).toBe(2);
    await signer(bench, lab);
    const done = await reach(id, isDone);
    expect(done.campaign.counts).toMatchObject({ sent: 4, appeared: 4, done: 4, failed: 0 });
    const after = await Promise.all(uuids.map(labTasks));
    expect(after.map((count, i) => count - (before[i] ?? 0))).toEqual([2, 2, 2, 2]);
  });
});
