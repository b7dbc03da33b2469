import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostUpdateRow } from '../../contract/schemas/hosts.ts';
import type { Draft } from '../../contract/schemas/packages.ts';
import type { RulePair } from '../../contract/schemas/rules.ts';
import type { Decision } from '../../domain/decision.ts';
import { emptyRules, type Rules } from '../../domain/rules.ts';
import type { UpdateRow } from '../../domain/update.ts';
import type { Lab } from '../../lab/lab.ts';
import { type Bench, signedIn, signer, testConsole, testLab, until } from './harness.ts';

const HOSTS = 300;
const DECISIONS = ['allowed', 'forbidden', 'held-back', 'unknown'] as const;

let lab: Lab;
let bench: Bench;

/** What a row says that the host decided, read from what protocol 9.1 calls it and from nothing of the console's own. */
function decided(row: HostUpdateRow): Decision | null {
  if (row.status === 'DISCARDED') return row.delayed === true ? 'held-back' : 'forbidden';
  return row.status === 'PENDING' || row.status === 'MISSING' || row.status === 'ERROR' ? 'allowed' : null;
}

const order = async (action: 'scan', uuids: readonly string[]): Promise<void> => {
  const { id } = await bench.need('actions.trigger', { action, uuids: [...uuids] });
  await until(
    () => bench.need('actions.runs', {}),
    (runs) => runs.find((run) => run.id === id)?.endedAt != null,
    90,
  );
};

/** Hosts that obey: they are connected, and neither too old nor somebody else's. */
const obeying = async (): Promise<readonly string[]> => {
  const deaf = new Set(
    lab.hosts
      .filter((host) => host.behaviour === 'other-signer' || host.behaviour === 'old-agent')
      .map((host) => host.uuid),
  );
  const { rows } = await bench.need('hosts.list', {});
  return rows.filter((row) => row.reachable === 'OK' && !deaf.has(row.uuid)).map((row) => row.uuid);
};

const synced = async (): Promise<void> => {
  const before = (await bench.need('sync.state', {})).finishedAt;
  await bench.need('sync.start', { full: false });
  await until(
    () => bench.need('sync.state', {}),
    (state) => state.phase === 'idle' && state.finishedAt !== before,
  );
};

/** Has hosts read the repository, install what is new, and scan. */
const settle = async (uuids: readonly string[]): Promise<void> => {
  // A host scans after it installed what is new: its tasks have their order.
  await bench.need('actions.trigger', { action: 'refresh', uuids: [...uuids] });
  await order('scan', uuids);
  await synced();
};

const draftOf = async (name: string, change: (rules: Rules) => Partial<Rules>, maturity = 'PROD'): Promise<Draft> => {
  const { packages } = await bench.need('packages.list', {});
  const newest = packages.find((each) => each.package === name && each.isNewest);
  const content = newest === undefined ? null : await bench.need('packages.read', { filename: newest.filename });
  const rules = content?.rules ?? emptyRules;
  return bench.need('drafts.save', {
    id: null,
    package: name,
    description: content?.description ?? '',
    maturity,
    rules: structuredClone({ ...rules, ...change(rules) }),
    base: newest === undefined ? null : { filename: newest.filename, version: newest.version },
  });
};

const publish = async (draft: Draft): Promise<void> => {
  const { version } = await bench.need('packages.check', { draftId: draft.id });
  await bench.need('packages.publish', { draftId: draft.id, version, overMoved: false, reason: '' });
};

const everyPair = async (draftId: string, isStale: boolean): Promise<readonly RulePair[]> => {
  const found: RulePair[] = [];
  for (const before of DECISIONS) {
    for (const after of DECISIONS) {
      const answer = await bench.need('rules.pairs', { draftId, before, after, isStale, limit: 50_000 });
      expect(answer.isCutOff).toBe(false);
      found.push(...answer.pairs);
    }
  }
  return found;
};

