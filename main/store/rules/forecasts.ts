import type { ConsoleError } from '../../../contract/errors.ts';
import type {
  Contradictions,
  ForecastPart,
  Move,
  RuleForecast,
  RulePair,
  RulePairs,
} from '../../../contract/schemas/rules.ts';
import type { Decision } from '../../../domain/decision.ts';
import { type ForecastCounts, PARTS } from '../../../domain/forecast.ts';
import { CODE, DECISIONS } from '../../../domain/policy.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { ruleCount, withKnownIds } from '../../../domain/rules.ts';
import { bareKb } from '../../../domain/update.ts';
import { indexWarned, ruleWarnings, type WarnedIndex } from '../../../domain/warnings.ts';
import { type Context, kept } from '../context.ts';
import type { KnownBadIds } from '../failures/known-bad.ts';
import type { StaleLimit } from '../hosts.ts';
import type { Overview } from '../overview.ts';
import { first } from '../sql.ts';
import { stateOf } from '../states.ts';
import type { Basis } from './basis.ts';
import { type Contradiction, contradictions, countReasons, takes, trusts } from './contradictions.ts';
import type { FleetHost } from './fleet.ts';
import { type DraftQuestion, holdersOf, type Kept, KeptForecasts, refusal } from './kept-forecasts.ts';
import type { OpenDraft, ReadDraft } from './open-draft.ts';
import { updateSizesOf } from './sizes.ts';

/** A question for the pairs behind a number. */
export interface PairsQuestion extends DraftQuestion {
  readonly before: Decision;
  readonly after: Decision;
  readonly isStale: boolean;
  readonly limit: number;
}

/** A question for contradictions, on the holders of a draft's package or everywhere. */
export interface ContradictionsQuestion extends StaleLimit {
  readonly draftId: string | null;
  readonly reason: Contradiction['reason'] | null;
  readonly limit: number;
}

const moves = (moved: Int32Array): Move[] =>
  DECISIONS.flatMap((before) =>
    DECISIONS.flatMap((after) => {
      const pairs = moved[CODE[before] * 4 + CODE[after]] ?? 0;
      return pairs === 0 ? [] : [{ before, after, pairs }];
    }),
  );

/** One part of a forecast as the window shows it. */
export const partOf = (moved: Int32Array, hosts: number, changedHosts: number): ForecastPart => ({
  hosts,
  changedHosts,
  pairs: moved.reduce((sum, pairs) => sum + pairs, 0),
  moves: moves(moved),
});

/** Positions of the hosts that need at least one of some updates. */
export function hostsOf({ rows }: Basis, positions: readonly number[]): ReadonlySet<number> {
  const { start, host } = rows.byUpdate;
  const found = new Set<number>();
  for (const u of positions) for (let at = start[u] ?? 0; at < (start[u + 1] ?? 0); at++) found.add(host[at] as number);
  return found;
}

