import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Where } from '../../../contract/schemas/fleet.ts';
import type { Host, HostPackage } from '../../../domain/host.ts';
import { emptyRules, type Rules } from '../../../domain/rules.ts';
import type { HostUpdate } from '../../../domain/update.ts';
import { formatRulesFile } from '../../../wapt/index.ts';
import { withRules } from '../../rules-file.ts';
import type { PackageRecord } from '../packages.ts';
import { guid, host, NOW, openHere, row, temporaryFolder, update, value } from '../testing.ts';

let own: ReturnType<typeof temporaryFolder>;
let here: ReturnType<typeof openHere>;

beforeEach(() => {
  own = temporaryFolder();
  here = openHere(own.folder);
});

afterEach(() => {
  here.close();
  own.remove();
});

const limit = { staleDays: 14, now: NOW };
const id = (n: number): string => `${guid(n)}_200`;
const kb = (n: number): string => `KB${5_000_000 + n}`;
const READ_AT = '2026-11-20T12:00:00Z';

/** A host with some rows, in the words of its report. */
const put = (
  uuid: string,
  rows: readonly (readonly [n: number, said: 'yes' | 'no' | 'later'])[],
  more: Partial<Host> = {},
) => {
  hosts.push(host(uuid, { trustedSigners: ['ca'], maturities: ['PROD'], wuaStatus: status({}), ...more }));
  reports.push([uuid, rows]);
};
const status = (more: Record<string, unknown>) => ({
  status: 'PENDING_UPDATES',
  last_scan_date: '2026-11-20T11:00:00',
  install_delay: '',
  allowed_severities: [],
  ...more,
});
const FLAGS: Record<'yes' | 'no' | 'later', Partial<HostUpdate>> = {
  yes: { status: 'PENDING', allowed: true, hidden: false },
  no: { status: 'DISCARDED', allowed: false, hidden: true },
  later: { status: 'DISCARDED', allowed: true, hidden: true, delayed: true },
};
let hosts: Host[] = [];
let reports: (readonly [string, readonly (readonly [number, 'yes' | 'no' | 'later'])[]])[] = [];
let packages: HostPackage[] = [];

const installed = (uuid: string, name: string, version = '1', more: Partial<HostPackage> = {}): void => {
  packages.push({
    uuid,
    package: name,
    version,
    section: 'wsus',
    installStatus: 'OK',
    installDate: '2026-11-01T00:00:00',
    ...more,
  });
};

const record = (name: string, version: string, more: Partial<PackageRecord> = {}): PackageRecord => ({
  filename: `${name}_${version}.wapt`,
  package: name,
  version,
  maturity: 'PROD',
  description: '',
  signer: 'signer',
  signerFingerprint: 'leaf',
  signatureDate: '2026-11-01T00:00:00',
  size: 1,
  md5: `${name}${version}`,
  control: {},
  isNewest: true,
  isLegacy: false,
  ...more,
});

const textOf = (rules: Partial<Rules>): string =>
  formatRulesFile(withRules({}, { ...emptyRules, ...rules }), { emptyLists: 'keep' });

const published = (each: PackageRecord, rules: Partial<Rules> | null, isLegacy = false): void => {
  value(
    here.store.putPackageRules({
      filename: each.filename,
      md5: each.md5 ?? '',
      package: each.package,
      version: each.version,
      isLegacy,
      text: rules === null ? null : textOf(rules),
      signers: ['leaf', 'ca'],
    }),
  );
};

const store = (index: readonly PackageRecord[], updates = [1, 2, 3, 4].map((n) => update(n))) => {
  value(here.store.applyUpdates({ updates, run: 1 }));
  value(here.store.applyHosts({ hosts, isComplete: true }));
  for (const [uuid, rows] of reports) {
    const list = rows.map(([n, said]) => row(uuid, n, FLAGS[said]));
    value(here.store.applyHostRows({ uuid, mark: null, updates: [], rows: list, readAt: READ_AT }));
  }
  value(here.store.applyPackages({ packages: index, readAt: READ_AT }));
  value(here.store.applyHostPackages({ uuids: null, packages }));
};

