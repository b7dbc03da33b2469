import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SyncState } from '../../contract/schemas/sync.ts';
import { openStore, type Store } from '../store/store.ts';
import { temporaryFolder, update, value } from '../store/testing.ts';
import { Sync, type SyncOptions } from './sync.ts';
import { Fleet } from './testing.ts';

let own: ReturnType<typeof temporaryFolder>;
let store: Store;
let fleet: Fleet;
let states: SyncState[];
let syncs: Sync[];

beforeEach(async () => {
  own = temporaryFolder();
  store = value(await openStore({ file: join(own.folder, 'store.db') }));
  fleet = new Fleet();
  states = [];
  syncs = [];
});
afterEach(async () => {
  for (const sync of syncs) await sync.stop();
  await store.close();
  own.remove();
});

const make = (more: Partial<SyncOptions> = {}): Sync => {
  const sync = new Sync({ store, source: fleet, onState: (state) => states.push(state), ...more });
  syncs.push(sync);
  return sync;
};

const asked = (word: string): string[] => {
  const found = fleet.asked.filter((each) => each.startsWith(word));
  fleet.asked.length = 0;
  return found;
};

const reported = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    value(await store.updatesList({ staleDays: 14 })).rows.map((each) => [each.title, each.hosts.reported]),
  );

describe('a sync', () => {
  it('fills the store, phase by phase, and says when', async () => {
    fleet.add('a', [1, 2]);
    fleet.add('b', [2]);
    fleet.add('linux', [], { platform: 'Linux' });
    fleet.catalogue.push(update(1, { downloadedOn: '2026-11-01' }), update(2), update(3));
    fleet.installed.push({
      uuid: 'a',
      package: 'lab-rules',
      version: '1',
      section: 'wsus',
      installStatus: 'OK',
      installDate: null,
    });
    const end = await make().run({ full: false });
    expect(end).toMatchObject({ phase: 'idle', error: null, failedHosts: 0, changedHosts: 2 });
    expect(fleet.asked).toEqual(['hosts', 'updates 0', 'rows a', 'rows b', 'packages']);
    expect([...new Set(states.map((state) => state.phase))]).toEqual(['hosts', 'updates', 'rows', 'packages', 'idle']);
    expect(states.filter((state) => state.phase === 'rows')[0]).toMatchObject({ done: 0, total: 2 });
    expect(await reported()).toEqual({ 'Update 1': 1, 'Update 2': 2, 'Update 3': 0 });
    expect(value(await store.updateDetail(update(1).updateId)).row.hosts.pending).toBe(1);
    expect(value(await store.hostsList({ staleDays: 14 })).rows[0]?.rulePackages).toEqual(['lab-rules']);
    const { syncedAt, isOffline } = value(await store.freshness());
    expect(isOffline).toBe(false);
    expect(syncedAt! <= end.finishedAt! && syncedAt! >= states[0]!.startedAt!).toBe(true);
  });

  it('reads only hosts that changed; all of them when it is full', async () => {
    for (const uuid of ['a', 'b', 'c']) fleet.add(uuid, [1]);
    const sync = make();
    await sync.run({ full: false });
    expect(asked('rows')).toEqual(['rows a', 'rows b', 'rows c']);
    expect(await sync.run({ full: false })).toMatchObject({ changedHosts: 0, error: null });
    expect(asked('rows')).toEqual([]);
    fleet.scan('b', [1, 2], '2026-11-21T09:00:00');
    expect(await sync.run({ full: false })).toMatchObject({ changedHosts: 1 });
    expect(asked('rows')).toEqual(['rows b']);
    expect(await sync.run({ full: true })).toMatchObject({ changedHosts: 0 });
    expect(asked('rows').toSorted()).toEqual(['rows a', 'rows b', 'rows c']);
  });

  it('reads at most six hosts at once', async () => {
    for (let n = 0; n < 40; n++) fleet.add(`h${n}`, [n % 7]);
    await make().run({ full: false });
    expect(fleet.mostRunning).toBe(6);
    expect(Object.values(await reported()).reduce((sum, n) => sum + n, 0)).toBe(40);
  });

  it('without a list makes it from what hosts reported', async () => {
    fleet.listsUpdates = false;
    fleet.add('a', [1, 2]);
    await make().run({ full: false });
    expect(fleet.asked).toEqual(['hosts', 'rows a', 'packages']);
    expect(await reported()).toEqual({ 'Update 1': 1, 'Update 2': 1 });
  });

  it('reads a long list page by page, and unlists what is no longer in it', async () => {
    fleet.catalogue.push(...Array.from({ length: 25 }, (_each, n) => update(n)));
    const sync = make({ pageSize: 10 });
    await sync.run({ full: false });
    expect(asked('updates')).toEqual(['updates 0', 'updates 10', 'updates 20']);
    expect(Object.keys(await reported()).length).toBe(25);
    fleet.catalogue.splice(3);
    value(await sync.refreshUpdates());
    expect(Object.keys(await reported()).length).toBe(3);
  });

  it('ends on a server that gives the same page for ever, and says that the list is cut off', async () => {
    const page = [update(1), update(2)];
    fleet.updates = ({ offset }) => {
      fleet.asked.push(`updates ${offset}`);
      return Promise.resolve({ ok: true, value: { updates: page, isLast: false } });
    };
    expect(await make({ pageSize: 2 }).run({ full: false })).toMatchObject({ error: null });
    expect(asked('updates')).toEqual(['updates 0', 'updates 2']);
    expect(value(await store.updatesList({ staleDays: 14 }))).toMatchObject({ isCutOff: true });
  });

  it('removes hosts only by a list that is whole', async () => {
    fleet.add('a', [1]);
    fleet.add('b', [1]);
    const sync = make();
    await sync.run({ full: false });
    fleet.fleet.delete('a');
    fleet.isCutOff = true;
    await sync.run({ full: false });
    expect(value(await store.hostsList({ staleDays: 14 }))).toMatchObject({
      isCutOff: true,
      rows: [{ uuid: 'a' }, { uuid: 'b' }],
    });
    fleet.isCutOff = false;
    await sync.run({ full: false });
    expect(value(await store.hostsList({ staleDays: 14 }))).toMatchObject({ isCutOff: false, rows: [{ uuid: 'b' }] });
    expect(await reported()).toEqual({ 'Update 1': 1 });
  });
});