/** Forecasts of drafts, kept so that one entry more or less costs little. */
export function forecastsOf(
  context: Context,
  overview: Overview,
  basisNow: () => Basis,
  read: ReadDraft,
  knownBad: KnownBadIds,
) {
  const { db } = context;
  const rowState = db.prepare(`
    SELECT r.state, s.text AS status FROM host_updates r LEFT JOIN statuses s ON s.id = r.status_key
    WHERE r.host_key = ? AND r.update_key = ?`);
  const both = (): number => context.revision.updates + context.revision.rows;

  const forecasts = new KeptForecasts(basisNow, updateSizesOf(context));

  const warned = kept(both, (): WarnedIndex => {
    const counts = overview.counts();
    const superseded = overview.supersededGuids();
    const bad = knownBad();
    return indexWarned(
      overview.descriptions().map((update) => ({
        ...update,
        isSuperseded: superseded.has(update.guid),
        needed: counts.counts(update.id).needed,
        isKnownBad: bad.has(update.updateId),
      })),
      (positions) => hostsOf(basisNow(), positions).size,
    );
  });

  const fresh = (one: Kept): FleetHost[] => one.basis.fleet.hosts.filter((_, h) => one.part[h] === PARTS.fresh);

  const warnings = (one: Kept, open: OpenDraft, signer: readonly string[] | null) => {
    const { basis } = one;
    const holders = basis.fleet.hosts.filter((_, h) => one.reach[h] === 'yes');
    const others = new Map(
      one.afterSets.flatMap(({ beside }) =>
        beside.map((source) => [`${source.name}\n${source.version}`, source] as const),
      ),
    );
    return ruleWarnings(open.rules, [...others.values()], warned(), {
      fleet: {
        maturity: open.draft.maturity,
        signerUntrusted: signer === null ? null : holders.filter((host) => trusts(host, signer) === false).length,
        maturityNotTaken: holders.filter((host) => takes(host, open.draft.maturity) === false).length,
      },
    });
  };

  const unread = (one: Kept): RuleForecast['unread'] => {
    const counts = new Map<string, { package: string; version: string; hosts: number }>();
    for (const host of fresh(one)) {
      for (const each of host.installed) {
        if (each.package === one.package || one.basis.source(each.package, each.version).rules !== null) continue;
        const key = `${each.package}\n${each.version}`;
        const count = counts.get(key) ?? { package: each.package, version: each.version, hosts: 0 };
        counts.set(key, { ...count, hosts: count.hosts + 1 });
      }
    }
    return [...counts.values()].sort((a, b) => b.hosts - a.hosts);
  };

  const unknownFacts = (one: Kept): RuleForecast['unknown'] => {
    const { basis, part } = one;
    const count = (lacks: (h: number) => boolean): number =>
      part.reduce((sum, each, h) => sum + (each === PARTS.fresh && lacks(h) ? 1 : 0), 0);
    return {
      defaultAllow: count((h) => basis.facts[h]?.defaultAllow === 'unknown'),
      installDelay: count((h) => basis.facts[h]?.installDelay === 'unknown'),
      language: count((h) => basis.facts[h]?.language === 'unknown'),
      packageContent: count((h) =>
        (basis.sets.sets[basis.installed[h] ?? 0]?.sources ?? []).some((source) => source.rules === null),
      ),
      directoryGroups: count((h) => one.reach[h] === 'unknown'),
    };
  };

  const toForecast = (one: Kept, open: OpenDraft, { signer }: DraftQuestion): RuleForecast => {
    const { basis, part } = one;
    const counts: ForecastCounts = one.forecast.counts();
    const size = (which: number): number => part.reduce((sum, each) => sum + (each === which ? 1 : 0), 0);
    const holders = basis.fleet.hosts.filter((_, h) => one.reach[h] === 'yes');
    const unsure = basis.fleet.hosts.filter((_, h) => one.reach[h] === 'unknown');
    const refuses = refusal(open, signer);
    const lacking = holders.filter((host) => !host.installed.some((each) => each.package === one.package));
    const willGet = lacking.filter((host) => !refuses(host)).length;
    const { warnings: list, counts: warningCounts } = warnings(one, open, signer);
    const idsOfKb = (kb: string): readonly string[] =>
      (basis.index.byKb.get(bareKb(kb)) ?? []).map((i) => basis.updates[i]?.updateId ?? '');
    return {
      draftId: open.draft.id,
      package: open.draft.package,
      savedAt: open.draft.savedAt,
      computedAt: new Date(one.at).toISOString(),
      holders: { hosts: holders.length, have: holders.length - lacking.length, willGet, unsure: unsure.length },
      fresh: partOf(counts.moved, size(PARTS.fresh), counts.hosts),
      stale: {
        ...partOf(counts.movedStale, size(PARTS.stale), counts.staleHosts),
        neverScanned: [...holders, ...unsure].filter((host) => host.scannedAt === null).length,
      },
      serverBytes: counts.serverBytes,
      hostBytes: counts.hostBytes,
      unknown: unknownFacts(one),
      unread: unread(one),
      legacyHosts: holders.filter((host) => host.hasLegacy).length,
      contradictions: one.contradictions,
      warnings: list,
      warningCounts,
      ruleCount: ruleCount(open.rules),
      addedIds: withKnownIds(open.rules, idsOfKb).added,
    };
  };

  /** The rows of some pairs as the window shows them. */
  const toPairs = (
    basis: Basis,
    pairs: readonly {
      readonly host: number;
      readonly update: number;
      readonly before: Decision;
      readonly after: Decision;
      readonly reason: Contradiction['reason'] | null;
    }[],
  ): RulePair[] =>
    pairs.flatMap((pair) => {
      const host = basis.fleet.hosts[pair.host];
      const update = basis.updates[pair.update];
      if (host === undefined || update === undefined) return [];
      const row = first<{ state: number; status: string | null }>(rowState, host.key, update.id);
      return {
        uuid: host.host.uuid,
        fqdn: host.fqdn,
        updateId: update.updateId,
        title: update.title,
        kbids: update.kbids,
        changetime: update.changetime,
        state: stateOf(row?.state ?? 0),
        status: row?.status ?? null,
        before: pair.before,
        after: pair.after,
        reason: pair.reason,
      };
    });

  return {
    /** What publishing a draft would change; `not-found`. */
    ruleForecast: (question: DraftQuestion): Result<RuleForecast, ConsoleError> => {
      const open = read(question.draftId);
      if (!open.ok) return open;
      return ok(toForecast(forecasts.of(open.value, question), open.value, question));
    },

    /** The pairs behind one number of a forecast; `not-found`. */
    rulePairs: (question: PairsQuestion): Result<RulePairs, ConsoleError> => {
      const open = read(question.draftId);
      if (!open.ok) return open;
      const one = forecasts.of(open.value, question);
      const { pairs, total } = one.forecast.pairs(
        question.isStale ? 'stale' : 'fresh',
        (before, after) => before === question.before && after === question.after,
        question.limit,
      );
      const shown = toPairs(
        one.basis,
        pairs.map((pair) => ({ ...pair, reason: null })),
      );
      return ok({ pairs: shown, total, isCutOff: total > pairs.length });
    },

    /** What hosts report otherwise than the published rules say; `not-found` for an unknown draft. */
    ruleContradictions: (question: ContradictionsQuestion): Result<Contradictions, ConsoleError> => {
      const { draftId, reason, limit, staleDays, now = Date.now() } = question;
      const basis = basisNow();
      let isMeant: (host: FleetHost) => boolean = () => true;
      if (draftId !== null) {
        const open = read(draftId);
        if (!open.ok) return open;
        const reach = holdersOf(basis, open.value.draft.package);
        isMeant = (host) => reach(host) !== 'no';
      }
      const found = contradictions(basis, now, (h) => {
        const host = basis.fleet.hosts[h];
        return host !== undefined && !host.isStale({ staleDays, now }) && isMeant(host);
      });
      const wanted = found.filter((each) => reason === null || each.reason === reason);
      const pairs = toPairs(
        basis,
        wanted.slice(0, limit).map((each) => ({ ...each, before: each.reported, after: each.decision })),
      );
      return ok({ pairs, total: wanted.length, isCutOff: wanted.length > limit, counts: countReasons(found) });
    },
  };
}
