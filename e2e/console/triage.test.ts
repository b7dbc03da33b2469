import { afterAll, beforeAll, expect, it } from 'vitest';
import { defaultBuildFilter } from '../../domain/builder.ts';
import { classificationKey } from '../../domain/catalogue.ts';
import { kbLabel } from '../../domain/update.ts';
import type { Lab } from '../../lab/lab.ts';
import { type Bench, signedIn, signer, testConsole, testLab, until } from './harness.ts';

let lab: Lab & { readonly dataDir: string };
let bench: Bench;

/** The list when every rule package is read. */
const triage = () =>
  until(
    () => bench.need('triage.list', {}),
    (list) => list.unread.length === 0,
  );
const packages = () =>
  until(
    () => bench.need('packages.list', {}),
    (list) => list.packages.length > 0 && list.packages.every((each) => each.verification.kind !== 'pending'),
  );

beforeAll(async () => {
  lab = await testLab({ schedules: false, hosts: 25 });
  bench = await testConsole(lab);
  await signedIn(bench, lab);
  await signer(bench, lab);
  await packages();
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

it('shows what hosts need and nobody decided, and publishes many decisions in one package', async () => {
  const list = await triage();
  const open = list.rows.filter((row) => row.state === 'open' && !row.isSuperseded);
  expect(open.length).toBeGreaterThan(3);
  expect(open.every((row) => row.hosts.needed > 0)).toBe(true);
  const definition = open.find((row) => classificationKey(row.classification) === 'Definition Updates');
  const others = open.filter((row) => row !== definition && row.kbids.length > 0);
  const [first, second, third] = others;
  if (first === undefined || second === undefined || third === undefined) throw new Error('too little to decide');
  const allowed = [first, second, ...(definition === undefined ? [] : [definition])];
  await bench.need('triage.decide', { updateIds: allowed.map((row) => row.updateId), verdict: 'allow' });
  await bench.need('triage.decide', { updateIds: [third.updateId], verdict: 'forbid' });

  const { packages: all } = await packages();
  const target = all.find((each) => each.isNewest && !each.isLegacy);
  if (target === undefined) throw new Error('the lab has no rule package');
  const before = await bench.need('packages.read', { filename: target.filename });
  const draft = await bench.need('triage.toDraft', {
    target: { kind: 'package', filename: target.filename },
    as: 'updates',
  });
  expect(draft.base).toEqual({ filename: target.filename, version: target.version });
  expect(draft.rules.allowedUpdates).toEqual(expect.arrayContaining([first.updateId, second.updateId]));
  expect(draft.rules.forbiddenUpdates).toEqual(expect.arrayContaining([third.updateId]));
  expect(draft.rules.allowedClassifications).toEqual(before.rules.allowedClassifications);
  if (definition !== undefined)
    expect(draft.rules.allowedKbs).toEqual(expect.arrayContaining([kbLabel(definition.kbids[0] ?? '')]));
  const waiting = await triage();
  expect(waiting.inDrafts).toBeGreaterThanOrEqual(3);
  expect(waiting.rows.map((row) => row.updateId)).not.toContain(first.updateId);
  expect(await bench.ask('triage.toDraft', { target: { kind: 'draft', draftId: draft.id }, as: 'kbs' })).toMatchObject({
    ok: false,
    error: { code: 'nothing-selected' },
  });

  const { version } = await bench.need('packages.check', { draftId: draft.id });
  await bench.need('packages.publish', { draftId: draft.id, version, overMoved: false, reason: 'triage' });
  const after = await until(triage, (now) => now.inDrafts === 0 && now.unread.length === 0);
  expect(after.inDrafts).toBe(0);
  const left = after.rows.map((row) => row.updateId);
  for (const row of [...allowed, third]) expect(left).not.toContain(row.updateId);
});

it('makes a new package of decisions, written as KBs', async () => {
  const row = (await triage()).rows.find((each) => each.state === 'open' && each.kbids.length > 0);
  if (row === undefined) throw new Error('nothing to decide');
  await bench.need('triage.decide', { updateIds: [row.updateId], verdict: 'forbid' });
  const draft = await bench.need('triage.toDraft', { target: { kind: 'new', package: 'lab-wua-triage' }, as: 'kbs' });
  expect(draft).toMatchObject({
    package: 'lab-wua-triage',
    base: null,
    rules: { forbiddenKbs: row.kbids.map(kbLabel), forbiddenUpdates: [] },
  });
  await bench.need('drafts.discard', { draftId: draft.id });
  expect((await triage()).rows.find((each) => each.updateId === row.updateId)?.state).toBe('open');
});

it('keeps decisions and snoozes when the console ends', async () => {
  const [first, second] = (await triage()).rows.filter((row) => row.state === 'open');
  if (first === undefined || second === undefined) throw new Error('too little to decide');
  const until_ = new Date(Date.now() + 86_400_000).toISOString();
  await bench.need('triage.decide', { updateIds: [first.updateId], verdict: 'allow' });
  await bench.need('triage.snooze', { updateIds: [second.updateId], until: until_ });
  const again = await testConsole(lab, bench.data);
  try {
    await again.need('session.openOffline', { profileId: 'lab' });
    const { rows } = await again.need('triage.list', {});
    expect(rows.find((row) => row.updateId === first.updateId)).toMatchObject({ state: 'decided', verdict: 'allow' });
    expect(rows.find((row) => row.updateId === second.updateId)).toMatchObject({
      state: 'snoozed',
      snoozedUntil: until_,
    });
  } finally {
    await again.stop();
  }
});

it('runs a filter, keeps it with the package, and says what is new the next time', async () => {
  const filter = { ...defaultBuildFilter, products: [], classifications: ['Security Updates'], severities: [] };
  const all = await bench.need('builder.run', { filter });
  expect(all.updateIds.length).toBeGreaterThan(1);
  const list = await bench.need('updates.list', {});
  const byId = new Map(list.rows.map((row) => [row.updateId, row]));
  expect(
    all.updateIds.every((id) => classificationKey(byId.get(id)?.classification ?? null) === 'Security Updates'),
  ).toBe(true);
  const one = byId.get(all.updateIds[0] ?? '');
  const exact = {
    ...filter,
    titleKind: 'regex' as const,
    title: `^${(one?.title ?? '').replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`,
  };
  expect((await bench.need('builder.run', { filter: exact })).updateIds).toContain(one?.updateId);
  expect(await bench.ask('builder.run', { filter: { ...exact, title: '(' } })).toMatchObject({
    ok: false,
    error: { code: 'regex-invalid' },
  });

  const lastIds = all.updateIds.slice(1);
  const rules = { allowedUpdates: lastIds, forbiddenUpdates: [], allowedKbs: [], forbiddenKbs: [] };
  const names = { allowedProducts: [], allowedSeverities: [], allowedClassifications: [] };
  const builders = [{ filter, into: 'allow' as const, as: 'update' as const, lastIds }];
  const draft = await bench.need('drafts.save', {
    id: null,
    package: 'lab-wua-built',
    description: '',
    maturity: 'PROD',
    rules: { ...rules, ...names },
    base: null,
    builders,
  });
  const { version } = await bench.need('packages.check', { draftId: draft.id });
  const done = await bench.need('packages.publish', { draftId: draft.id, version, overMoved: false, reason: '' });
  const next = await bench.need('triage.toDraft', {
    target: { kind: 'package', filename: done.filename },
    as: 'updates',
  });
  expect(next.builders).toEqual(builders);
  const unruled = await bench.need('builder.run', { filter: { ...filter, isUnruled: true } });
  expect(unruled.updateIds.filter((id) => lastIds.includes(id))).toEqual([]);
});
