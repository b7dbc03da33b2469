import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptBuilder } from '../../contract/schemas/builder.ts';
import { defaultBuildFilter } from '../../domain/builder.ts';
import { defaultGates, type RingGates } from '../../domain/rings.ts';
import { emptyRules, type Rules } from '../../domain/rules.ts';
import type { HostUpdate } from '../../domain/update.ts';
import { formatRulesFile } from '../../wapt/index.ts';
import type { DraftInput } from './drafts.ts';
import { guid, host, NOW, openHere, row, temporaryFolder, update, value } from './testing.ts';

let own: ReturnType<typeof temporaryFolder>;
let here: ReturnType<typeof openHere>;
const DAY = 86_400_000;

beforeEach(() => {
  own = temporaryFolder();
  here = openHere(own.folder);
});
afterEach(() => {
  here.close();
  own.remove();
});

const id = (n: number): string => `${guid(n)}_200`;
const done: Partial<HostUpdate> = { status: 'OK', installed: true };
const failed: Partial<HostUpdate> = { status: 'ERROR' };
const readAt = '2026-11-21T10:00:00Z';

/** Hosts with their rows: `{ a: { 1: {} } }` is one host that needs update 1. */
function report(hosts: Record<string, Record<number, Partial<HostUpdate>>>, old: readonly string[] = []): void {
  const scan = (uuid: string) => (old.includes(uuid) ? '2026-10-01T00:00:00' : '2026-11-20T11:00:00');
  value(
    here.store.applyHosts({
      hosts: Object.keys(hosts).map((uuid) => host(uuid, { wuaStatus: { last_scan_date: scan(uuid) } })),
      isComplete: true,
    }),
  );
  for (const [uuid, rows] of Object.entries(hosts)) {
    value(
      here.store.applyHostRows({
        uuid,
        mark: null,
        updates: [],
        rows: Object.entries(rows).map(([n, more]) => row(uuid, Number(n), more)),
        readAt,
      }),
    );
  }
}

interface PublishedHere {
  readonly rules?: Partial<Rules>;
  readonly version?: string;
  readonly isUnread?: boolean;
  readonly isLegacy?: boolean;
}

function publish(packages: Record<string, PublishedHere>): void {
  const records = Object.entries(packages).map(([name, { version = '1', isLegacy = false }]) => ({
    filename: `${name}_${version}_all.wapt`,
    package: name,
    version,
    maturity: 'PROD',
    description: '',
    signer: '',
    signerFingerprint: '',
    signatureDate: '',
    size: 1,
    md5: `md5-${name}-${version}`,
    control: {},
    isNewest: true,
    isLegacy,
  }));
  value(here.store.applyPackages({ packages: records, readAt }));
  for (const { filename, md5, package: name, version, isLegacy } of records) {
    const { rules = {}, isUnread = false } = packages[name] ?? {};
    if (isUnread) continue;
    const text = formatRulesFile({
      allowed_updates: [...(rules.allowedUpdates ?? [])],
      forbidden_updates: [...(rules.forbiddenUpdates ?? [])],
      allowed_kbs: [...(rules.allowedKbs ?? [])],
      forbidden_kbs: [...(rules.forbiddenKbs ?? [])],
      allowed_classifications: [...(rules.allowedClassifications ?? [])],
    });
    value(here.store.putPackageRules({ filename, md5, package: name, version, isLegacy, text, signers: [] }));
  }
}

const triage = (now = NOW) => value(here.store.triageList({ now }));
const shown = (): string[] => triage().rows.map((each) => `${each.title} ${each.state}`);

const draft = (rules: Partial<Rules>, more: Partial<DraftInput> = {}): DraftInput => ({
  id: null,
  package: 'lab-some',
  description: '',
  maturity: 'PROD',
  rules: { ...emptyRules, ...rules } as DraftInput['rules'],
  base: null,
  ...more,
});