describe('failures', () => {
  it('of one host do not stop the others; it is asked again later', async () => {
    for (const uuid of ['a', 'b', 'c']) fleet.add(uuid, [1]);
    fleet.failures.set('rows b', 'server-broken');
    let clock = Date.parse('2026-11-21T10:00:00Z');
    const sync = make({ now: () => clock });
    expect(await sync.run({ full: false })).toMatchObject({ error: null, failedHosts: 1, changedHosts: 2 });
    expect(await reported()).toEqual({ 'Update 1': 2 });
    asked('');
    expect(await sync.run({ full: false })).toMatchObject({ failedHosts: 1, changedHosts: 0 });
    expect(asked('rows')).toEqual([]);
    fleet.failures.clear();
    clock += 61_000;
    expect(await sync.run({ full: false })).toMatchObject({ failedHosts: 0, changedHosts: 1 });
    expect(asked('rows')).toEqual(['rows b']);
  });

  it('of the network end it after a few hosts, and the store is called offline', async () => {
    for (let n = 0; n < 100; n++) fleet.add(`h${n}`, [1]);
    fleet.failures.set('rows', 'unreachable');
    expect(await make().run({ full: false })).toMatchObject({ error: 'unreachable' });
    expect(asked('rows').length).toBeLessThan(20);
    expect(value(await store.freshness())).toEqual({ syncedAt: null, isOffline: true });
  });

  it('at the hosts list leave everything as it was', async () => {
    fleet.add('a', [1]);
    const sync = make();
    await sync.run({ full: false });
    const before = value(await store.freshness()).syncedAt;
    fleet.failures.set('hosts', 'timeout');
    fleet.asked.length = 0;
    expect(await sync.run({ full: false })).toMatchObject({ error: 'timeout', phase: 'idle' });
    expect(fleet.asked).toEqual(['hosts']);
    expect(value(await store.freshness())).toEqual({ syncedAt: before, isOffline: true });
    fleet.failures.clear();
    await sync.run({ full: false });
    expect(value(await store.freshness()).isOffline).toBe(false);
  });

  it('of the list or the packages are told at the end, after the rest is read', async () => {
    fleet.add('a', [1]);
    fleet.failures.set('updates', 'malformed');
    expect(await make().run({ full: false })).toMatchObject({ error: 'malformed', changedHosts: 1 });
    fleet.failures.set('updates', 'absent');
    fleet.failures.set('packages', 'forbidden');
    expect(await make().run({ full: false })).toMatchObject({ error: 'forbidden' });
    fleet.failures.delete('packages');
    expect(await make().run({ full: false })).toMatchObject({ error: null });
  });

  it('are told, not thrown, when a part of ours has a bug', async () => {
    const bugs: unknown[] = [];
    fleet.hosts = () => Promise.reject(new Error('a bug'));
    const sync = make({ onBug: (error) => bugs.push(error) });
    expect(await sync.run({ full: false })).toMatchObject({ error: 'internal', phase: 'idle' });
    expect(bugs).toEqual([new Error('a bug')]);
  });

  it('to write are told by a console that may only read', async () => {
    const reader = value(await openStore({ file: join(own.folder, 'store.db') }));
    fleet.add('a', [1]);
    expect(await make({ store: reader }).run({ full: false })).toMatchObject({ error: 'read-only' });
    expect(fleet.asked).toEqual([]);
    await reader.close();
  });
});

