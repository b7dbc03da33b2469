import { afterAll, beforeAll, expect, it } from 'vitest';
import { defaultFilter } from '../../domain/catalogue.ts';
import { differs } from '../../domain/comparison.ts';
import { countsIn, STATE_MEASURES } from '../../domain/measures.ts';
import type { RowState } from '../../domain/update.ts';
import type { Lab } from '../../lab/lab.ts';
import { type Bench, signedIn, testConsole, testLab } from './harness.ts';

let lab: Lab;
let bench: Bench;

/** Every reported row, host by host, as the panel of a host shows it. */
let reported: readonly { readonly uuid: string; readonly updateId: string; readonly state: RowState }[];

beforeAll(async () => {
  lab = await testLab({ hosts: 30, schedules: false });
  bench = await testConsole(lab);
  await signedIn(bench, lab);
  const each = await Promise.all(
    lab.hosts.map(async ({ uuid }) =>
      (await bench.need('hosts.updates', { uuid })).map(({ update, state }) => ({
        uuid,
        updateId: update.updateId,
        state,
      })),
    ),
  );
  reported = each.flat();
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

it('counts hosts by update, and updates by host, as one does by hand', async () => {
  const { rows: updates } = await bench.need('updates.list', {});
  const { rows: hosts } = await bench.need('hosts.list', {});
  expect(updates.length).toBeGreaterThan(100);
  for (const measure of STATE_MEASURES) {
    const counted = reported.filter(({ state }) => countsIn(state, measure));
    const byUpdate = Map.groupBy(counted, (row) => row.updateId);
    const byHost = Map.groupBy(counted, (row) => row.uuid);
    expect(updates.map((row) => row.hosts[measure])).toEqual(
      updates.map((row) => byUpdate.get(row.updateId)?.length ?? 0),
    );
    expect(hosts.map((row) => row.updates[measure])).toEqual(hosts.map((row) => byHost.get(row.uuid)?.length ?? 0));
    expect(counted.length).toBeGreaterThan(0);
  }
});

it('opens exactly the hosts behind a number of an update', async () => {
  const { rows } = await bench.need('updates.list', {});
  for (const measure of STATE_MEASURES) {
    const update = rows.toSorted((a, b) => b.hosts[measure] - a.hosts[measure])[0];
    if (update === undefined) throw new Error('no update');
    const { updateId } = update;
    const behind = await bench.need('fleet.behind', { where: { kind: 'update', updateId, measure } });
    const byHand = reported.filter((row) => row.updateId === updateId && countsIn(row.state, measure));
    expect(new Set(behind.uuids)).toEqual(new Set(byHand.map((row) => row.uuid)));
    expect(behind.uuids.length).toBe(update.hosts[measure]);
    expect(behind.updateIds).toEqual([updateId]);
  }
});

it('opens exactly the updates behind a number of a host', async () => {
  const { rows } = await bench.need('hosts.list', {});
  for (const measure of STATE_MEASURES) {
    const host = rows.toSorted((a, b) => b.updates[measure] - a.updates[measure])[0];
    if (host === undefined) throw new Error('no host');
    const { uuid } = host;
    const behind = await bench.need('fleet.behind', { where: { kind: 'host', uuid, measure } });
    const byHand = reported.filter((row) => row.uuid === uuid && countsIn(row.state, measure));
    expect(new Set(behind.updateIds)).toEqual(new Set(byHand.map((row) => row.updateId)));
    expect(behind.updateIds.length).toBe(host.updates[measure]);
  }
});

it('filters updates by on how many hosts they stand somewhere', async () => {
  const { rows } = await bench.need('updates.list', {});
  const filter = { ...defaultFilter, scope: 'reported' as const, hideSuperseded: false, foldDefinitions: false };
  const ask = async (onHosts: typeof defaultFilter.onHosts) =>
    (await bench.need('updates.query', { filter: { ...filter, onHosts: [...onHosts] } })).ids;
  for (const [measure, count] of [
    ['failed', 1],
    ['pending', 2],
    ['done', 5],
  ] as const) {
    const byHand = rows.filter((row) => row.hosts[measure] >= count).map((row) => row.updateId);
    expect(byHand.length).toBeGreaterThan(0);
    expect(await ask([{ measure, count }])).toEqual(byHand);
  }
  const both = rows.filter((row) => row.hosts.failed >= 1 && row.hosts.done >= 1).map((row) => row.updateId);
  expect(
    await ask([
      { measure: 'failed', count: 1 },
      { measure: 'done', count: 1 },
    ]),
  ).toEqual(both);
});

it('puts hosts side by side as they stand', async () => {
  const { rows: hosts } = await bench.need('hosts.list', {});
  const uuids = hosts
    .toSorted((a, b) => b.updates.reported - a.updates.reported)
    .slice(0, 3)
    .map((host) => host.uuid);
  const { rows, uuids: compared } = await bench.need('hosts.compare', { uuids });
  expect(compared).toEqual(uuids);
  const byHand = Map.groupBy(
    reported.filter((row) => uuids.includes(row.uuid)),
    (row) => row.updateId,
  );
  expect(new Set(rows.map((row) => row.updateId))).toEqual(new Set(byHand.keys()));
  for (const row of rows) {
    const states = uuids.map((uuid) => byHand.get(row.updateId)?.find((one) => one.uuid === uuid)?.state ?? null);
    expect(row.states).toEqual(states);
  }
  const different = rows.filter((row) => differs(row.states));
  expect(different.length).toBeGreaterThan(0);
  expect(different.length).toBeLessThan(rows.length);
});

it('compares two to eight hosts, and leaves out those that are gone', async () => {
  const [one, other] = lab.hosts.map((host) => host.uuid);
  if (one === undefined || other === undefined) throw new Error('no hosts');
  expect(await bench.ask('hosts.compare', { uuids: [one] })).toMatchObject({ error: { code: 'bad-request' } });
  const nine = Array.from({ length: 9 }, () => one);
  expect(await bench.ask('hosts.compare', { uuids: nine })).toMatchObject({ error: { code: 'bad-request' } });
  const { uuids } = await bench.need('hosts.compare', { uuids: [one, 'gone', other] });
  expect(uuids).toEqual([one, other]);
});