/** A forecast with every pair behind its numbers. */
const foreseen = async (draft: Draft) => {
  const forecast = await bench.need('rules.forecast', { draftId: draft.id });
  expect(forecast.savedAt).toBe(draft.savedAt);
  const pairs = await everyPair(draft.id, false);
  expect(pairs).toHaveLength(forecast.fresh.pairs);
  const stale = await everyPair(draft.id, true);
  expect(stale).toHaveLength(forecast.stale.pairs);
  return { forecast, pairs, stale: stale.length };
};

/** Compares each pair of a forecast with what its host reports now. `away`: the host is not connected; `ended`: superseded meanwhile. */
const compare = async (pairs: readonly RulePair[]) => {
  const open = new Set(await obeying());
  const compared = { same: new Map<Decision, number>(), unknown: 0, away: 0, ended: 0, differences: [] as string[] };
  for (const [uuid, own] of Map.groupBy(pairs, (pair) => pair.uuid)) {
    if (!open.has(uuid)) {
      compared.away += own.length;
      continue;
    }
    const rows = new Map((await bench.need('hosts.updates', { uuid })).map((row) => [row.update.updateId, row]));
    for (const pair of own) {
      const row = rows.get(pair.updateId);
      const said = row === undefined ? null : decided(row);
      if (said === null) compared.ended++;
      else if (pair.after === 'unknown') compared.unknown++;
      else if (said === pair.after) compared.same.set(said, (compared.same.get(said) ?? 0) + 1);
      else compared.differences.push(`${pair.fqdn} ${pair.title}: forecast ${pair.after}, reported ${said}`);
    }
  }
  return compared;
};

const count = (same: ReadonlyMap<Decision, number>): number => [...same.values()].reduce((sum, each) => sum + each, 0);

const kbsOf = (rows: readonly UpdateRow[]): readonly string[] =>
  rows.flatMap((row) => row.kbids.map((kb) => `KB${kb}`));

beforeAll(async () => {
  lab = await testLab({ hosts: HOSTS, pace: 30, schedules: false, varied: true });
  bench = await testConsole(lab);
  await signedIn(bench, lab);
  await signer(bench, lab);
  await until(
    () => bench.need('packages.list', {}),
    ({ packages }) => packages.length > 0 && packages.every((each) => each.verification.kind === 'verified'),
  );
});

afterAll(async () => {
  await bench.stop();
  await lab.stop();
});