describe('triage', () => {
  beforeEach(() => {
    value(here.store.applyUpdates({ updates: [1, 2, 3, 4].map((n) => update(n)), run: 1 }));
    report({ a: { 1: {}, 2: {}, 3: {}, 4: done }, b: { 1: {} } });
  });

  it('shows what a host needs and no published rule or draft mentions', () => {
    publish({ 'lab-rules': { rules: { forbiddenKbs: [`KB${5_000_002}`] } } });
    expect(shown()).toEqual(['Update 1 open', 'Update 3 open']);
    expect(triage().rows[0]).toMatchObject({ hosts: { needed: 2 }, kbids: ['5000001'], folded: [] });
    value(here.store.draftSave(draft({ allowedUpdates: [id(3)] })));
    expect(shown()).toEqual(['Update 1 open']);
    expect(triage()).toMatchObject({ inDrafts: 1, hostCount: 2, unread: [] });
  });

  it('takes a category for a mention in any of its spellings, and asks nothing of packages of 2015', () => {
    publish({ 'lab-old': { isLegacy: true, rules: { allowedUpdates: [id(1)] } } });
    expect(shown()).toHaveLength(3);
    publish({ 'lab-rules': { rules: { allowedClassifications: ['Security Updates'] } } });
    expect(shown()).toEqual([]);
  });

  it('names packages that were not read', () => {
    publish({ 'lab-rules': { isUnread: true } });
    expect(triage().unread).toEqual(['lab-rules']);
    expect(shown()).toHaveLength(3);
  });

  it('keeps what one says over a restart, and takes it back', () => {
    value(here.store.triageDecide({ updateIds: [id(1), id(2)], verdict: 'allow' }));
    value(here.store.triageDecide({ updateIds: [id(2)], verdict: 'forbid' }));
    value(here.store.triageSnooze({ updateIds: [id(3)], until: new Date(NOW + DAY).toISOString() }));
    here.close();
    here = openHere(own.folder);
    expect(shown()).toEqual(['Update 1 decided', 'Update 2 decided', 'Update 3 snoozed']);
    expect(value(here.store.triageDecided())).toEqual([
      { updateId: id(1), verdict: 'allow' },
      { updateId: id(2), verdict: 'forbid' },
    ]);
    expect(value(here.store.triageList({ now: NOW + 2 * DAY })).rows.map((each) => each.state)).toEqual([
      'decided',
      'decided',
      'open',
    ]);
    value(here.store.triageDecide({ updateIds: [id(1), id(2)], verdict: null }));
    value(here.store.triageSnooze({ updateIds: [id(3)], until: null }));
    expect(shown()).toEqual(['Update 1 open', 'Update 2 open', 'Update 3 open']);
  });

  it('marks what came since the last visit', () => {
    const visit = (now: number) => value(here.store.triageVisit({ now })).visitedBefore;
    const news = (now: number) => triage(now).rows.flatMap((each) => (each.isNew ? [each.title] : []));
    expect(visit(NOW)).toBeNull();
    expect(news(NOW)).toEqual([]);
    value(here.store.applyUpdates({ updates: [update(5)], run: 2 }));
    report({ a: { 1: {}, 2: {}, 3: {}, 5: {} } });
    expect(visit(NOW + DAY)).toBe(new Date(NOW).toISOString());
    expect(news(NOW + DAY)).toEqual(['Update 5']);
    expect(visit(NOW + DAY + 60_000), 'the same visit').toBe(new Date(NOW).toISOString());
    expect(news(NOW + DAY + 60_000)).toEqual(['Update 5']);
    visit(NOW + 2 * DAY);
    expect(news(NOW + 2 * DAY)).toEqual([]);
  });
});

