import type { ConsoleError } from '../../../contract/errors.ts';
import type {
  Contradictions,
  ForecastPart,
  Move,
  RuleForecast,
  RulePair,
  RulePairs,
} from '../../../contract/schemas/rules.ts';
import type { Draft } from '../../../contract/schemas/packages.ts';
import { bearersOf, isReached } from '../../../domain/assignment.ts';
import type { Decision } from '../../../domain/decision.ts';
import { CODE, DECISIONS, differences, layOut, reunite, unite } from '../../../domain/policy.ts';
import { Forecast, type ForecastCounts, PARTS, type Standing } from '../../../domain/forecast.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { ruleCount, type Rules, withKnownIds } from '../../../domain/rules.ts';
import { bareKb } from '../../../domain/update.ts';
import { indexWarned, ruleWarnings, type WarnedIndex } from '../../../domain/warnings.ts';
import { type Context, kept } from '../context.ts';
import type { StaleLimit } from '../hosts.ts';
import type { Overview } from '../overview.ts';
import { all, first } from '../sql.ts';
import { stateOf } from '../states.ts';
import type { Basis } from './basis.ts';
import { relevant } from './contents.ts';
import { type Contradiction, contradictions, countReasons, takes, trusts } from './contradictions.ts';
import type { FleetHost } from './fleet.ts';

/** A question about a draft; `signer` are the fingerprints of the chain that would sign it, null where no signer is open. */
export interface DraftQuestion extends StaleLimit {
  readonly draftId: string;
  readonly signer: readonly string[] | null;
}

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

/** A draft as forecasts look at it. */
export interface OpenDraft {
  readonly draft: Omit<Draft, 'rules'>;
  readonly rules: Rules;
  /** Without what concerns no known update. */
  readonly relevant: Rules;
}

/** Reads a draft; `not-found`. */
export type ReadDraft = (draftId: string) => Result<OpenDraft, ConsoleError>;

/** A set of rules of the hosts with the draft in the place of its package. */
interface AfterSet {
  readonly language: string | null;
  /** Number of the set without the package. */
  readonly others: number;
}

/** The forecast of one draft as it stands. */
interface Kept {
  readonly basis: Basis;
  readonly package: string;
  readonly at: number;
  /** What else than the draft's lists it was made for. */
  readonly made: string;
  readonly part: Uint8Array;
  readonly base: readonly Uint8Array[];
  readonly afterSets: readonly AfterSet[];
  /** What the draft says, by language. */
  own: Map<string | null, Uint8Array>;
  rulesets: readonly Uint8Array[];
  readonly forecast: Forecast;
}

/** How long ages and staleness are taken as they were (milliseconds). */
const MINUTE = 60_000;

/** Which drafts' forecasts are kept; an editor has one or two open. */
const KEPT = 4;

/** Hosts that have a package or should have it. */
export function holdersOf(basis: Basis, name: string): (host: FleetHost) => boolean {
  const bearers = bearersOf(name, basis.fleet.bearers);
  return (host) => host.named.has(name) || isReached(host.host, bearers);
}

/** Whether a host would surely not take the package: it says whom it trusts and what maturities it takes. */
const refusal =
  (open: OpenDraft, signer: readonly string[] | null): ((host: FleetHost) => boolean) =>
  (host) =>
    takes(host, open.draft.maturity) === false || (signer !== null && trusts(host, signer) === false);

const moves = (moved: Int32Array): Move[] =>
  DECISIONS.flatMap((before) =>
    DECISIONS.flatMap((after) => {
      const pairs = moved[CODE[before] * 4 + CODE[after]] ?? 0;
      return pairs === 0 ? [] : [{ before, after, pairs }];
    }),
  );

const partOf = (moved: Int32Array, hosts: number, changedHosts: number): ForecastPart => ({
  hosts,
  changedHosts,
  pairs: moved.reduce((sum, pairs) => sum + pairs, 0),
  moves: moves(moved),
});

