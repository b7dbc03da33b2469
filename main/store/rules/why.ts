import type { ConsoleError } from '../../../contract/errors.ts';
import type { ContradictionReason, Why, WhyChange, WhyGroup, WhyReason } from '../../../contract/schemas/rules.ts';
import type { Reach } from '../../../domain/assignment.ts';
import {
  type Decision,
  dateOf,
  decideInDoubt,
  type MergedRules,
  mergeRules,
  normalEntry,
  type Reason,
  type Ruled,
  type Verdict,
} from '../../../domain/decision.ts';
import type { HostFacts } from '../../../domain/facts.ts';
import { reportedDecision } from '../../../domain/reported.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { emptyRules, type RuleList, type Rules } from '../../../domain/rules.ts';
import { bareKb, isNeeded, type RowState } from '../../../domain/update.ts';
import type { Context } from '../context.ts';
import type { StaleLimit } from '../hosts.ts';
import { all, first } from '../sql.ts';
import { stateOf, unpackFlags } from '../states.ts';
import type { Basis } from './basis.ts';
import { hostReason, notInstalled } from './contradictions.ts';
import type { FleetHost } from './fleet.ts';
import { holdersOf } from './kept-forecasts.ts';
import type { OpenDraft, ReadDraft } from './open-draft.ts';
import type { Source } from './rule-sets.ts';
import { changesOf, shownEntry } from './why-changes.ts';

/** A question why. `uuid` null: on every host that reports the update; `draftId` null: by the rules that hosts have. */
export interface WhyQuestion extends StaleLimit {
  readonly updateId: string;
  readonly uuid: string | null;
  readonly draftId: string | null;
}

/** Most hosts that a group names. */
const EXAMPLES = 20;

interface Row {
  readonly host_key: number;
  readonly state: number;
  readonly status: string | null;
  readonly flags: number;
}

/** One host with its verdict and what it reports. */
interface Judged {
  readonly h: number;
  readonly host: FleetHost;
  readonly facts: HostFacts;
  readonly sources: readonly Source[];
  readonly verdict: Verdict;
  readonly before: Decision;
  readonly state: RowState | null;
  readonly contradiction: ContradictionReason | null;
  readonly isStale: boolean;
}

/** What of a source could concern one update: few entries, whatever the size of the package. */
function concerning(rules: Rules, update: Ruled): Rules {
  const kbs = new Set(update.kbids.map(bareKb));
  const id = update.updateId.toLowerCase();
  const keep = (list: RuleList, isMeant: (entry: string) => boolean): readonly string[] => rules[list].filter(isMeant);
  return {
    ...emptyRules,
    allowedUpdates: keep('allowedUpdates', (entry) => normalEntry('allowedUpdates', entry) === id),
    forbiddenUpdates: keep('forbiddenUpdates', (entry) => normalEntry('forbiddenUpdates', entry) === id),
    allowedKbs: keep('allowedKbs', (entry) => kbs.has(bareKb(entry))),
    forbiddenKbs: keep('forbiddenKbs', (entry) => kbs.has(bareKb(entry))),
    allowedProducts: rules.allowedProducts,
    allowedSeverities: rules.allowedSeverities,
    allowedClassifications: rules.allowedClassifications,
  };
}

function shownReason(reason: Reason, facts: HostFacts): WhyReason {
  if (reason.kind === 'rule') {
    const { list, entry, sources } = reason;
    return { kind: 'rule', list, entry: shownEntry(list, entry), packages: sources };
  }
  if (reason.kind === 'default') return { ...reason, source: facts.defaultAllow };
  return { kind: 'unknown', missing: reason.missing, packages: reason.sources };
}

/** Hosts with the same verdict, for the same reason, under the same packages and facts. */
const groupKey = ({ verdict, before, facts, sources }: Judged): string =>
  JSON.stringify([
    verdict,
    before,
    facts.options,
    facts.defaultAllow,
    facts.installDelay,
    facts.language,
    sources.map(({ name, version, isDoubtful }) => `${name}\n${version}\n${isDoubtful === true}`).sort(),
  ]);

const counted = <T>(values: readonly T[]): (readonly [T, number])[] =>
  [...Map.groupBy(values, (value) => value)].map(([value, each]) => [value, each.length] as const);

