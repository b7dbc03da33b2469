import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FailureBy, FailureSet } from '../../domain/failures.ts';
import type { Lab } from '../../lab/lab.ts';
import { rowsOf, statusOf, testClient } from '../../lab/testing.ts';
import { type Bench, noRules, signedIn, signer, testConsole, testLab, until } from './harness.ts';

let lab: Lab & { readonly dataDir: string };
let bench: Bench;

/** One thing that failed, as the lab itself tells it: row by row, host by host, without a line of the console. */
interface Told {
  readonly uuid: string;
  readonly updateId: string | null;
  readonly code: string;
  readonly groups: readonly string[];
}

/** The number that a host wrote, as an unsigned one, in hexadecimal digits. */
const spelt = (text: string): string => `0x${(Number(text) >>> 0).toString(16)}`;
let told: readonly Told[];

const board = (by: FailureBy, within: FailureSet = {}) => bench.need('failures.board', { by, within });
const countedBy = (key: (one: Told) => readonly (string | null)[]): Record<string, number> => {
  const hosts = new Map<string | null, Set<string>>();
  for (const one of told) for (const each of key(one)) hosts.set(each, (hosts.get(each) ?? new Set()).add(one.uuid));
  return Object.fromEntries([...hosts].map(([each, uuids]) => [String(each), uuids.size]));
};

beforeAll(async () => {
  lab = await testLab({ schedules: false, hosts: 110 });
  bench = await testConsole(lab);
  await signedIn(bench, lab);
  const client = testClient(lab);
  const found: Told[] = [];
  for (const host of lab.hosts.filter((each) => each.behaviour === 'failing')) {
    const groups = host.groups;
    for (const row of await rowsOf(client, host.uuid)) {
      const history = (row['local_status_history'] ?? []) as readonly { readonly result_code: string }[];
      const last = history.at(-1)?.result_code ?? 'Succeeded';
      // Also where rules forbid it since: it failed, and it is not installed (design, words).
      if (row.local_status_status !== 'SUPERSEDED' && row['local_status_installed'] === false && last !== 'Succeeded')
        found.push({ uuid: host.uuid, updateId: row.update_id, code: spelt(last), groups });
    }
    const { last_error } = await statusOf(client, host.uuid);
    const code = spelt(last_error?.split(': ').at(-1) ?? '');
    if (!found.some((one) => one.uuid === host.uuid && one.code === code))
      found.push({ uuid: host.uuid, updateId: null, code, groups });
  }
  told = found;
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

it('counts by code, update and group of hosts what the hosts of the lab say', async () => {
  expect(new Set(told.map((one) => one.code)).size).toBeGreaterThan(5);
  const shown = async (by: FailureBy) =>
    Object.fromEntries((await board(by)).groups.map((group) => [String(group.key), group.hosts + group.stale]));
  expect(await shown('code')).toEqual(countedBy((one) => [one.code]));
  expect(await shown('update')).toEqual(countedBy((one) => [one.updateId]));
  expect(await shown('group')).toEqual(countedBy((one) => (one.groups.length === 0 ? [null] : one.groups)));
  const { total, disk } = await board('code');
  expect(total.hosts).toBe(new Set(told.map((one) => one.uuid)).size);
  const full = new Set(told.flatMap((one) => (one.code === '0x80070070' ? [one.uuid] : [])));
  expect(full.size).toBeGreaterThan(0);
  expect(disk.hosts).toBe(full.size);
});

it('opens exactly the hosts and updates behind a count', async () => {
  for (const { key } of (await board('code')).groups) {
    const set = await bench.need('fleet.behind', { where: { kind: 'failure', code: key ?? '' } });
    const mine = told.filter((one) => one.code === key);
    expect([...set.uuids].sort()).toEqual([...new Set(mine.map((one) => one.uuid))].sort());
    expect([...set.updateIds].sort()).toEqual([...new Set(mine.flatMap((one) => one.updateId ?? []))].sort());
  }
  expect(await bench.need('fleet.behind', { where: { kind: 'failure', code: 'nothing of the kind' } })).toEqual({
    uuids: [],
    updateIds: [],
  });
});

it('orders again on exactly those hosts, and learns what their tasks failed by', async () => {
  await signer(bench, lab);
  const { uuids } = await bench.need('fleet.behind', { where: { kind: 'failure', code: '0x80073712', stale: false } });
  expect(uuids.length).toBeGreaterThan(0);
  const begun = await bench.need('actions.trigger', { action: 'install', uuids });
  const run = await until(
    async () => (await bench.need('actions.runs', {})).find((one) => one.id === begun.id),
    (one) => one?.endedAt !== null,
    60,
  );
  expect(run?.hosts.map((host) => host.uuid).sort()).toEqual([...uuids].sort());
  expect(run?.hosts.map((host) => host.progress)).toEqual(uuids.map(() => 'failed'));
  const again = await bench.need('fleet.behind', { where: { kind: 'failure', code: '0x80073712' } });
  expect(again.uuids).toEqual(expect.arrayContaining([...uuids]));
});

it('warns of what is known to be bad: in the list, in a draft, before an order, and in the journal', async () => {
  const groups = (await board('update')).groups.filter((group) => group.key !== null);
  const updateId = groups[0]?.key ?? '';
  const marks = await bench.need('failures.mark', { updateIds: [updateId], note: 'Breaks the VPN' });
  const hosts = await bench.need('updates.hosts', { updateId });
  const open = hosts.filter((host) => ['pending', 'missing', 'failed'].includes(host.state));
  expect(marks).toMatchObject([
    {
      updateId,
      note: 'Breaks the VPN',
      markedBy: 'admin',
      open: open.length,
      installed: hosts.filter((host) => host.state === 'done').length,
    },
  ]);
  expect(await bench.need('failures.knownBadOn', { uuids: hosts.map((host) => host.uuid) })).toMatchObject([
    { updateId, note: 'Breaks the VPN', hosts: open.length },
  ]);
  const [entry] = await bench.need('journal.list', { limit: 1 });
  expect(entry).toMatchObject({
    kind: 'updates.mark-known-bad',
    user: 'admin',
    facts: { updateIds: [updateId] },
    reason: 'Breaks the VPN',
  });

  const draft = await bench.need('drafts.save', {
    id: null,
    package: 'lab-wua-bad',
    description: '',
    maturity: 'PROD',
    rules: { ...noRules(), allowedUpdates: [updateId] },
    base: null,
  });
  const warnings = async () =>
    (await bench.need('rules.forecast', { draftId: draft.id })).warnings.filter((one) => one.kind === 'known-bad');
  expect(await warnings()).toEqual([
    { kind: 'known-bad', list: 'allowedUpdates', entry: updateId, examples: [updateId] },
  ]);
  expect(await bench.need('failures.unmark', { updateIds: [updateId] })).toEqual([]);
  expect(await warnings()).toEqual([]);
});

it('refuses what does not fit', async () => {
  for (const request of [
    { by: 'host', within: {} },
    { by: 'code', within: { code: 7 } },
    { by: 'code', within: {}, more: 1 },
  ])
    expect(await bench.ask('failures.board', request as never)).toMatchObject({ error: { code: 'bad-request' } });
  expect(await bench.ask('failures.mark', { updateIds: [], note: '' })).toMatchObject({ ok: false });
  expect(await bench.ask('app.open', { page: 'failure-code', code: '0x80240022&x=' })).toMatchObject({ ok: false });
});