beforeEach(() => {
  hosts = [];
  reports = [];
  packages = [];
});

const draft = (rules: Partial<Rules>, more: { id?: string; package?: string; maturity?: string } = {}) =>
  value(
    here.store.draftSave({
      id: null,
      package: 'desk',
      description: '',
      maturity: 'PROD',
      base: null,
      ...more,
      rules: {
        allowedUpdates: [],
        forbiddenUpdates: [],
        allowedKbs: [],
        forbiddenKbs: [],
        allowedProducts: [],
        allowedSeverities: [],
        allowedClassifications: [],
        ...Object.fromEntries(Object.entries(rules).map(([list, entries]) => [list, [...entries]])),
      },
    }),
  );

const forecast = (draftId: string, signer: readonly string[] | null = ['leaf', 'ca']) =>
  value(here.store.ruleForecast({ draftId, signer, ...limit }));
const moves = (list: readonly { before: string; after: string; pairs: number }[]) =>
  Object.fromEntries(list.map(({ before, after, pairs }) => [`${before} > ${after}`, pairs]));

/** What brings `desk` in tests: a group, a unit, a profile. */
const carrier = (section: 'group' | 'unit' | 'profile', name: string) =>
  ({ package: name, section, version: '1', maturity: 'PROD', description: '', depends: 'desk', signer: '' }) as const;

describe('a package that only a profile brings', () => {
  const rows = [
    [1, 'yes'],
    [2, 'no'],
    [3, 'yes'],
  ] as const;

  it('counts hosts of the directory group, leaves others out, and guesses of none that never named its groups', () => {
    const facts = status({ default_allow: false });
    put('in', rows, { directoryGroups: ['DOMAIN computers', 'wapt_Desk'], wuaStatus: facts });
    put('out', rows, { directoryGroups: ['Servers'], wuaStatus: facts });
    put('silent', rows, { directoryGroups: null, wuaStatus: facts });
    store([record('desk', '1')]);
    value(here.store.applyCarriers([carrier('profile', 'WAPT_desk')]));
    const { id: draftId } = draft({ allowedKbs: [kb(2)], forbiddenKbs: [kb(3)] });
    const answer = forecast(draftId);
    expect(answer.holders).toEqual({ hosts: 1, have: 0, willGet: 1, unsure: 1 });
    expect(answer.unknown.directoryGroups).toBe(1);
    expect(answer.fresh).toMatchObject({ hosts: 2, changedHosts: 2, pairs: 6 });
    // KB 3 is forbidden by default already: whether the host gets the package changes nothing about it.
    expect(moves(answer.fresh.moves)).toEqual({
      'forbidden > allowed': 1,
      'forbidden > unknown': 1,
      'forbidden > forbidden': 4,
    });
    const why = value(here.store.ruleWhy({ updateId: id(2), uuid: 'silent', draftId, ...limit }));
    expect(why.groups[0]).toMatchObject({
      decision: 'unknown',
      before: 'forbidden',
      reason: { kind: 'unknown', missing: 'directory-groups', packages: ['desk'] },
      changes: [{ kind: 'name-directory-groups' }],
    });
    // One entry more is taken into the forecast that stands as into one made anew.
    const { id: same } = draft({ allowedKbs: [kb(2), kb(1)], forbiddenKbs: [kb(3)] }, { id: draftId });
    expect(moves(forecast(same).fresh.moves)).toEqual({
      'forbidden > allowed': 2,
      'forbidden > unknown': 2,
      'forbidden > forbidden': 2,
    });
  });

  it('is no contradiction where nobody knows, and is one where the host is in the directory group', () => {
    const facts = status({ default_allow: false });
    put('in', [[1, 'no']], { directoryGroups: ['WAPT_desk'], wuaStatus: facts });
    put('silent', [[1, 'no']], { directoryGroups: null, wuaStatus: facts });
    const desk = record('desk', '1');
    store([desk]);
    published(desk, { allowedKbs: [kb(1)] });
    value(here.store.applyCarriers([carrier('profile', 'WAPT_desk')]));
    const found = value(here.store.ruleContradictions({ draftId: null, reason: null, limit: 9, ...limit }));
    expect(found.pairs.map(({ uuid, reason }) => [uuid, reason])).toEqual([['in', 'package-not-installed-yet']]);
    const why = value(here.store.ruleWhy({ updateId: id(1), uuid: null, draftId: null, ...limit }));
    expect(why.groups.flatMap(({ contradictions }) => contradictions)).toEqual([
      { reason: 'package-not-installed-yet', hosts: 1 },
    ]);
  });
});