describe('being interrupted', () => {
  it('by a 401 goes on where it was, once one is signed in again', async () => {
    for (let n = 0; n < 20; n++) fleet.add(`h${n}`, [1]);
    let rows = 0;
    fleet.before = (question) => {
      if (question.startsWith('rows') && ++rows > 10) fleet.failures.set('rows', 'signed-out');
    };
    const sync = make({ refreshSeconds: 0.01, concurrency: 2 });
    sync.start();
    const first = await sync.run({ full: false });
    expect(first).toMatchObject({ phase: 'idle', error: 'signed-out' });
    const stored = (await reported())['Update 1'] ?? 0;
    expect(stored).toBeGreaterThan(5);
    expect(stored).toBeLessThan(20);
    fleet.asked.length = 0;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(fleet.asked).toEqual([]);
    fleet.before = () => {};
    fleet.failures.clear();
    sync.start();
    expect(await sync.run({ full: false })).toMatchObject({ error: null });
    expect(asked('rows').length).toBe(20 - stored);
    expect(await reported()).toEqual({ 'Update 1': 20 });
  });

  it('by the person keeps what was read', async () => {
    for (let n = 0; n < 20; n++) fleet.add(`h${n}`, [1]);
    const sync = make({ concurrency: 1 });
    let rows = 0;
    fleet.before = (question) => {
      if (question.startsWith('rows') && ++rows === 5) sync.cancel();
    };
    expect(await sync.run({ full: false })).toMatchObject({ error: 'cancelled', phase: 'idle', done: 4 });
    expect(await reported()).toEqual({ 'Update 1': 4 });
    fleet.before = () => {};
    expect(await sync.run({ full: false })).toMatchObject({ error: null, changedHosts: 16 });
    expect(await reported()).toEqual({ 'Update 1': 20 });
  });

  it('by a pause asks nothing more, and goes on where it was', async () => {
    for (let n = 0; n < 20; n++) fleet.add(`h${n}`, [1]);
    const sync = make({ concurrency: 1 });
    let rows = 0;
    fleet.before = (question) => {
      if (question.startsWith('rows') && ++rows === 5) sync.pause();
    };
    const ended = sync.run({ full: false });
    await vi.waitFor(() => expect(sync.state).toMatchObject({ isPaused: true, phase: 'rows', done: 5, total: 20 }), {
      timeout: 30_000,
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(sync.state.done).toBe(5);
    expect(asked('rows').length).toBe(5);
    expect(await sync.refreshHost('h19')).toMatchObject({ ok: true });
    expect(states.at(-1)).toMatchObject({ isPaused: true });
    fleet.asked.length = 0;
    sync.resume();
    expect(await ended).toMatchObject({ error: null, isPaused: false });
    expect(asked('rows').length).toBe(15);
    expect(await reported()).toEqual({ 'Update 1': 20 });
  });

  it('by a pause can be ended, and no refresh begins until it goes on', async () => {
    for (let n = 0; n < 20; n++) fleet.add(`h${n}`, [1]);
    const sync = make({ concurrency: 1, refreshSeconds: 0.01 });
    fleet.before = (question) => {
      if (question === 'rows h3') sync.pause();
    };
    sync.start();
    await vi.waitFor(() => expect(sync.state.isPaused).toBe(true), { timeout: 30_000 });
    sync.cancel();
    await vi.waitFor(() => expect(sync.state).toMatchObject({ phase: 'idle', isPaused: true, error: 'cancelled' }), {
      timeout: 30_000,
    });
    fleet.asked.length = 0;
    fleet.before = () => {};
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(fleet.asked).toEqual([]);
    sync.resume();
    await vi.waitFor(() => expect(sync.state).toMatchObject({ phase: 'idle', isPaused: false, error: null }), {
      timeout: 30_000,
    });
    expect(await reported()).toEqual({ 'Update 1': 20 });
  });

  it('by stop ends all of it', async () => {
    for (let n = 0; n < 20; n++) fleet.add(`h${n}`, [1]);
    const sync = make({ refreshSeconds: 0.01 });
    sync.start();
    await sync.stop();
    expect(sync.state).toMatchObject({ phase: 'idle', error: 'cancelled' });
    fleet.asked.length = 0;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fleet.asked).toEqual([]);
  });
});

describe('runs', () => {
  it('never overlap: who asks for as much joins, who asks for more waits', async () => {
    for (let n = 0; n < 10; n++) fleet.add(`h${n}`, [1]);
    const sync = make();
    const [first, joined, full, again] = [false, false, true, true].map((wide) => sync.run({ full: wide }));
    expect(joined).toBe(first);
    expect(again).toBe(full);
    await full;
    expect(asked('hosts').length).toBe(2);
    expect(states.filter((state) => state.phase === 'idle').length).toBe(2);
  });

  it('after a change join none that began before it, and share the one that follows', async () => {
    fleet.add('a', [1]);
    const sync = make();
    const before = sync.run({ full: false });
    const [anew, other] = [sync.runAnew(), sync.runAnew()];
    expect(anew).not.toBe(before);
    expect(other).toBe(anew);
    await before;
    fleet.scan('a', [1, 2], '2026-11-21T10:00:00');
    await anew;
    expect(asked('hosts').length).toBe(2);
    expect(await reported()).toEqual({ 'Update 1': 1, 'Update 2': 1 });
  });

  it('repeat lightly and quietly, and show themselves when a host changed', async () => {
    fleet.add('a', [1]);
    const sync = make({ refreshSeconds: 0.02 });
    sync.start();
    await sync.run({ full: false });
    fleet.asked.length = 0;
    states.length = 0;
    await expect.poll(() => fleet.asked.length).toBeGreaterThan(2);
    expect(new Set(fleet.asked)).toEqual(new Set(['hosts']));
    expect(new Set(states.map((state) => state.phase))).toEqual(new Set(['idle']));
    fleet.scan('a', [1, 2], '2026-11-21T10:00:00');
    await expect.poll(reported).toEqual({ 'Update 1': 1, 'Update 2': 1 });
    await expect.poll(() => states.some((state) => state.phase === 'rows')).toBe(true);
    await sync.stop();
  });

  it('try again soon when the server did not answer, however long that took to say', async () => {
    fleet.add('a', [1]);
    fleet.failures.set('hosts', 'unreachable');
    let hours = 0;
    const sync = make({ refreshSeconds: 0.02, now: () => ++hours * 3_600_000 });
    sync.start();
    await expect.poll(() => fleet.asked.length).toBeGreaterThan(2);
    fleet.failures.clear();
    await expect.poll(reported).toEqual({ 'Update 1': 1 });
    await sync.stop();
  });

  it('of the list share one reading when downloads end in bursts', async () => {
    fleet.catalogue.push(update(1));
    const sync = make();
    const all = Array.from({ length: 6 }, () => sync.refreshUpdates());
    await Promise.all(all);
    expect(fleet.asked).toEqual(['updates 0', 'updates 0']);
  });
});

describe('one host', () => {
  it('is read anew after a task: itself, its rows, its packages', async () => {
    fleet.add('a', [1]);
    fleet.add('b', [1]);
    const sync = make();
    await sync.run({ full: false });
    fleet.scan('a', [1, 2], '2026-11-21T10:00:00');
    fleet.asked.length = 0;
    expect(await sync.refreshHost('a')).toEqual({ ok: true, value: null });
    expect(fleet.asked.toSorted()).toEqual(['host a', 'packages', 'rows a']);
    expect(await reported()).toEqual({ 'Update 1': 2, 'Update 2': 1 });
    fleet.asked.length = 0;
    await sync.run({ full: false });
    expect(asked('rows')).toEqual([]);
    expect(await sync.refreshHost('gone')).toEqual({ ok: false, error: { code: 'not-found' } });
  });
});
