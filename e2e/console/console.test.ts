import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Draft } from '../../contract/schemas/packages.ts';
import { classificationKey, defaultFilter } from '../../domain/catalogue.ts';
import type { Lab } from '../../lab/lab.ts';
import { type Bench, noRules, signedIn, signer, testConsole, testLab, until } from './harness.ts';

let lab: Lab;
let bench: Bench;

beforeAll(async () => {
  lab = await testLab();
  bench = await testConsole(lab);
  await signedIn(bench, lab);
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

describe('signed in', () => {
  it('says what the server is', async () => {
    const state = await bench.need('session.state', {});
    expect(state).toMatchObject({
      kind: 'open',
      server: { dialect: 'v3', edition: 'enterprise', user: 'admin', rights: ['admin'] },
    });
  });

  it('refuses a wrong password without losing the session', async () => {
    const refused = await bench.ask('session.signIn', {
      profileId: 'lab',
      user: 'admin',
      password: 'wrong',
      keepPassword: false,
    });
    expect(refused).toMatchObject({ ok: false, error: { code: 'password-refused' } });
    expect(await bench.need('hosts.list', {})).toMatchObject({ freshness: { isOffline: false } });
  });

  it('lists the updates that hosts reported, with counts that agree with the filter', async () => {
    const list = await bench.need('updates.list', {});
    expect(list.rows.length).toBeGreaterThan(50);
    const needed = list.rows.filter((row) => row.hosts.needed > 0);
    const answer = await bench.need('updates.query', {
      filter: {
        ...defaultFilter,
        hideSuperseded: false,
        foldDefinitions: false,
        severities: [],
        products: [],
        classifications: [],
      },
    });
    expect(answer.ids).toHaveLength(needed.length);
    const sum = answer.severities.reduce((total, entry) => total + entry.count, 0);
    expect(sum).toBe(needed.length);
  });

  it('lists every host of the lab', async () => {
    const { rows } = await bench.need('hosts.list', {});
    expect(rows).toHaveLength(lab.hosts.length);
    expect(rows.some((row) => row.isStale)).toBe(true);
    expect(rows.some((row) => row.reachable === 'OK')).toBe(true);
  });
});

describe('downloads', () => {
  it('has the server fetch an update and sees it arrive', async () => {
    const list = await bench.need('updates.list', {});
    const wanted = list.rows.find((row) => row.downloadedOn === null && row.downloadUrls.length > 0);
    expect(wanted).toBeDefined();
    const updateId = wanted?.updateId ?? '';
    const tasks = await bench.need('updates.download', { updateIds: [updateId] });
    expect(tasks.length).toBeGreaterThan(0);
    const row = await until(
      async () => (await bench.need('updates.list', {})).rows.find((each) => each.updateId === updateId),
      (each) => each?.downloadedOn != null,
    );
    expect(row?.downloadedOn).not.toBeNull();
    const deleted = await bench.need('updates.deleteFiles', { updateIds: [updateId] });
    expect(deleted.deleted).toEqual([updateId]);
    expect(deleted.freed).toBeGreaterThan(0);
  });

  it('says unchanged when the index is up to date', async () => {
    const first = await bench.need('index.download', { force: true, missing: false });
    expect(first.url).toContain('wsusscn2.cab');
    await until(
      () => bench.need('index.state', {}),
      (state) => state.date !== null && state.task?.finishedOn !== null,
    );
    await bench.need('index.download', { force: false, missing: false });
    const state = await until(
      () => bench.need('index.state', {}),
      (each) => each.task?.skipped === true,
    );
    expect(state.task?.skipped).toBe(true);
    expect(state.size).toBeGreaterThan(0);
  });
});

describe('rule packages', () => {
  it('asks for a signer before it publishes', async () => {
    const draft = await bench.need('drafts.save', {
      id: null,
      package: 'lab-wua-none',
      description: '',
      maturity: 'PROD',
      rules: noRules(),
      base: null,
    });
    const refused = await bench.ask('packages.publish', {
      draftId: draft.id,
      version: '1',
      overMoved: false,
      reason: '',
    });
    expect(refused).toMatchObject({ ok: false, error: { code: 'signer-needed' } });
    expect((await bench.need('drafts.list', {})).map((each) => each.id)).toContain(draft.id);
  });

  it('publishes, and hosts change what they report', async () => {
    await signer(bench, lab);
    const { packages } = await until(
      () => bench.need('packages.list', {}),
      (list) => list.packages.length > 0 && list.packages.every((each) => each.verification.kind !== 'pending'),
    );
    expect(packages.map((each) => each.verification.kind)).not.toContain('refused');
    const target = packages.find((each) => each.isNewest && each.hostsInstalled > 0);
    expect(target).toBeDefined();
    const holders = (await bench.need('hosts.list', {})).rows.filter(
      (row) =>
        row.reachable === 'OK' &&
        row.wuaStatus === 'PENDING_UPDATES' &&
        row.rulePackages.includes(target?.package ?? ''),
    );
    expect(holders.length).toBeGreaterThan(0);
    const content = await bench.need('packages.read', { filename: target?.filename ?? '' });
    const ofHolder = await bench.need('hosts.updates', { uuid: holders[0]?.uuid ?? '' });
    // Not a definition: the index may bring a newer one at any moment.
    const updateId = ofHolder.find(
      ({ state, update }) =>
        ['pending', 'missing'].includes(state) && classificationKey(update.classification) === 'Security Updates',
    )?.update.updateId;
    const before = (await bench.need('updates.list', {})).rows.find((row) => row.updateId === updateId);
    expect(before).toBeDefined();
    const kb = before?.kbids[0] ?? '';
    const draft = await bench.need('drafts.save', {
      id: null,
      package: content.package,
      description: content.description,
      maturity: content.maturity,
      rules: { ...(structuredClone(content.rules) as Draft['rules']), forbiddenKbs: [`KB${kb}`] },
      base: { filename: content.filename, version: content.version },
    });
    const check = await bench.need('packages.check', { draftId: draft.id });
    expect(check).toMatchObject({ movedTo: null, isNew: false });
    expect(check.addedIds).toBeGreaterThan(0);
    const published = await bench.need('packages.publish', {
      draftId: draft.id,
      version: check.version,
      overMoved: false,
      reason: 'test',
    });
    expect(published.version).toBe(check.version);
    const after = await until(
      () => bench.need('packages.list', {}),
      (list) =>
        list.packages.some((each) => each.filename === published.filename && each.verification.kind === 'verified'),
    );
    expect(after.packages.find((each) => each.filename === published.filename)).toMatchObject({
      isNewest: true,
      verification: { kind: 'verified' },
    });
    const [entry] = await bench.need('journal.list', { limit: 1 });
    expect(entry).toMatchObject({ kind: 'package.publish', user: 'admin', reason: 'test' });
    const { id } = await bench.need('actions.trigger', { action: 'refresh', uuids: holders.map((row) => row.uuid) });
    await until(
      () => bench.need('actions.runs', {}),
      (runs) => runs.find((run) => run.id === id)?.endedAt != null,
    );
    const scan = await bench.need('actions.trigger', { action: 'scan', uuids: holders.map((row) => row.uuid) });
    const runs = await until(
      () => bench.need('actions.runs', {}),
      (list) => list.find((run) => run.id === scan.id)?.endedAt != null,
    );
    expect(new Set(runs.find((run) => run.id === scan.id)?.hosts.map((host) => host.progress))).toContain('done');
    const forbidden = await until(
      async () => (await bench.need('updates.list', {})).rows.find((row) => row.updateId === updateId),
      (row) => (row?.hosts.forbidden ?? 0) > (before?.hosts.forbidden ?? 0),
      20,
    );
    expect(forbidden?.hosts.forbidden).toBeGreaterThan(before?.hosts.forbidden ?? 0);
  });

  it('notices that a package moved, and keeps the draft', async () => {
    const { packages } = await bench.need('packages.list', {});
    const old = packages.find((each) => !each.isNewest);
    expect(old).toBeDefined();
    const draft = await bench.need('drafts.save', {
      id: null,
      package: old?.package ?? '',
      description: '',
      maturity: 'PROD',
      rules: noRules(),
      base: { filename: old?.filename ?? '', version: old?.version ?? '' },
    });
    const check = await bench.need('packages.check', { draftId: draft.id });
    expect(check.movedTo).not.toBeNull();
    const refused = await bench.ask('packages.publish', {
      draftId: draft.id,
      version: check.version,
      overMoved: false,
      reason: '',
    });
    expect(refused).toMatchObject({ ok: false, error: { code: 'draft-moved', facts: { newest: check.movedTo } } });
    const stale = await bench.ask('packages.publish', { draftId: draft.id, version: '0', overMoved: true, reason: '' });
    expect(stale).toMatchObject({ ok: false, error: { code: 'version-moved' } });
    expect((await bench.need('drafts.list', {})).map((each) => each.id)).toContain(draft.id);
  });

  it('refuses a name that no server takes, at its field', async () => {
    const draft = await bench.need('drafts.save', {
      id: null,
      package: 'Été',
      description: '',
      maturity: 'PROD',
      rules: noRules(),
      base: null,
    });
    expect(await bench.ask('packages.check', { draftId: draft.id })).toMatchObject({
      ok: false,
      error: { code: 'name-invalid', field: 'package' },
    });
  });
});

describe('actions', () => {
  it('tells apart who cannot be reached, who is unknown and who runs', async () => {
    const { rows } = await bench.need('hosts.list', {});
    const off = rows.find((row) => row.reachable !== 'OK');
    const on = rows.find((row) => row.reachable === 'OK' && row.wuaStatus !== null);
    const run = await bench.need('actions.trigger', {
      action: 'scan',
      uuids: [off?.uuid ?? '', on?.uuid ?? '', 'nobody'],
    });
    const ended = await until(
      async () => (await bench.need('actions.runs', {})).find((each) => each.id === run.id),
      (each) => each?.endedAt != null,
    );
    const progress = Object.fromEntries((ended?.hosts ?? []).map((host) => [host.uuid, host.progress]));
    expect(progress[off?.uuid ?? '']).toBe('unreachable');
    expect(progress['nobody']).toBe('failed');
    expect(['done', 'failed', 'no-task']).toContain(progress[on?.uuid ?? '']);
  });
});
