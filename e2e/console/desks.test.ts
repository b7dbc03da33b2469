import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_DESKS } from '../../contract/schemas/desks.ts';
import type { Lab } from '../../lab/lab.ts';
import { type Bench, signedIn, signer, testConsole, testLab, until } from './harness.ts';

let north: Lab;
let south: Lab;
let bench: Bench;
let one: Pick<Bench, 'ask' | 'need'>;
let two: Pick<Bench, 'ask' | 'need'>;
let first: string;
let second: string;

beforeAll(async () => {
  [north, south] = await Promise.all([
    testLab({ hosts: 7, schedules: false }),
    testLab({ hosts: 9, seed: 23, schedules: false }),
  ]);
  bench = await testConsole(north, undefined, [south]);
  [first = ''] = await bench.need('desks.list', {});
  second = await bench.need('desks.open', {});
  one = bench.at(first);
  two = bench.at(second);
  await Promise.all([signedIn(one, north), signedIn(two, south, 'admin', 'lab-2')]);
});

afterAll(async () => {
  await bench.stop();
  await Promise.all([north.stop(), south.stop()]);
});

const uuids = async (desk: Pick<Bench, 'need'>): Promise<readonly string[]> =>
  (await desk.need('hosts.list', {})).rows.map(({ uuid }) => uuid).toSorted();
const of = (lab: Lab): readonly string[] => lab.hosts.map(({ uuid }) => uuid).toSorted();

describe('two servers side by side', () => {
  it('each have their own hosts, store and session', async () => {
    expect(await uuids(one)).toEqual(of(north));
    expect(await uuids(two)).toEqual(of(south));
    expect(of(north)).not.toEqual(of(south));
    const state = await two.need('session.state', {});
    expect(state).toMatchObject({ kind: 'open', profile: { id: 'lab-2', address: south.url } });
    const draft = await two.need('drafts.save', {
      id: null,
      package: 'lab-wua-south',
      description: '',
      maturity: 'PROD',
      base: null,
      rules: {
        allowedUpdates: [],
        forbiddenUpdates: [],
        allowedKbs: ['KB5043064'],
        forbiddenKbs: [],
        allowedProducts: [],
        allowedSeverities: [],
        allowedClassifications: [],
      },
    });
    expect((await one.need('drafts.list', {})).map(({ id }) => id)).not.toContain(draft.id);
    await one.ask('drafts.discard', { draftId: draft.id });
    expect((await two.need('drafts.list', {})).map(({ id }) => id)).toEqual([draft.id]);
  });

  it('tell apart whose events they are', () => {
    const changed = (desk: string) =>
      bench.told.filter((event) => event.name === 'session.changed' && event.desk === desk);
    const profiles = (desk: string) =>
      changed(desk).flatMap(({ payload }) => ('profile' in payload ? [payload.profile.id] : []));
    expect(new Set(profiles(first))).toEqual(new Set(['lab']));
    expect(new Set(profiles(second))).toEqual(new Set(['lab-2']));
    const own = ['store.changed', 'sync.changed', 'signer.changed', 'session.changed'];
    expect(bench.told.filter(({ name, desk }) => own.includes(name) && desk === null)).toEqual([]);
  });

  it('do not open one profile twice, and send no password when asked to', async () => {
    const [account] = south.users;
    const asked = { profileId: 'lab-2', user: 'admin', password: account?.password ?? '', keepPassword: false };
    const refused = { ok: false, error: { code: 'open-elsewhere' } };
    expect(await one.ask('session.signIn', asked)).toMatchObject(refused);
    expect(await one.ask('session.openOffline', { profileId: 'lab-2' })).toMatchObject(refused);
    expect(await one.need('session.state', {})).toMatchObject({ kind: 'open', profile: { id: 'lab' } });
  });

  it('have a signer each', async () => {
    await signer(one, north);
    expect(await one.need('signer.state', {})).toMatchObject({ kind: 'open' });
    expect(await two.need('signer.state', {})).toMatchObject({ kind: 'none' });
    const [uuid = ''] = of(south);
    expect(await two.ask('actions.trigger', { action: 'scan', uuids: [uuid] })).toMatchObject({
      ok: false,
      error: { code: 'signer-needed' },
    });
  });
});

