import type { CveAudit, CveLine, CveUpdate, ExposureCounts } from '../../../contract/schemas/cves.ts';
import {
  EXPOSURES,
  type Exposure,
  exposureOf,
  type FixStanding,
  fixStanding,
  worstOf,
} from '../../../domain/cve/exposure.ts';
import { isNeeded, type RowState } from '../../../domain/update.ts';
import { ageOf, type FleetHost, type Limit, type Picture, stateNow } from '../fleet/picture.ts';
import type { Overview } from '../overview.ts';
import type { CveKnowledge, KnownCve } from './knowledge.ts';

/** One fix: its position, and those of everything that contains it. */
interface Fix {
  readonly at: number;
  readonly newer: readonly number[];
}

/** How every host stands with a list of CVEs. */
export interface Exposed {
  readonly known: readonly KnownCve[];
  readonly hosts: readonly {
    readonly host: FleetHost;
    readonly exposures: readonly Exposure[];
    readonly worst: Exposure;
  }[];
  /** Affected hosts (by key) by the position of the update that would put them right. */
  readonly cures: ReadonlyMap<number, ReadonlySet<number>>;
  readonly fixes: ReadonlyMap<number, Fix>;
}

/** Judges every Windows host. */
export function expose(
  cves: readonly string[],
  knowledge: CveKnowledge,
  overview: Overview,
  picture: Picture,
  limit: Limit,
): Exposed {
  const known = knowledge.of(cves);
  const fixes = new Map<number, Fix>();
  for (const at of known.flatMap((one) => one.fixes))
    if (!fixes.has(at)) fixes.set(at, { at, newer: knowledge.newerOf(at) });
  const updates = overview.descriptions();
  const superseded = overview.supersededGuids();
  const slots = new Map<number, number>();
  for (const { at, newer } of fixes.values())
    for (const each of [at, ...newer]) slots.set(updates[each]?.id ?? -1, each);
  const cures = new Map<number, Set<number>>();

  const statesOf = (host: FleetHost): ReadonlyMap<number, RowState> => {
    const states = new Map<number, RowState>();
    const { update, state } = picture.rowsOf(host.key);
    update.forEach((key, row) => {
      const at = slots.get(key);
      if (at !== undefined) states.set(at, stateNow(state[row] as number, picture.updates.isOnServer[key] as number));
    });
    return states;
  };
  const cureOf = ({ at, newer }: Fix, states: ReadonlyMap<number, RowState>): number | undefined => {
    const needed = [at, ...newer].filter((each) => isNeeded(states.get(each) ?? 'superseded'));
    return needed.find((each) => !superseded.has(updates[each]?.guid ?? '')) ?? needed[0];
  };

  const hosts = picture.hosts.map((host) => {
    const isCounted = ageOf(host, limit) === 'counted';
    const states = isCounted ? statesOf(host) : new Map<number, RowState>();
    const standings = new Map<number, FixStanding>();
    for (const fix of fixes.values()) {
      const standing = fixStanding(
        states.get(fix.at) ?? null,
        fix.newer.flatMap((each) => states.get(each) ?? []),
      );
      standings.set(fix.at, standing);
      if (standing.state !== 'blocked' && standing.state !== 'pending') continue;
      const cure = cureOf(fix, states);
      if (cure !== undefined) cures.set(cure, (cures.get(cure) ?? new Set()).add(host.key));
    }
    const exposures = known.map((one) =>
      exposureOf(
        one.fixes.flatMap((at) => standings.get(at) ?? []),
        {
          isCounted,
          indexDate: host.indexDate,
          released: one.released,
          isAnyKnown: one.fixes.length > 0,
          hasOther: one.hasOther,
        },
      ),
    );
    return { host, exposures, worst: worstOf(exposures) };
  });
  return { known, hosts, cures, fixes };
}

const tally = (hosts: readonly { readonly exposure: Exposure; readonly isStale: boolean }[]): ExposureCounts => {
  const counts: Record<Exposure, number> & { stale: number } = { ...zeros, stale: 0 };
  for (const { exposure, isStale } of hosts) {
    counts[exposure]++;
    if (isStale) counts.stale++;
  }
  return counts;
};

const zeros = Object.fromEntries(EXPOSURES.map((exposure) => [exposure, 0])) as Record<Exposure, number>;

/** Counts what was judged. */
export function auditOf(exposed: Exposed, overview: Overview, limit: Limit): Omit<CveAudit, 'freshness'> {
  const { known, hosts, cures, fixes } = exposed;
  const stale = hosts.map(({ host }) => ageOf(host, limit) !== 'counted');
  const updates = overview.descriptions();
  const newerThan = (one: KnownCve): ReadonlySet<number> =>
    new Set(one.fixes.flatMap((at) => fixes.get(at)?.newer ?? []).filter((at) => !one.fixes.includes(at)));
  const lines = known.map(
    (one, c): CveLine => ({
      cve: one.cve,
      isKnown: one.isKnown,
      kbs: one.kbs,
      hasOther: one.hasOther,
      released: one.released,
      severity: one.severity,
      fixes: one.fixes.length,
      bySupersedence: newerThan(one).size,
      hosts: tally(
        hosts.map(({ exposures }, h) => ({ exposure: exposures[c] ?? 'no-data', isStale: stale[h] === true })),
      ),
    }),
  );
  const cured = [...cures].map(([at, keys]): CveUpdate => {
    const update = updates[at];
    const fixing = known.filter((one) => one.fixes.includes(at) || newerThan(one).has(at));
    return {
      updateId: update?.updateId ?? '',
      title: update?.title ?? '',
      kbids: update?.kbids ?? [],
      cves: fixing.length,
      isBySupersedence: !fixing.some((one) => one.fixes.includes(at)),
      hosts: keys.size,
    };
  });
  return {
    lines,
    hosts: tally(hosts.map(({ worst }, h) => ({ exposure: worst, isStale: stale[h] === true }))),
    hostCount: hosts.length,
    updates: cured.sort((a, b) => b.hosts - a.hosts || (a.updateId < b.updateId ? -1 : 1)),
  };
}