/** Answers why an update stands as it stands. */
export function whyOf(context: Context, basisNow: () => Basis, read: ReadDraft) {
  const { db } = context;
  const key = db.prepare('SELECT id FROM updates WHERE update_id = ?');
  const rowsOf = db.prepare(`
    SELECT r.host_key, r.state, s.text AS status, r.flags
    FROM host_updates r LEFT JOIN statuses s ON s.id = r.status_key WHERE r.update_key = ?`);

  const sourcesAfter = (sources: readonly Source[], open: OpenDraft | null, reach: Reach): readonly Source[] =>
    open === null || reach === 'no'
      ? sources
      : [
          ...sources.filter((source) => source.name !== open.draft.package),
          { name: open.draft.package, version: '', rules: open.relevant, isDoubtful: reach === 'unknown' },
        ];

  const judge = (
    basis: Basis,
    update: Ruled & { readonly u: number },
    row: Row | null,
    h: number,
    open: OpenDraft | null,
    reach: Reach,
    { staleDays, now = Date.now() }: StaleLimit,
  ): (Judged & { readonly merged: MergedRules }) | null => {
    const host = basis.fleet.hosts[h];
    const facts = basis.facts[h];
    if (host === undefined || facts === undefined) return null;
    const small = (sources: readonly Source[]): readonly Source[] =>
      sources.map((source) => ({
        ...source,
        rules: source.rules === null ? null : concerning(source.rules, update),
      }));
    const spelling = basis.spelling(facts.options.language);
    const verdictOf = (sources: readonly Source[]): Verdict =>
      decideInDoubt(small(sources), update, facts.options, now, spelling);
    const present = basis.sets.sets[basis.installed[h] ?? 0]?.sources ?? [];
    const published = basis.sets.sets[basis.published[h] ?? 0]?.sources ?? [];
    const sources = sourcesAfter(present, open, reach);
    const state = row === null ? null : stateOf(row.state);
    const said =
      row === null || state === null || !isNeeded(state)
        ? null
        : reportedDecision({ ...unpackFlags(row.flags), status: row.status });
    const shouldBe = said === null ? null : verdictOf(published);
    const isContrary =
      shouldBe !== null && said !== null && shouldBe.decision !== 'unknown' && shouldBe.decision !== said;
    const until = dateOf(update.changetime);
    const passed =
      said === 'held-back' &&
      shouldBe?.decision === 'allowed' &&
      until !== null &&
      host.scannedAt !== null &&
      until + (facts.options.installDelay ?? 0) > host.scannedAt;
    return {
      h,
      host,
      facts,
      sources,
      merged: mergeRules(small(sources)),
      verdict: verdictOf(sources),
      before: open === null ? verdictOf(sources).decision : verdictOf(present).decision,
      state,
      contradiction: isContrary ? (passed ? 'delay-passed' : (hostReason(basis, host) ?? 'unexplained')) : null,
      isStale: host.isStale({ staleDays, now }),
    };
  };

  const toGroup = (
    basis: Basis,
    list: readonly (Judged & { readonly merged: MergedRules })[],
    update: Ruled,
    open: OpenDraft | null,
  ): WhyGroup | null => {
    const [one] = list;
    if (one === undefined) return null;
    const { verdict, facts } = one;
    const pending = Map.groupBy(
      list.flatMap(({ host }) =>
        notInstalled(host, basis.fleet.newest).map((each) => ({ ...each, uuid: host.host.uuid })),
      ),
      (each) => each.package,
    );
    const isContrary = list.some(({ contradiction }) => contradiction !== null);
    const draft = open?.draft.package ?? null;
    const isDraftHere = one.sources.some((source) => source.name === draft && source.version === '');
    return {
      decision: verdict.decision,
      before: one.before,
      reason: shownReason(verdict.reason, facts),
      heldUntil: verdict.heldUntil === null ? null : new Date(verdict.heldUntil).toISOString(),
      defaultAllow: { value: facts.options.defaultAllow, source: facts.defaultAllow },
      installDelay: { value: facts.options.installDelay, source: facts.installDelay },
      language: { value: facts.options.language, source: facts.language },
      packages: one.sources.map(({ name, version, rules }) => ({
        package: name,
        version: version === '' ? null : version,
        isRead: rules !== null,
        isDraft: isDraftHere && name === draft,
      })),
      hosts: list.length,
      staleHosts: list.filter(({ isStale }) => isStale).length,
      uuids: list.map(({ host }) => host.host.uuid),
      examples: list.slice(0, EXAMPLES).map(({ host }) => ({ uuid: host.host.uuid, fqdn: host.fqdn })),
      reported: counted(list.flatMap(({ state }) => state ?? [])).map(([state, hosts]) => ({ state, hosts })),
      contradictions: counted(list.flatMap(({ contradiction }) => contradiction ?? [])).map(([reason, hosts]) => ({
        reason,
        hosts,
      })),
      changes: [
        ...changesOf(one, update, isDraftHere ? draft : null),
        ...[...pending].flatMap(([name, each]): WhyChange[] =>
          each[0] === undefined
            ? []
            : [
                {
                  kind: 'install-package',
                  package: name,
                  version: each[0].version,
                  uuids: each.map(({ uuid }) => uuid),
                },
              ],
        ),
        ...(isContrary && pending.size === 0 ? [{ kind: 'scan' } as const] : []),
      ],
    };
  };

  return {
    /** Why an update is allowed, forbidden or held back; `not-found` for an unknown update, host or draft. */
    ruleWhy: (question: WhyQuestion): Result<Why, ConsoleError> => {
      const basis = basisNow();
      const id = first<{ id: number }>(key, question.updateId)?.id;
      const u = basis.updates.findIndex((each) => each.id === id);
      const update = basis.updates[u];
      if (id === undefined || update === undefined) return fail({ code: 'not-found', field: 'updateId' });
      const open = question.draftId === null ? ok(null) : read(question.draftId);
      if (!open.ok) return open;
      const rows = new Map(all<Row>(rowsOf, id).map((row) => [row.host_key, row]));
      const reach = open.value === null ? () => 'no' as const : holdersOf(basis, open.value.draft.package);
      let hosts: readonly (readonly [number, FleetHost])[] = [...basis.fleet.hosts.entries()];
      if (question.uuid === null) hosts = hosts.filter(([, host]) => rows.has(host.key));
      else {
        const h = basis.fleet.byUuid.get(question.uuid);
        if (h === undefined) return fail({ code: 'not-found', field: 'uuid' });
        hosts = hosts.slice(h, h + 1);
      }
      const judged = hosts.flatMap(
        ([h, host]) =>
          judge(basis, { ...update, u }, rows.get(host.key) ?? null, h, open.value, reach(host), question) ?? [],
      );
      const groups = [...Map.groupBy(judged, groupKey).values()]
        .flatMap((list) => toGroup(basis, list, update, open.value) ?? [])
        .sort((a, b) => b.hosts - a.hosts);
      const draft = open.value?.draft;
      return ok({
        updateId: update.updateId,
        title: update.title,
        kbids: update.kbids,
        changetime: update.changetime,
        draft: draft === undefined ? null : { draftId: draft.id, package: draft.package, savedAt: draft.savedAt },
        groups,
      });
    },
  };
}
