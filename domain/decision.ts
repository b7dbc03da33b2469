/**
 * What rules say of one update on one host: protocol 9.4, line by line. Pure; what a host then really reports is the truth, this is a forecast.
 */
import { asStored, matchNames, type NameKind, type Spelling } from './names.ts';
import { RULE_LISTS, type RuleList, type Rules } from './rules.ts';
import { bareKb, type Update } from './update.ts';

/** What decides outside the packages: the `[waptwua]` section of the agent (protocol 7.1). Null where nobody says. */
export interface AgentOptions {
  readonly defaultAllow: boolean | null;
  /** Milliseconds after `changetime`; 0 = no delay; null = not known. */
  readonly installDelay: number | null;
  /** The language in which the host compares names: `en`, `fr`; null = not known. */
  readonly language: string | null;
  /** Severities that the section allows by itself. */
  readonly allowedSeverities: readonly string[];
  /** Severities that it is known not to allow; null: all but `allowedSeverities`. */
  readonly deniedSeverities: readonly string[] | null;
}

/** A named source of rules: a package installed on the host, or the agent's own section. */
export interface RuleSource {
  readonly name: string;
  /** Null: the content is not known. A forbid elsewhere still wins; all else hangs on it. */
  readonly rules: Rules | null;
  /** Nobody knows whether the host has it: only a profile would bring it, and its directory groups are not known. */
  readonly isDoubtful?: boolean;
}

/** The name under which the agent's own section is a source. */
export const AGENT_SECTION = '[waptwua]';

/** A fact that a decision hangs on and that is not known. */
export type UnknownFact =
  | 'default_allow'
  | 'allowed_severities'
  | 'install_delay'
  | 'language'
  | 'package-content'
  | 'directory-groups';

/** The line that decided: a list's entry and the sources that hold it, or the agent's default. */
export type Reason =
  | { readonly kind: 'rule'; readonly list: RuleList; readonly entry: string; readonly sources: readonly string[] }
  | { readonly kind: 'default'; readonly defaultAllow: boolean }
  | { readonly kind: 'unknown'; readonly missing: UnknownFact; readonly sources: readonly string[] };

/** What rules say. `held-back`: allowed, but younger than the delay; it reads DISCARDED with `delayed` until then. */
export type Decision = 'allowed' | 'forbidden' | 'held-back' | 'unknown';

/** A decision, why, and until when it is held back (milliseconds since 1970, UTC). */
export interface Verdict {
  readonly decision: Decision;
  readonly reason: Reason;
  readonly heldUntil: number | null;
}

/** The facts of an update that rules look at. */
export type Ruled = Pick<Update, 'updateId' | 'kbids' | 'product' | 'severity' | 'classification' | 'changetime'>;

/** The lists of several sources united: there is no priority between packages (protocol 9.4). */
export interface MergedRules {
  /** For each list: entry (ids in lower case, KBs bare, names as text) → the sources that hold it. */
  readonly lists: Readonly<Record<RuleList, ReadonlyMap<string, readonly string[]>>>;
  /** Sources whose content is not known. */
  readonly unread: readonly string[];
}

/** How an entry of a list is compared: ids without case, KBs without prefix, names as text. */
export function normalEntry(list: RuleList, entry: string): string {
  if (list === 'allowedKbs' || list === 'forbiddenKbs') return bareKb(entry);
  if (list === 'allowedUpdates' || list === 'forbiddenUpdates') return entry.trim().toLowerCase();
  return entry;
}

/** Unites sources; their order changes nothing but the order of names in a reason, which is sorted. */
export function mergeRules(sources: readonly RuleSource[]): MergedRules {
  const lists = {} as Record<RuleList, Map<string, string[]>>;
  for (const list of RULE_LISTS) {
    const merged = new Map<string, string[]>();
    for (const { name, rules } of sources) {
      for (const raw of rules?.[list] ?? []) {
        const entry = normalEntry(list, raw);
        const holders = merged.get(entry);
        if (holders === undefined) merged.set(entry, [name]);
        else if (!holders.includes(name)) holders.push(name);
      }
    }
    for (const holders of merged.values()) holders.sort();
    lists[list] = merged;
  }
  const unread = sources.filter(({ rules }) => rules === null).map(({ name }) => name);
  return { lists, unread: unread.sort() };
}

/** The lists that compare names, with what they look at. */
export const NAME_LISTS = [
  ['allowedProducts', 'product'],
  ['allowedSeverities', 'severity'],
  ['allowedClassifications', 'classification'],
] as const satisfies readonly (readonly [RuleList, NameKind])[];

type RuleReason = Extract<Reason, { kind: 'rule' }>;

const single = (rules: MergedRules, update: Ruled, lists: readonly RuleList[]): RuleReason | null => {
  for (const list of lists) {
    const entries = rules.lists[list];
    if (entries.size === 0) continue;
    const isId = list === 'forbiddenUpdates' || list === 'allowedUpdates';
    for (const entry of isId ? [update.updateId.toLowerCase()] : update.kbids.map(bareKb)) {
      const sources = entries.get(entry);
      if (sources !== undefined) return { kind: 'rule', list, entry, sources };
    }
  }
  return null;
};

