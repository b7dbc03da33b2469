import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssignmentResult } from '../../contract/schemas/assignment.ts';
import { emptyRules } from '../../domain/rules.ts';
import type { Lab } from '../../lab/lab.ts';
import { labSigner, testClient } from '../../lab/testing.ts';
import { buildPackage, controlText, parsePackagesIndex, readPackage } from '../../wapt/index.ts';
import { type Bench, signedIn, signer, testConsole, testLab, until } from './harness.ts';

let lab: Lab;
let bench: Bench;
const PACKAGE = 'lab-wua-assigned';
const PILOT = { section: 'group', name: 'lab-pilot' } as const;

beforeAll(async () => {
  lab = await testLab({ hosts: 30 });
  bench = await testConsole(lab);
  await signedIn(bench, lab);
  await signer(bench, lab);
  const draft = await bench.need('drafts.save', {
    id: null,
    package: PACKAGE,
    description: '',
    maturity: 'PROD',
    rules: { ...emptyRules, forbiddenKbs: ['KB890830'] },
    base: null,
  });
  await bench.need('packages.publish', { draftId: draft.id, version: '1', overMoved: false, reason: '' });
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

const target = async (name: string) =>
  (await bench.need('assignment.list', { package: PACKAGE })).targets.find((each) => each.name === name);

const change = async (
  action: 'add' | 'remove',
  { section, name }: { readonly section: AssignmentResult['section']; readonly name: string },
): Promise<AssignmentResult | undefined> => {
  const preview = await bench.need('assignment.preview', { package: PACKAGE, changes: [{ section, name, action }] });
  const version = preview.steps[0]?.version ?? null;
  const { results } = await bench.need('assignment.apply', {
    package: PACKAGE,
    changes: [{ section, name, action, version, acceptSigner: false }],
    reason: 'a reason',
  });
  return results[0];
};

/** How many rows of these hosts say that the update is not allowed. */
const forbidden = async (uuids: readonly string[]): Promise<number> => {
  const rows = await Promise.all(uuids.map((uuid) => bench.need('hosts.updates', { uuid })));
  return rows.flat().filter((row) => row.allowed === false).length;
};

/** What the index says of the newest version of a group. */
const published = async (name: string) => {
  const { body } = await testClient(lab)('GET', '/wapt/Packages', { user: null });
  const { records } = await parsePackagesIndex(body);
  return records.filter((record) => record['package'] === name).at(-1);
};

/** Publishes as a colleague who does not know of us. */
const colleague = async (version: string, depends: string): Promise<void> => {
  const control = { package: PILOT.name, section: 'group', version, depends, maturity: 'PROD' };
  const { bytes } = await buildPackage({ control, files: {}, signer: labSigner(lab) });
  const headers = { 'Content-Type': 'binary/octet-stream' };
  const answer = await testClient(lab)('POST', '/api/v3/upload_packages', { headers, body: bytes });
  expect(answer.json().success).toBe(true);
};

describe('a new rule package', () => {
  it('reaches the hosts of a group that it is put on', async () => {
    const { rows } = await bench.need('hosts.list', {});
    const pilots = rows.filter((row) => row.groups.includes(PILOT.name)).map((row) => row.uuid);
    expect(pilots.length).toBeGreaterThan(0);
    const before = await bench.need('assignment.list', { package: PACKAGE });
    expect(before).toMatchObject({ reached: [], hosts: [] });
    expect(await target(PILOT.name)).toMatchObject({ version: '1', hosts: pilots.length, carries: 'none' });

    const preview = await bench.need('assignment.preview', {
      package: PACKAGE,
      changes: [{ ...PILOT, action: 'add' }],
    });
    expect(preview.gained.map((host) => host.uuid).toSorted()).toEqual(pilots.toSorted());
    expect(preview).toMatchObject({ lost: [], kept: 0, untrusting: [] });
    expect(preview.steps).toMatchObject([{ trust: 'verified', version: '1', isSettled: false, error: null }]);

    const forbiddenBefore = await forbidden(pilots);
    expect(await change('add', PILOT)).toMatchObject({ outcome: 'done', version: '2' });
    expect(await target(PILOT.name)).toMatchObject({ version: '2', carries: 'direct' });
    const [entry] = await bench.need('journal.list', { limit: 1 });
    expect(entry).toMatchObject({ kind: 'package.assign', reason: 'a reason', facts: { package: PACKAGE } });

    await bench.need('actions.trigger', { action: 'refresh', uuids: pilots });
    const holders = await until(
      async () =>
        (await bench.need('hosts.list', {})).rows
          .filter((row) => row.rulePackages.includes(PACKAGE))
          .map((row) => row.uuid),
      (uuids) => uuids.length === pilots.length,
    );
    expect(holders.toSorted()).toEqual(pilots.toSorted());

    const { forecast } = preview;
    expect(forecast).toMatchObject({
      version: '1',
      isRead: true,
      fresh: { hosts: pilots.length },
      stale: { hosts: 0 },
    });
    const newly = (forecast?.fresh.moves ?? []).reduce(
      (sum, { before: was, after, pairs }) => sum + (was !== 'forbidden' && after === 'forbidden' ? pairs : 0),
      0,
    );
    expect(newly).toBeGreaterThan(0);
    await bench.need('actions.trigger', { action: 'scan', uuids: pilots });
    const forbiddenAfter = await until(
      () => forbidden(pilots),
      (count) => count === forbiddenBefore + newly,
    );
    expect(forbiddenAfter).toBe(forbiddenBefore + newly);
  });

  it('reaches one host by the package of the host, also where that has none yet', async () => {
    const { rows } = await bench.need('hosts.list', {});
    const fresh = rows.find((row) => row.groups.length === 0 && row.reachable === 'OK');
    const other = rows.find((row) => row.groups.includes('lab-servers') && row.reachable === 'OK');
    for (const [host, depends] of [
      [fresh, PACKAGE],
      [other, `lab-servers,${PACKAGE}`],
    ] as const) {
      const uuid = host?.uuid ?? '';
      expect(await change('add', { section: 'host', name: uuid })).toMatchObject({
        outcome: 'done',
        label: host?.fqdn,
        version: host === fresh ? '1' : '2',
      });
      const { body } = await testClient(lab)('GET', `/wapt-host/${uuid}.wapt`, { user: null });
      expect(controlText((await readPackage(body)).control, 'depends')).toBe(depends);
    }
    const seen = await until(
      async () => (await bench.need('hosts.list', {})).rows.find((row) => row.uuid === fresh?.uuid),
      (row) => row?.rulePackages.includes(PACKAGE) === true,
    );
    expect(seen).toMatchObject({ groups: [PACKAGE], rulePackages: [PACKAGE] });
    expect(
      (await bench.need('assignment.list', { package: PACKAGE })).hosts.map((host) => host.uuid).toSorted(),
    ).toEqual([fresh?.uuid ?? '', other?.uuid ?? ''].toSorted());
  });

  it('reaches the hosts below a unit, whose package is made', async () => {
    const units = (await bench.need('assignment.list', { package: PACKAGE })).targets.filter(
      (each) => each.section === 'unit',
    );
    const unit = units.find((each) => each.name.startsWith('OU=Servers'));
    expect(unit).toMatchObject({ version: null, carries: 'none' });
    expect(await change('add', { section: 'unit', name: unit?.name ?? '' })).toMatchObject({
      outcome: 'done',
      version: '1',
    });
    const { reached } = await bench.need('assignment.list', { package: PACKAGE });
    const below = (await bench.need('hosts.list', {})).rows.filter((row) => row.organizationalUnit === unit?.name);
    expect(below.length).toBeGreaterThan(0);
    for (const row of below) expect(reached).toContain(row.uuid);
  });

  it('reaches the computers of a directory group, whose profile is made, and is forecast for them before', async () => {
    const name = 'lab-wua-profiled';
    const draft = await bench.need('drafts.save', {
      id: null,
      package: name,
      description: '',
      maturity: 'PROD',
      rules: { ...emptyRules, forbiddenKbs: ['KB890830'] },
      base: null,
    });
    await bench.need('packages.publish', { draftId: draft.id, version: '1', overMoved: false, reason: '' });
    const place = { section: 'profile', name: 'WAPT_lab-servers' } as const;
    const computers = (
      (await testClient(lab)('GET', '/api/v3/hosts?columns=computer_ad_groups&limit=100')).json().result as {
        readonly uuid: string;
        readonly computer_ad_groups: readonly string[];
      }[]
    )
      .filter((one) => one.computer_ad_groups.includes(place.name))
      .map((one) => one.uuid)
      .toSorted();
    expect(computers.length).toBeGreaterThan(0);
    const assignment = await bench.need('assignment.list', { package: name });
    expect(assignment.targets.find((one) => one.section === 'profile' && one.name === place.name)).toMatchObject({
      version: null,
      hosts: computers.length,
      unsureHosts: 0,
    });
    const preview = await bench.need('assignment.preview', { package: name, changes: [{ ...place, action: 'add' }] });
    expect(preview.gained.map((host) => host.uuid).toSorted()).toEqual(computers);
    const { results } = await bench.need('assignment.apply', {
      package: name,
      changes: [{ ...place, action: 'add', version: null, acceptSigner: false }],
      reason: '',
    });
    expect(results).toMatchObject([{ outcome: 'done', version: '1' }]);
    const next = await bench.need('drafts.save', {
      id: null,
      package: name,
      description: '',
      maturity: 'PROD',
      rules: { ...emptyRules, forbiddenKbs: ['KB5000001'] },
      base: null,
    });
    const forecast = await bench.need('rules.forecast', { draftId: next.id });
    expect(forecast.holders).toMatchObject({ hosts: computers.length, unsure: 0 });
    const { rows } = await bench.need('hosts.list', {});
    const online = rows.filter((row) => computers.includes(row.uuid) && row.reachable === 'OK').map((row) => row.uuid);
    await bench.need('actions.trigger', { action: 'refresh', uuids: online });
    const holders = await until(
      async () =>
        (await bench.need('hosts.list', {})).rows
          .filter((row) => row.rulePackages.includes(name))
          .map((row) => row.uuid),
      (uuids) => uuids.length > 0 && uuids.length === online.length,
    );
    expect(holders.toSorted()).toEqual(online.toSorted());
  });
});

describe('two who edit one group', () => {
  it('what the other published while ours was on its way is merged', async () => {
    const before = await published(PILOT.name);
    // Every look at the index takes a second now, so that the other has the time.
    await lab.setFault({ kind: 'slow', path: '/wapt/Packages', milliseconds: 1_000 });
    const changing = bench.need('assignment.apply', {
      package: PACKAGE,
      changes: [{ ...PILOT, action: 'remove', version: controlText(before ?? {}, 'version'), acceptSigner: false }],
      reason: '',
    });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await colleague('3', `${controlText(before ?? {}, 'depends')},lab-wua-theirs`);
    const { results } = await changing;
    await lab.clearFaults();
    expect(results).toMatchObject([{ outcome: 'merged', version: '4', by: 'lab.signer' }]);
    expect(controlText((await published(PILOT.name)) ?? {}, 'depends').split(',')).toEqual([
      'lab-wua-pilot',
      'lab-wua-theirs',
    ]);
  });

  it('what replaces ours is told, and ours is made again when asked', async () => {
    const before = await published(PILOT.name);
    await lab.setFault({ kind: 'slow', path: '/wapt/Packages', milliseconds: 1_500 });
    const known = testClient(lab);
    const changing = bench.need('assignment.apply', {
      package: PACKAGE,
      changes: [{ ...PILOT, action: 'add', version: controlText(before ?? {}, 'version'), acceptSigner: false }],
      reason: '',
    });
    const stamp = async (): Promise<string | undefined> =>
      (
        (await known('GET', '/api/v3/known_packages')).json().result as {
          package: string;
          last_signature_date: string;
        }[]
      ).find((each) => each.package === PILOT.name)?.last_signature_date;
    // The list of names is not slow: it tells that ours has arrived before the console looks for it.
    await until(stamp, (date) => date !== before?.['signature_date'], 20);
    await colleague('6', controlText(before ?? {}, 'depends'));
    const { results } = await changing;
    await lab.clearFaults();
    expect(results).toMatchObject([{ outcome: 'overwritten', version: '6' }]);
    expect(await target(PILOT.name)).toMatchObject({ version: '6', carries: 'none' });
    expect(await change('add', PILOT)).toMatchObject({ outcome: 'done', version: '7' });
    expect(await target(PILOT.name)).toMatchObject({ version: '7', carries: 'direct' });
  });
});

describe('who may not', () => {
  it('is told so, carrier by carrier, and nothing is written', async () => {
    await bench.need('signer.lock', {});
    expect(
      await bench.ask('assignment.apply', {
        package: PACKAGE,
        changes: [{ ...PILOT, action: 'remove', version: '7', acceptSigner: false }],
        reason: '',
      }),
    ).toMatchObject({ ok: false, error: { code: 'signer-needed' } });
    expect(await target(PILOT.name)).toMatchObject({ version: '7' });
  });
});