describe('a forecast and what 300 hosts then report', () => {
  it('has a fleet worth comparing', () => {
    const ordinary = lab.hosts.filter((host) => host.behaviour === 'ordinary');
    for (const [name, has] of Object.entries({
      french: ordinary.some((host) => host.language === 'fr'),
      english: ordinary.some((host) => host.language === 'en'),
      allowing: ordinary.some((host) => host.options.default_allow),
      refusing: ordinary.some((host) => !host.options.default_allow),
      delaying: new Set(ordinary.map((host) => host.options.install_delay)).size === 4,
      ownSeverities: ordinary.some((host) => host.options.allowed_severities.length > 0),
      twoPackages: ordinary.some((host) => host.groups.length === 2),
    }))
      expect([name, has]).toEqual([name, true]);
  });

  it('agree pair by pair on a changed package and on a new one', async () => {
    const { rows } = await bench.need('updates.list', {});
    const needed = rows.filter((row) => row.hosts.needed > 0);
    expect(rows.some((row) => row.isSuperseded && row.hosts.superseded > 0)).toBe(true);
    const servers = await draftOf('lab-wua-servers', () => ({
      allowedSeverities: ['Critical'],
      allowedProducts: ['Windows Server 2016'],
      forbiddenUpdates: needed.filter((_, i) => i % 9 === 0).map((row) => row.updateId),
    }));
    const pilot = await draftOf(
      'lab-wua-pilot',
      () => ({
        allowedProducts: ['Windows 11'],
        forbiddenKbs: kbsOf(needed.slice(3, 12)),
        allowedUpdates: needed.slice(10, 60).map((row) => row.updateId),
      }),
      'PREPROD',
    );
    const before = await foreseen(servers);
    // Nobody reports which severities an agent allows by itself: until somebody states it, what hangs on it stays unknown.
    const unknown = before.pairs.filter((pair) => pair.after === 'unknown').length;
    expect(unknown).toBeGreaterThan(0);
    const stated = await bench.need('rules.state', {
      group: 'lab-servers',
      defaultAllow: false,
      installDelay: null,
      language: null,
      allowedSeverities: [],
    });
    expect(stated.groups.find((each) => each.group === 'lab-servers')).toMatchObject({
      unknown: { defaultAllow: 0, allowedSeverities: 0 },
    });
    const onServers = await foreseen(servers);
    expect(onServers.pairs.filter((pair) => pair.after === 'unknown')).toHaveLength(0);
    expect(onServers.pairs).toHaveLength(before.pairs.length);
    const onPilot = await foreseen(pilot);
    expect(onPilot.forecast.holders).toMatchObject({ have: 0, willGet: onPilot.forecast.holders.hosts });
    expect(onPilot.forecast.fresh.changedHosts).toBeGreaterThan(10);

    await publish(servers);
    await publish(pilot);
    const holders = new Set([...onServers.pairs, ...onPilot.pairs].map((pair) => pair.uuid));
    await settle((await obeying()).filter((uuid) => holders.has(uuid)));

    for (const { pairs } of [onServers, onPilot]) {
      const compared = await compare(pairs);
      expect(compared.differences).toEqual([]);
      expect(compared.ended).toBe(0);
      expect(count(compared.same)).toBeGreaterThan(100);
    }
  });

  it('agree pair by pair where several packages hold together, in two languages and under delays', async () => {
    const { rows } = await bench.need('updates.list', {});
    const needed = rows.filter((row) => row.hosts.needed > 0);
    const desktops = await draftOf('lab-wua-desktops', (rules) => ({
      allowedKbs: kbsOf(needed.slice(0, 6)),
      forbiddenKbs: [...rules.forbiddenKbs, ...kbsOf(needed.slice(10, 14))],
      forbiddenUpdates: needed.slice(20, 30).map((row) => row.updateId),
      allowedUpdates: needed.slice(28, 44).map((row) => row.updateId),
      // Names in one language each: a host compares its own.
      allowedClassifications: ['Updates', 'Mises à jour de la sécurité', 'Definition Updates', 'Pilotes'],
    }));
    const { pairs, stale, forecast } = await foreseen(desktops);
    expect(stale).toBeGreaterThan(0);
    expect(forecast.holders.willGet).toBeLessThan(forecast.holders.have);

    const [pair] = pairs.filter((each) => each.before !== each.after);
    const { updateId, uuid, after } = pair ?? { updateId: '', uuid: '', after: 'unknown' };
    const why = await bench.need('rules.why', { updateId, uuid, draftId: desktops.id });
    expect(why.groups).toMatchObject([{ decision: after, hosts: 1, before: pair?.before }]);

    await publish(desktops);
    await settle(await obeying());

    const compared = await compare(pairs);
    expect(compared.differences).toEqual([]);
    expect(compared.ended).toBe(0);
    for (const decision of ['allowed', 'forbidden', 'held-back'] as const)
      expect([decision, (compared.same.get(decision) ?? 0) > 50]).toEqual([decision, true]);
    // What stays unknown hangs on severities that no row of the host shows; it is little.
    expect(compared.unknown).toBeLessThan(pairs.length / 5);
    const { counts } = await bench.need('rules.contradictions', { draftId: null, reason: null, limit: 10 });
    expect(counts.find((each) => each.reason === 'unexplained')).toBeUndefined();
  });
});