const named = (rules: MergedRules, update: Ruled, spelling: Spelling): RuleReason | 'hangs-on-language' | null => {
  let hangs = false;
  for (const [list, kind] of NAME_LISTS) {
    const entries = rules.lists[list];
    const stored = update[kind];
    if (entries.size === 0 || stored === null) continue;
    const own = spelling(kind, stored);
    const match = matchNames(own, (name) => entries.has(name));
    if (match === 'some') hangs = true;
    if (match !== 'all') continue;
    const entry = own.names[0] ?? stored;
    return { kind: 'rule', list, entry, sources: entries.get(entry) ?? [] };
  }
  return hangs ? 'hangs-on-language' : null;
};

const FORBIDS = ['forbiddenUpdates', 'forbiddenKbs'] as const;
const ALLOWS = ['allowedUpdates', 'allowedKbs'] as const;

/** The first line of 9.4 that matches for names as they are stored, or null where no rule mentions the update (`unruled`). */
export function matchingRule(rules: MergedRules, update: Ruled): RuleReason | null {
  const rule = single(rules, update, FORBIDS) ?? single(rules, update, ALLOWS) ?? named(rules, update, asStored);
  return rule === 'hangs-on-language' ? null : rule;
}

/** Whether a list allows or forbids. */
export const isForbidding = (list: RuleList): boolean => list === 'forbiddenUpdates' || list === 'forbiddenKbs';

/** Milliseconds of an agent-side date, read as UTC; null where it is no date. */
export function dateOf(text: string | null): number | null {
  if (text === null || text === '') return null;
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? null : time;
}

/** An allowed update younger than this hangs on a delay that is not known (milliseconds). */
export const LONGEST_DELAY = 90 * 86_400_000;

const unknown = (missing: UnknownFact, sources: readonly string[] = []): Verdict => ({
  decision: 'unknown',
  reason: { kind: 'unknown', missing, sources },
  heldUntil: null,
});

/**
 * What the agent's own section says of an update that no package mentions: `allowed` by its severities or its default, `forbidden`, or the fact
 * that is missing. `spelling` is how the host calls severities.
 */
export function ownDecision(
  options: AgentOptions,
  severity: string | null,
  spelling: Spelling,
): 'severity' | 'allowed' | 'forbidden' | 'default_allow' | 'allowed_severities' | 'language' {
  const own = severity === null ? null : spelling('severity', severity);
  const match = own === null ? 'none' : matchNames(own, (name) => options.allowedSeverities.includes(name));
  if (match === 'all') return 'severity';
  if (options.defaultAllow === true) return 'allowed';
  if (match === 'some') return 'language';
  const isOpen =
    own !== null &&
    options.deniedSeverities !== null &&
    !own.names.every((name) => options.deniedSeverities?.includes(name));
  if (options.defaultAllow === null) return 'default_allow';
  return isOpen ? 'allowed_severities' : 'forbidden';
}

/**
 * Decides one update for one set of merged rules and agent options at `now` (milliseconds). An allowed update of unknown age is not held back; an
 * unknown delay makes an allowed update `unknown` only where it could matter, that is when it is younger than `LONGEST_DELAY`.
 * `spelling` is how the host calls products, severities and classifications.
 */
export function decide(
  rules: MergedRules,
  update: Ruled,
  options: AgentOptions,
  now: number,
  spelling: Spelling = asStored,
): Verdict {
  const forbid = single(rules, update, FORBIDS);
  if (forbid !== null) return { decision: 'forbidden', reason: forbid, heldUntil: null };
  if (rules.unread.length > 0) return unknown('package-content', rules.unread);
  const rule = single(rules, update, ALLOWS) ?? named(rules, update, spelling);
  if (rule !== null && rule !== 'hangs-on-language') return held(rule, update, options, now);
  const own = ownDecision(options, update.severity, spelling);
  if (own === 'severity') {
    const reason: Reason = {
      kind: 'rule',
      list: 'allowedSeverities',
      entry: update.severity ?? '',
      sources: [AGENT_SECTION],
    };
    return held(reason, update, options, now);
  }
  if (own === 'allowed') return held({ kind: 'default', defaultAllow: true }, update, options, now);
  if (rule === 'hangs-on-language') return unknown('language');
  if (own !== 'forbidden') return unknown(own);
  return { decision: 'forbidden', reason: { kind: 'default', defaultAllow: false }, heldUntil: null };
}

/**
 * Decides one update where of some sources nobody knows whether the host has them: what hangs on these is `unknown`. The rest as in
 * `decide`.
 */
export function decideInDoubt(
  sources: readonly RuleSource[],
  update: Ruled,
  options: AgentOptions,
  now: number,
  spelling: Spelling = asStored,
): Verdict {
  const of = (some: readonly RuleSource[]): Verdict => decide(mergeRules(some), update, options, now, spelling);
  const sure = sources.filter(({ isDoubtful }) => isDoubtful !== true);
  const verdict = of(sure);
  if (sure.length === sources.length) return verdict;
  const mayBe = sources.filter(({ isDoubtful }) => isDoubtful === true);
  const others = [sources, ...mayBe.map((one) => [...sure, one])];
  const decisive = others.some((some) => of(some).decision !== verdict.decision);
  return decisive ? unknown('directory-groups', mayBe.map(({ name }) => name).sort()) : verdict;
}

function held(reason: Reason, update: Ruled, options: AgentOptions, now: number): Verdict {
  const allowed: Verdict = { decision: 'allowed', reason, heldUntil: null };
  const published = dateOf(update.changetime);
  if (published === null) return allowed;
  if (options.installDelay === null) return now < published + LONGEST_DELAY ? unknown('install_delay') : allowed;
  const until = published + options.installDelay;
  return now < until ? { decision: 'held-back', reason, heldUntil: until } : allowed;
}