describe('the hosts behind a warning', () => {
  it('are as many as it says, each once, and are the ones it means', () => {
    const trusting = { trustedSigners: ['ca'], maturities: ['PROD', 'DEV'] };
    put('a', [
      [1, 'yes'],
      [2, 'yes'],
    ]);
    put('b', [[2, 'no']], { trustedSigners: ['ff'] });
    put('c', [[3, 'no']], trusting);
    put('silent', [], { trustedSigners: null, maturities: null });
    for (const uuid of ['a', 'b', 'c', 'silent']) installed(uuid, 'desk');
    put('elsewhere', [], { trustedSigners: ['ff'] });
    put('refuses', [], { groups: ['desk'], trustedSigners: ['ff'] });
    const chain = ['0'.repeat(64), 'ca'];
    store([record('desk', '1')], [update(1, { kbids: ['77'] }), update(2, { kbids: ['77'] }), update(3)]);
    const { id: draftId } = draft({ forbiddenKbs: ['KB77'], forbiddenUpdates: [id(3)] }, { maturity: 'DEV' });
    const { warnings, holders } = forecast(draftId, chain);
    expect(holders).toEqual({ hosts: 5, have: 4, willGet: 0, unsure: 0 });
    const behind = (where: Where) => value(here.store.fleetBehind({ where, ...limit })).uuids;
    const said = (kind: string) => warnings.filter((warning) => warning.kind === kind);
    expect(said('forbidden-but-needed')).toMatchObject([
      { entry: id(3), needed: 1 },
      { entry: 'KB77', needed: 2 },
    ]);
    expect(behind({ kind: 'rule', list: 'forbiddenKbs', entry: 'KB77' })).toEqual(['a', 'b']);
    expect(behind({ kind: 'rule', list: 'forbiddenUpdates', entry: id(3).toUpperCase() })).toEqual(['c']);
    expect(behind({ kind: 'rule', list: 'forbiddenUpdates', entry: 'no_1' })).toEqual([]);
    expect(said('signer-untrusted')).toMatchObject([{ hosts: 2 }]);
    expect(behind({ kind: 'distrust', package: 'desk', chain })).toEqual(['b', 'refuses']);
    expect(said('maturity-not-taken')).toMatchObject([{ hosts: 3 }]);
    expect(behind({ kind: 'immature', package: 'desk', maturity: 'DEV' })).toEqual(['a', 'b', 'refuses']);
  });
});