describe('a desk', () => {
  it('that does not exist answers nothing, and no call falls to another', async () => {
    for (const desk of ['', 'none', `${first}x`]) {
      expect(await bench.at(desk).ask('hosts.list', {})).toEqual({ ok: false, error: { code: 'no-desk' } });
      expect(await bench.at(desk).ask('session.signOut', {})).toEqual({ ok: false, error: { code: 'no-desk' } });
    }
    expect(await one.need('session.state', {})).toMatchObject({ kind: 'open' });
  });

  it('opens nothing that another opens at the same moment', async () => {
    const third = await bench.need('desks.open', {});
    const fourth = await bench.need('desks.open', {});
    const { id: profileId } = await bench.need('profiles.save', { id: null, name: 'X', address: south.url, user: 'u' });
    const answers = await Promise.all(
      [third, fourth].map((desk) => bench.at(desk).ask('session.openOffline', { profileId })),
    );
    expect(answers.map((answer) => (answer.ok ? answer.value.kind : answer.error.code)).toSorted()).toEqual([
      'offline',
      'open-elsewhere',
    ]);
    // What forgets a profile closes it where it is open.
    await one.need('profiles.delete', { profileId });
    for (const desk of [third, fourth]) {
      expect(await bench.at(desk).need('session.state', {})).toEqual({ kind: 'none' });
      await bench.need('desks.close', { deskId: desk });
    }
    expect(await bench.need('desks.list', {})).toEqual([first, second]);
  });

  it('that is closed locks its signer and gives its store back, and leaves the others alone', async () => {
    await signer(two, south);
    const locked = await bench.need('desks.close', { deskId: second });
    expect(locked).toEqual([first]);
    expect(await two.ask('hosts.list', {})).toEqual({ ok: false, error: { code: 'no-desk' } });
    const ofSigner = bench.told.filter((event) => event.name === 'signer.changed' && event.desk === second);
    expect(ofSigner.at(-1)?.payload).toEqual({ kind: 'none' });
    expect(await one.need('signer.state', {})).toMatchObject({ kind: 'open' });
    expect(await uuids(one)).toEqual(of(north));
    // The lock of the store is free: another desk opens it, and may write.
    second = await bench.need('desks.open', {});
    two = bench.at(second);
    await two.need('session.openOffline', { profileId: 'lab-2' });
    expect(await uuids(two)).toEqual(of(south));
    expect(await two.need('signer.state', {})).toMatchObject({ kind: 'locked' });
    expect(await two.ask('triage.snooze', { updateIds: ['x'], until: null })).not.toMatchObject({
      error: { code: 'read-only' },
    });
  });

  it('reads its server on while another is used', async () => {
    await signedIn(two, south, 'admin', 'lab-2');
    await two.need('sync.start', { full: true });
    expect(await uuids(one)).toEqual(of(north));
    const state = await until(
      () => two.need('sync.state', {}),
      ({ phase }) => phase === 'idle',
    );
    expect(state.error).toBeNull();
  });

  it('is one of a few, and the last leaves a fresh one behind', async () => {
    let opened = (await bench.need('desks.list', {})).length;
    while (opened < MOST_DESKS) {
      await bench.need('desks.open', {});
      opened += 1;
    }
    expect(await bench.ask('desks.open', {})).toMatchObject({ ok: false, error: { code: 'desks-full' } });
    for (const deskId of await bench.need('desks.list', {})) await bench.need('desks.close', { deskId });
    const [last = '', ...more] = await bench.need('desks.list', {});
    expect(more).toEqual([]);
    expect([first, second]).not.toContain(last);
    expect(await bench.at(last).need('session.state', {})).toEqual({ kind: 'none' });
  });
});