describe('rings', () => {
  const open: RingGates = { minAgeDays: null, minSuccesses: 2, minSuccessRate: 0.5, maxFailures: 1 };
  const have = (name: string, uuids: readonly string[], version = '1', installStatus = 'OK') =>
    uuids.map((uuid) => ({ uuid, package: name, version, section: 'wsus', installStatus, installDate: null }));
  const save = (gates: RingGates = open) =>
    value(
      here.store.ringSetSave({
        id: null,
        name: 'Desktops',
        rings: [
          { package: 'pilot', gates },
          { package: 'broad', gates: defaultGates },
        ],
      }),
    ).id;
  const status = (id_: string) => value(here.store.ringStatus({ id: id_, staleDays: 14, now: NOW }));

  it('counts what the hosts of the inner ring report, hosts with old scans apart', () => {
    value(here.store.applyUpdates({ updates: [1, 2, 3].map((n) => update(n)), run: 1 }));
    report(
      {
        a: { 1: done, 2: done },
        b: { 1: done, 2: failed },
        c: { 1: failed, 2: failed },
        d: { 1: {}, 2: done },
        old: { 1: done, 2: failed },
        x: { 1: {}, 3: {} },
        absent: { 1: failed },
      },
      ['old'],
    );
    value(
      here.store.applyHostPackages({
        uuids: null,
        packages: [
          ...have('pilot', ['a', 'b', 'c', 'old']),
          ...have('pilot', ['d'], '0'),
          ...have('pilot', ['absent'], '1', 'MISSING'),
          ...have('broad', ['x']),
        ],
      }),
    );
    publish({
      pilot: { rules: { allowedKbs: ['KB5000001', 'KB5000002', 'KB5000003'], allowedUpdates: [id(1)] } },
      broad: { rules: {} },
    });
    const now = status(save());
    expect(now.rings).toMatchObject([
      { package: 'pilot', version: '1', hosts: 5, onNewest: 4, stale: 1, problem: null },
      { package: 'broad', hosts: 1 },
    ]);
    expect(now.steps).toHaveLength(1);
    const items = new Map(now.steps[0]?.items.map((item) => [item.entry, item]));
    expect(items.get('KB5000001')).toMatchObject({
      kind: 'kb',
      successes: 2,
      failures: 1,
      waiting: 1,
      stale: 1,
      neededNext: 1,
      isReady: true,
    });
    expect(items.get('KB5000002')).toMatchObject({ successes: 2, failures: 2, neededNext: 0, isReady: false });
    expect(items.get('KB5000003')).toMatchObject({ successes: 0, failures: 0, neededNext: 1, isReady: false });
  });

  it('counts a host once for all updates of a KB, and its failure first', () => {
    value(here.store.applyUpdates({ updates: [1, 2].map((n) => update(n, { kbids: ['5000001'] })), run: 1 }));
    report({ a: { 1: done, 2: done }, b: { 1: done, 2: failed }, c: { 1: {}, 2: done } });
    value(here.store.applyHostPackages({ uuids: null, packages: have('pilot', ['a', 'b', 'c']) }));
    publish({ pilot: { rules: { allowedKbs: ['KB5000001'] } }, broad: {} });
    expect(status(save()).steps[0]?.items).toMatchObject([
      { entry: 'KB5000001', updateIds: [id(1), id(2)], successes: 2, failures: 1, waiting: 0 },
    ]);
  });

  it('never lets pass what the next ring forbids', () => {
    value(here.store.applyUpdates({ updates: [update(1)], run: 1 }));
    report({ a: { 1: done }, b: { 1: done } });
    value(here.store.applyHostPackages({ uuids: null, packages: have('pilot', ['a', 'b']) }));
    publish({ pilot: { rules: { allowedKbs: ['KB5000001'] } }, broad: { rules: { forbiddenUpdates: [id(1)] } } });
    expect(status(save()).steps[0]?.items).toMatchObject([
      { isForbiddenNext: true, isReady: false, verdict: { passes: true } },
    ]);
  });

  it.each<[string, Record<string, PublishedHere>, string | null]>([
    ['no package of that name', { broad: {} }, 'no-package'],
    ['a package nobody read', { pilot: { isUnread: true }, broad: {} }, 'unread'],
    ['a package of 2015', { pilot: { isLegacy: true }, broad: {} }, 'legacy'],
  ])('says what is wrong with a ring: %s', (_name, packages, problem) => {
    publish(packages);
    const now = status(save());
    expect(now.rings[0]?.problem).toBe(problem);
    expect(now.steps).toEqual([{ from: 'pilot', to: 'broad', isKnown: false, items: [] }]);
  });

  it('keeps ring sets over a restart, changes and forgets them', () => {
    const kept = save();
    here.close();
    here = openHere(own.folder);
    const [set] = value(here.store.ringSets());
    expect(set).toMatchObject({ id: kept, name: 'Desktops', rings: [{ package: 'pilot', gates: open }, {}] });
    value(here.store.ringSetSave({ id: kept, name: 'All', rings: [...(set?.rings ?? [])] }));
    expect(value(here.store.ringSets()).map((each) => each.name)).toEqual(['All']);
    value(here.store.ringSetDelete(kept));
    expect(value(here.store.ringSets())).toEqual([]);
    expect(here.store.ringStatus({ id: kept, staleDays: 14 })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
  });
});

describe('filters of the rule builder', () => {
  const builder = keptBuilder.parse({
    filter: { ...defaultBuildFilter, title: 'update' },
    into: 'allow',
    as: 'kb',
    lastIds: ['x'],
  });

  it('find what is listed, without what a published rule mentions where that is asked', () => {
    value(here.store.applyUpdates({ updates: [1, 2, 3].map((n) => update(n)), run: 1 }));
    report({ a: { 1: {}, 2: {} } });
    publish({ 'lab-rules': { rules: { forbiddenUpdates: [id(1)] } } });
    const found = (more: Partial<typeof defaultBuildFilter>) =>
      value(here.store.builderCandidates({ filter: { ...defaultBuildFilter, ...more }, now: NOW })).map(
        (each) => each.title,
      );
    expect(found({})).toEqual(['Update 1', 'Update 2']);
    expect(found({ isUnruled: true })).toEqual(['Update 2']);
    expect(found({ neededBy: 0, title: '*3' })).toEqual(['Update 3']);
  });

  it('stay in a draft that is saved without them, and come back in the next draft of a published package', () => {
    const first = value(here.store.draftSave(draft({}, { builders: [builder] })));
    expect(value(here.store.draftSave(draft({}, { id: first.id }))).builders).toEqual([builder]);
    expect(value(here.store.draftSave(draft({}, { id: first.id, builders: [] }))).builders).toEqual([]);
    value(here.store.keepBuilders({ package: 'lab-some', builders: [builder] }));
    const base = { filename: 'lab-some_1_all.wapt', version: '1' };
    expect(value(here.store.draftSave(draft({}, { base }))).builders).toEqual([builder]);
    expect(value(here.store.draftSave(draft({}))).builders, 'a new package').toEqual([]);
    value(here.store.keepBuilders({ package: 'lab-some', builders: [] }));
    expect(value(here.store.draftSave(draft({}, { base }))).builders).toEqual([]);
  });
});