describe('a forecast of a draft', () => {
  it('counts what moves on hosts that have the package, that will get it, and whose data is old', () => {
    put('has', [
      [1, 'yes'],
      [2, 'no'],
      [3, 'no'],
    ]);
    put('will', [[1, 'no']], { groups: ['team'], wuaStatus: status({ default_allow: false }) });
    put('old', [[1, 'yes']], { wuaStatus: status({ last_scan_date: '2026-10-01T00:00:00' }) });
    put('other', [[1, 'no']]);
    for (const uuid of ['has', 'old']) installed(uuid, 'desk');
    const desk = record('desk', '1');
    store([desk]);
    value(
      here.store.applyCarriers([
        {
          package: 'team',
          section: 'group',
          version: '1',
          maturity: 'PROD',
          description: '',
          depends: 'desk(>=1)',
          signer: '',
        },
      ]),
    );
    published(desk, { allowedKbs: [kb(1)] });
    const { id: draftId } = draft({ forbiddenKbs: [kb(1)], allowedUpdates: [id(2)] });
    const answer = forecast(draftId);
    expect(answer.holders).toEqual({ hosts: 3, have: 2, willGet: 1, unsure: 0 });
    expect(answer.fresh).toMatchObject({ hosts: 2, changedHosts: 1, pairs: 4 });
    expect(moves(answer.fresh.moves)).toEqual({
      'allowed > forbidden': 1,
      'forbidden > allowed': 1,
      'forbidden > forbidden': 2,
    });
    expect(answer.stale).toMatchObject({ hosts: 1, changedHosts: 1, neverScanned: 0 });
    expect(moves(answer.stale.moves)).toEqual({ 'allowed > forbidden': 1 });
    expect(answer.warningCounts).toEqual({ 'forbidden-but-needed': 1 });
    const list = value(
      here.store.rulePairs({
        draftId,
        signer: null,
        before: 'allowed',
        after: 'forbidden',
        isStale: false,
        limit: 5,
        ...limit,
      }),
    );
    expect(list).toMatchObject({
      total: 1,
      isCutOff: false,
      pairs: [
        { uuid: 'has', updateId: id(1), state: 'missing', status: 'PENDING', before: 'allowed', after: 'forbidden' },
      ],
    });
  });

  it('follows each toggle, each new row and each new package as if it were made anew', () => {
    put('a', [
      [1, 'yes'],
      [2, 'no'],
    ]);
    put('b', [
      [1, 'yes'],
      [3, 'no'],
    ]);
    for (const uuid of ['a', 'b']) installed(uuid, 'desk');
    const desk = record('desk', '1');
    store([desk]);
    published(desk, { allowedKbs: [kb(1)] });
    const steps: Partial<Rules>[] = [
      { allowedKbs: [kb(1)] },
      { allowedKbs: [kb(1), kb(2)] },
      { allowedKbs: [kb(2)], forbiddenUpdates: [id(3)] },
      { allowedClassifications: ['Security Updates'] },
      {},
    ];
    const { id: draftId } = draft({});
    for (const step of steps) {
      draft(step, { id: draftId });
      const fresh = draft(step);
      const [kept, anew] = [forecast(draftId), forecast(fresh.id)];
      expect({ ...kept, draftId: '', savedAt: '' }).toEqual({ ...anew, draftId: '', savedAt: '' });
      value(here.store.draftDiscard(fresh.id));
    }
    draft({ allowedKbs: [kb(3)] }, { id: draftId });
    expect(moves(forecast(draftId).fresh.moves)).toMatchObject({ 'forbidden > allowed': 1 });
    value(
      here.store.applyHostRows({
        uuid: 'a',
        mark: null,
        updates: [],
        rows: [row('a', 3, FLAGS.no)],
        readAt: READ_AT,
      }),
    );
    expect(moves(forecast(draftId).fresh.moves)).toEqual({ 'allowed > forbidden': 1, 'forbidden > allowed': 2 });
    value(here.store.applyHosts({ hosts: hosts.slice(0, 1), isComplete: true }));
    expect(forecast(draftId).holders.hosts).toBe(1);
  });

  it('leaves out what is installed or superseded', () => {
    put('a', [[1, 'yes']]);
    installed('a', 'desk');
    store([record('desk', '1')]);
    const rows = [
      row('a', 1, FLAGS.yes),
      row('a', 2, { status: 'OK', installed: true }),
      row('a', 3, { status: 'SUPERSEDED' }),
    ];
    value(here.store.applyHostRows({ uuid: 'a', mark: null, updates: [], rows, readAt: READ_AT }));
    expect(forecast(draft({}).id).fresh.pairs).toBe(1);
  });

  it('counts as unknown what hangs on a version that nobody could read, but not what another package forbids', () => {
    put('a', [
      [1, 'yes'],
      [2, 'no'],
    ]);
    installed('a', 'desk');
    installed('a', 'lost', '7');
    const desk = record('desk', '1');
    store([desk]);
    published(desk, {});
    const answer = forecast(draft({ forbiddenKbs: [kb(1)] }).id);
    expect(moves(answer.fresh.moves)).toEqual({ 'unknown > forbidden': 1, 'unknown > unknown': 1 });
    expect(answer.unread).toEqual([{ package: 'lost', version: '7', hosts: 1 }]);
    expect(answer.unknown.packageContent).toBe(1);
  });

  it('guesses nothing from a rule file of wrong types', () => {
    put('a', [[1, 'no']]);
    installed('a', 'desk');
    installed('a', 'broken');
    const broken = record('broken', '1');
    store([record('desk', '1'), broken]);
    published(record('desk', '1'), {});
    const { filename, md5, package: name, version } = broken;
    for (const text of ['{"allowed_updates": 3}', '[]', 'not json']) {
      const file = { filename, md5: md5 ?? '', package: name, version, isLegacy: false, text, signers: [] };
      value(here.store.putPackageRules(file));
      const answer = forecast(draft({ allowedKbs: [kb(1)] }).id);
      expect(moves(answer.fresh.moves)).toEqual({ 'unknown > unknown': 1 });
      expect(answer.unread).toEqual([{ package: 'broken', version: '1', hosts: 1 }]);
    }
  });

  it('leaves packages of 2015 outside, and says on how many hosts they are', () => {
    put('a', [[1, 'no']]);
    installed('a', 'desk');
    installed('a', 'desk-2015', '3', { section: 'waptwua' });
    const old = record('desk-2015', '3', { isLegacy: true });
    store([record('desk', '1'), old]);
    published(record('desk', '1'), {});
    published(old, { allowedKbs: [kb(1)] }, true);
    const answer = forecast(draft({}).id);
    expect(moves(answer.fresh.moves)).toEqual({ 'forbidden > forbidden': 1 });
    expect(answer.legacyHosts).toBe(1);
  });

  it('changes nothing on hosts that would refuse the package', () => {
    put('takes', [[1, 'no']]);
    put('distrusts', [[1, 'no']], { trustedSigners: ['someone'] });
    for (const uuid of ['takes', 'distrusts']) installed(uuid, 'desk');
    store([record('desk', '1')]);
    published(record('desk', '1'), {});
    const { id: draftId } = draft({ allowedKbs: [kb(1)] });
    expect(moves(forecast(draftId, null).fresh.moves)).toEqual({ 'forbidden > allowed': 2 });
    const known = forecast(draftId);
    expect(moves(known.fresh.moves)).toEqual({ 'forbidden > forbidden': 1, 'forbidden > allowed': 1 });
    expect(known.warningCounts).toMatchObject({ 'signer-untrusted': 1 });
    draft({ allowedKbs: [kb(1)] }, { id: draftId, maturity: 'DEV' });
    expect(forecast(draftId)).toMatchObject({
      fresh: { moves: [{ before: 'forbidden', after: 'forbidden', pairs: 2 }] },
      warnings: [
        { kind: 'signer-untrusted', hosts: 1 },
        { kind: 'maturity-not-taken', maturity: 'DEV', hosts: 2 },
      ],
    });
  });

  it('compares names in the language of each host', () => {
    put('english', [[1, 'no']], { language: 'en' });
    put('french', [[1, 'no']], { language: 'fr' });
    put('unsaid', [[1, 'no']], { language: null });
    for (const uuid of ['english', 'french', 'unsaid']) installed(uuid, 'desk');
    const french = update(2, { classification: 'Mises à jour de la sécurité' });
    store([record('desk', '1')], [update(1, { classification: 'Security Updates' }), french]);
    published(record('desk', '1'), {});
    const answer = forecast(draft({ allowedClassifications: ['Security Updates'] }).id);
    expect(answer.unknown.language).toBe(1);
    const moved = { 'forbidden > allowed': 1, 'forbidden > forbidden': 1, 'forbidden > unknown': 1 };
    expect(moves(answer.fresh.moves)).toEqual(moved);
    const { id: inFrench } = draft({ allowedClassifications: ['Mises à jour de la sécurité'] });
    expect(moves(forecast(inFrench).fresh.moves)).toEqual(moved);
    const allowed = { draftId: inFrench, signer: null, before: 'forbidden', after: 'allowed', isStale: false } as const;
    expect(value(here.store.rulePairs({ ...allowed, limit: 5, ...limit })).pairs).toMatchObject([{ uuid: 'french' }]);
  });

  it('lives through two million ids', () => {
    put('a', [
      [1, 'no'],
      [2, 'no'],
    ]);
    installed('a', 'desk');
    installed('a', 'huge');
    const huge = record('huge', '1');
    store([record('desk', '1'), huge]);
    published(record('desk', '1'), {});
    const many = Array.from({ length: 2_000_000 }, (_, i) => `${guid(1_000_000 + i)}_1`);
    const { filename, md5, package: name, version } = huge;
    const text = `{"allowed_updates":["${many.join('","')}","${id(1)}"]}`;
    value(
      here.store.putPackageRules({
        filename,
        md5: md5 ?? '',
        package: name,
        version,
        isLegacy: false,
        text,
        signers: [],
      }),
    );
    const { id: draftId } = draft({ forbiddenUpdates: [...many.slice(0, 200_000), id(1)] });
    const answer = forecast(draftId);
    expect(moves(answer.fresh.moves)).toEqual({ 'allowed > forbidden': 1, 'forbidden > forbidden': 1 });
    expect(answer.ruleCount).toBe(200_001);
    expect(answer.warnings.length).toBeLessThan(300);
  });

  it('fails where there is no draft', () => {
    store([]);
    expect(here.store.ruleForecast({ draftId: 'gone', signer: null, ...limit })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
  });
});

describe('what hosts report otherwise than the rules say', () => {
  const reasons = (uuid: string) =>
    value(here.store.ruleContradictions({ draftId: null, reason: null, limit: 100, ...limit }))
      .pairs.filter((pair) => pair.uuid === uuid)
      .map((pair) => pair.reason);

  it('has its likely reason', () => {
    const until = { install_delay: '7d' };
    put('fine', [[1, 'yes']]);
    put('pending', [[1, 'no']]);
    put('distrusts', [[1, 'no']], { trustedSigners: ['someone'] });
    put(
      'narrow',
      [
        [1, 'no'],
        [3, 'yes'],
      ],
      { maturities: ['DEV'] },
    );
    put('unscanned', [[1, 'no']]);
    put('waited', [[2, 'later']], { wuaStatus: status({ ...until, last_scan_date: '2026-11-19T00:00:00' }) });
    put('odd', [[1, 'no']]);
    for (const uuid of ['fine', 'waited', 'odd']) installed(uuid, 'desk', '2');
    for (const uuid of ['pending', 'distrusts', 'narrow']) installed(uuid, 'desk', '1');
    installed('unscanned', 'desk', '2', { installDate: '2026-11-20T11:30:00' });
    const newest = record('desk', '2');
    const young = update(2, { changetime: '2026-11-13T00:00:00' });
    store([newest], [update(1), young, update(3)]);
    published(record('desk', '1'), {});
    published(newest, { allowedKbs: [kb(1), kb(2)] });
    expect(reasons('fine')).toEqual([]);
    expect(reasons('pending')).toEqual(['package-not-installed-yet']);
    expect(reasons('distrusts')).toEqual(['signer-not-trusted']);
    expect(reasons('narrow')).toEqual(['maturity-not-taken']);
    expect(reasons('unscanned')).toEqual(['scan-older-than-rules']);
    expect(reasons('waited')).toEqual(['delay-passed']);
    expect(reasons('odd')).toEqual(['unexplained']);
    const few = value(here.store.ruleContradictions({ draftId: null, reason: 'unexplained', limit: 100, ...limit }));
    expect(few).toMatchObject({ total: 1, pairs: [{ uuid: 'odd', before: 'forbidden', after: 'allowed' }] });
    expect(few.counts).toHaveLength(6);
  });
});

describe('why', () => {
  const why = (n: number, uuid: string | null = null, draftId: string | null = null) =>
    value(here.store.ruleWhy({ updateId: id(n), uuid, draftId, ...limit }));

  it('names the packages and the line that decided, and what would change it', () => {
    put('a', [
      [1, 'no'],
      [2, 'yes'],
      [3, 'no'],
    ]);
    put('b', [[1, 'no']]);
    for (const uuid of ['a', 'b']) installed(uuid, 'desk');
    installed('a', 'strict');
    const [desk, strict] = [record('desk', '1'), record('strict', '1')];
    store([desk, strict]);
    published(desk, { forbiddenKbs: [kb(1)], allowedKbs: [kb(2)] });
    published(strict, { forbiddenUpdates: [id(1)] });
    const { groups } = why(1);
    expect(groups).toHaveLength(2);
    const onA = groups.find((group) => group.examples[0]?.uuid === 'a');
    expect(onA).toMatchObject({
      decision: 'forbidden',
      reason: { kind: 'rule', list: 'forbiddenUpdates', packages: ['strict'] },
      reported: [{ state: 'forbidden', hosts: 1 }],
      changes: [
        { kind: 'remove-entry', package: 'strict', list: 'forbiddenUpdates', entry: id(1) },
        { kind: 'remove-entry', package: 'desk', list: 'forbiddenKbs', entry: kb(1) },
      ],
    });
    expect(why(2).groups).toMatchObject([
      { decision: 'allowed', reason: { list: 'allowedKbs', entry: kb(2), packages: ['desk'] } },
    ]);
    expect(why(3).groups).toMatchObject([
      {
        decision: 'forbidden',
        reason: { kind: 'default', defaultAllow: false, source: 'inferred' },
        changes: [
          { kind: 'change-agent-option', option: 'default_allow' },
          { kind: 'add-kb', package: 'desk', list: 'allowedKbs', kb: kb(3) },
        ],
      },
    ]);
  });

  it('says until when a delay holds, and which fact is missing', () => {
    put('held', [[1, 'later']], { wuaStatus: status({ install_delay: '7d' }) });
    put('unsaid', [[1, 'later']], { wuaStatus: { last_scan_date: '2026-11-20T11:00:00' } });
    for (const uuid of ['held', 'unsaid']) installed(uuid, 'desk');
    store([record('desk', '1')], [update(1, { changetime: '2026-11-18T00:00:00' })]);
    published(record('desk', '1'), { allowedKbs: [kb(1)] });
    expect(why(1, 'held').groups).toMatchObject([
      {
        decision: 'held-back',
        heldUntil: '2026-11-25T00:00:00.000Z',
        installDelay: { value: 604_800_000, source: 'reported' },
        changes: expect.arrayContaining([{ kind: 'wait', until: '2026-11-25T00:00:00.000Z' }]) as unknown,
      },
    ]);
    expect(why(1, 'unsaid').groups).toMatchObject([
      {
        decision: 'unknown',
        reason: { kind: 'unknown', missing: 'install_delay' },
        changes: [{ kind: 'state', fact: 'install_delay' }],
      },
    ]);
    value(
      here.store.stateOptions({
        group: '*',
        defaultAllow: null,
        installDelay: '1d',
        language: null,
        allowedSeverities: null,
      }),
    );
    expect(why(1, 'unsaid').groups).toMatchObject([
      { decision: 'allowed', installDelay: { value: 86_400_000, source: 'assumed' } },
    ]);
  });

  it('answers as if a draft were there, and beside it how it is now', () => {
    put('a', [[1, 'no']]);
    installed('a', 'desk');
    store([record('desk', '1')]);
    published(record('desk', '1'), {});
    const { id: draftId } = draft({ allowedKbs: [kb(1)] });
    expect(why(1, 'a', draftId)).toMatchObject({
      draft: { draftId, package: 'desk' },
      groups: [
        {
          decision: 'allowed',
          before: 'forbidden',
          packages: [{ package: 'desk', version: null, isDraft: true, isRead: true }],
        },
      ],
    });
  });

  it('answers for a host that does not report the update, and fails for what nobody knows', () => {
    put('a', [[1, 'no']]);
    store([]);
    expect(why(2, 'a').groups).toMatchObject([{ hosts: 1, reported: [] }]);
    expect(why(2).groups).toEqual([]);
    for (const [updateId, uuid, draftId] of [
      ['nothing', null, null],
      [id(1), 'nobody', null],
      [id(1), null, 'gone'],
    ] as const)
      expect(here.store.ruleWhy({ updateId, uuid, draftId, ...limit })).toMatchObject({
        ok: false,
        error: { code: 'not-found' },
      });
  });
});

describe('facts that were stated', () => {
  it('belong to groups, are counted where they are still missing, and are taken back', () => {
    put('a', [], { groups: ['team'], wuaStatus: null, language: 'fr' });
    put('b', [], { wuaStatus: null, language: null });
    store([]);
    const blank = { defaultAllow: null, installDelay: null, language: null, allowedSeverities: null };
    expect(value(here.store.ruleStated()).groups).toMatchObject([
      { group: '*', hosts: 2, stated: null, unknown: { defaultAllow: 2, installDelay: 2, language: 1 } },
      { group: 'team', hosts: 1, stated: null, unknown: { defaultAllow: 1, installDelay: 1, language: 0 } },
    ]);
    value(here.store.stateOptions({ group: 'team', ...blank, defaultAllow: true, installDelay: '7d' }));
    expect(value(here.store.ruleStated()).groups).toMatchObject([
      { group: '*', unknown: { defaultAllow: 1, installDelay: 1 } },
      { group: 'team', stated: { defaultAllow: true, installDelay: '7d' }, unknown: { defaultAllow: 0 } },
    ]);
    value(here.store.stateOptions({ group: 'team', ...blank }));
    expect(value(here.store.ruleStated()).groups[1]?.stated).toBeNull();
    expect(here.store.stateOptions({ group: 'team', ...blank, installDelay: 'soon' })).toMatchObject({
      ok: false,
      error: { code: 'bad-request', field: 'installDelay' },
    });
  });
});

describe('coverage', () => {
  it('counts by update how the rules that hosts have decide, and where none mentions it', () => {
    put('a', [
      [1, 'yes'],
      [2, 'no'],
    ]);
    put('b', [
      [1, 'yes'],
      [2, 'no'],
    ]);
    put('old', [[1, 'yes']], { wuaStatus: status({ last_scan_date: '2026-10-01T00:00:00' }) });
    for (const uuid of ['a', 'b', 'old']) installed(uuid, 'desk');
    store([record('desk', '1')]);
    published(record('desk', '1'), { allowedKbs: [kb(1)] });
    expect(value(here.store.ruleCoverage(limit)).updates).toEqual([
      { updateId: id(1), hosts: 2, unruled: 0, allowed: 2, forbidden: 0, heldBack: 0, unknown: 0 },
      { updateId: id(2), hosts: 2, unruled: 2, allowed: 0, forbidden: 2, heldBack: 0, unknown: 0 },
    ]);
  });
});