/** Forecasts of drafts, kept so that one entry more or less costs little. */
export function forecastsOf(context: Context, overview: Overview, basisNow: () => Basis, read: ReadDraft) {
  const { db } = context;
  const known = new Map<string, Kept>();
  const sizes = db.prepare(
    `SELECT coalesce(facts ->> '$.maxDownloadSize', facts ->> '$.minDownloadSize', 0) AS bytes,
            downloaded_on IS NOT NULL AS on_server FROM updates ORDER BY id`,
  );
  const rowState = db.prepare(`
    SELECT r.state, s.text AS status FROM host_updates r LEFT JOIN statuses s ON s.id = r.status_key
    WHERE r.host_key = ? AND r.update_key = ?`);
  const both = (): number => context.revision.updates + context.revision.rows;

  const updateSizes = kept(
    () => context.revision.updates,
    () => {
      const lines = all<{ bytes: number; on_server: number }>(sizes);
      return {
        bytes: Float64Array.from(lines, (line) => Number(line.bytes) || 0),
        onServer: Uint8Array.from(lines, (line) => line.on_server),
      };
    },
  );

  const warned = kept(both, (): WarnedIndex => {
    const counts = overview.counts();
    const superseded = overview.supersededGuids();
    return indexWarned(
      overview.descriptions().map((update) => ({
        ...update,
        isSuperseded: superseded.has(update.guid),
        needed: counts.counts(update.id).needed,
      })),
    );
  });

  const compileOwn = (basis: Basis, open: OpenDraft, languages: Iterable<string | null>) =>
    new Map(
      [...new Set(languages)].map((language) => [
        language,
        basis.sets.compile({ name: open.draft.package, rules: open.relevant }, language),
      ]),
    );

  const begin = (basis: Basis, open: OpenDraft, question: DraftQuestion, now: number, made: string): Kept => {
    const { staleDays, signer } = question;
    const { hosts } = basis.fleet;
    const name = open.draft.package;
    const isHolder = holdersOf(basis, name);
    const part = Uint8Array.from(hosts, (host) =>
      isHolder(host) ? (host.isStale({ staleDays, now }) ? PARTS.stale : PARTS.fresh) : PARTS.outside,
    );
    const refuses = refusal(open, signer);
    const afterSets: AfterSet[] = [];
    const afterOf = new Map<number, number>();
    // -1: nothing comes to the host, or it would refuse it.
    const after = basis.installed.map((set, h) => {
      const host = hosts[h];
      if (part[h] === PARTS.outside || host === undefined || refuses(host)) return -1;
      let number = afterOf.get(set);
      if (number === undefined) {
        const { sources, language } = basis.sets.sets[set] ?? { sources: [], language: null };
        const others = basis.sets.of(
          sources.filter((source) => source.name !== name),
          language,
        );
        number = afterSets.push({ others, language }) - 1;
        afterOf.set(set, number);
      }
      return number;
    });
    const base = basis.sets.sets.map(({ says }) => says);
    const own = compileOwn(
      basis,
      open,
      afterSets.map(({ language }) => language),
    );
    const rulesets = [
      ...base,
      ...afterSets.map(({ others, language }) =>
        unite(
          basis.index,
          [base[others], own.get(language)].filter((each) => each !== undefined),
        ),
      ),
    ];
    const standing: Standing = {
      before: basis.installed,
      after: after.map((set, h) => (set < 0 ? (basis.installed[h] ?? 0) : base.length + set)),
      policy: basis.policyOf,
      part,
      rulesets,
      table: layOut(basis.index, basis.policies, now),
    };
    const forecast = new Forecast(basis.rows, standing, updateSizes());
    return { basis, package: name, at: now, made, part, base, afterSets, own, rulesets, forecast };
  };

  /** Takes the draft as it is now into a forecast that stands. */
  const change = (one: Kept, open: OpenDraft): void => {
    const own = compileOwn(one.basis, open, one.own.keys());
    const positions = new Set<number>();
    for (const [language, says] of own)
      for (const u of differences(one.own.get(language) ?? new Uint8Array(says.length), says)) positions.add(u);
    if (positions.size === 0) return;
    const list = [...positions];
    const rulesets = one.rulesets.map((united, set) => {
      const after = one.afterSets[set - one.base.length];
      const says = after === undefined ? undefined : own.get(after.language);
      const others = after === undefined ? undefined : one.base[after.others];
      return says === undefined || others === undefined ? united : reunite(united, others, says, list);
    });
    one.forecast.change(list, rulesets);
    one.own = own;
    one.rulesets = rulesets;
  };

  const standingFor = (open: OpenDraft, question: DraftQuestion): Kept => {
    const { staleDays, signer, now = Date.now() } = question;
    const basis = basisNow();
    const { id, package: name, maturity } = open.draft;
    const made = JSON.stringify([name, maturity, staleDays, signer]);
    const one = known.get(id);
    known.delete(id);
    const isUsable = one !== undefined && one.basis === basis && one.made === made && Math.abs(now - one.at) < MINUTE;
    const next = isUsable ? one : begin(basis, open, question, now, made);
    if (isUsable) change(next, open);
    known.set(id, next);
    if (known.size > KEPT) known.delete(known.keys().next().value ?? '');
    return next;
  };

  const fresh = (one: Kept): FleetHost[] => one.basis.fleet.hosts.filter((_, h) => one.part[h] === PARTS.fresh);

  const warnings = (one: Kept, open: OpenDraft, signer: readonly string[] | null) => {
    const { basis } = one;
    const holders = basis.fleet.hosts.filter((_, h) => one.part[h] !== PARTS.outside);
    const others = new Map(
      one.afterSets.flatMap(({ others: set }) =>
        (basis.sets.sets[set]?.sources ?? []).map((source) => [`${source.name}\n${source.version}`, source] as const),
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
    };
  };

  const toForecast = (one: Kept, open: OpenDraft, { signer }: DraftQuestion): RuleForecast => {
    const { basis, part } = one;
    const counts: ForecastCounts = one.forecast.counts();
    const size = (which: number): number => part.reduce((sum, each) => sum + (each === which ? 1 : 0), 0);
    const holders = basis.fleet.hosts.filter((_, h) => part[h] !== PARTS.outside);
    const have = holders.filter((host) => host.installed.some((each) => each.package === one.package)).length;
    const found = contradictions(basis, one.at, (h) => part[h] === PARTS.fresh);
    const { warnings: list, counts: warningCounts } = warnings(one, open, signer);
    const idsOfKb = (kb: string): readonly string[] =>
      (basis.index.byKb.get(bareKb(kb)) ?? []).map((i) => basis.updates[i]?.updateId ?? '');
    return {
      draftId: open.draft.id,
      package: open.draft.package,
      savedAt: open.draft.savedAt,
      computedAt: new Date(one.at).toISOString(),
      holders: { hosts: holders.length, have, willGet: holders.length - have },
      fresh: partOf(counts.moved, size(PARTS.fresh), counts.hosts),
      stale: {
        ...partOf(counts.movedStale, size(PARTS.stale), counts.staleHosts),
        neverScanned: holders.filter((host) => host.scannedAt === null).length,
      },
      serverBytes: counts.serverBytes,
      hostBytes: counts.hostBytes,
      unknown: unknownFacts(one),
      unread: unread(one),
      legacyHosts: holders.filter((host) => host.hasLegacy).length,
      contradictions: countReasons(found),
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
      return ok(toForecast(standingFor(open.value, question), open.value, question));
    },

    /** The pairs behind one number of a forecast; `not-found`. */
    rulePairs: (question: PairsQuestion): Result<RulePairs, ConsoleError> => {
      const open = read(question.draftId);
      if (!open.ok) return open;
      const one = standingFor(open.value, question);
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
        isMeant = holdersOf(basis, open.value.draft.package);
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

/** Reads drafts for forecasts from the database. */
export function draftReader({ db }: Context, basisNow: () => Basis): ReadDraft {
  const one = db.prepare('SELECT draft FROM drafts WHERE id = ?');
  return (draftId) => {
    const line = first<{ draft: string }>(one, draftId);
    if (line === undefined) return fail({ code: 'not-found' });
    const { rules, ...draft } = JSON.parse(line.draft) as Draft;
    return ok({ draft, rules, relevant: relevant(rules, basisNow().index) });
  };
}
