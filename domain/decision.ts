/**
 * What rules say of one update on one host: protocol 9.4, line by line. Pure; what a host then really reports is the truth, this is a forecast.
 */
import { bareKb, type Update } from './update.ts';
import { RULE_LISTS, type RuleList, type Rules } from './rules.ts';

/** What decides outside the packages: the `[waptwua]` section of the agent (protocol 7.1). Null where nobody says. */
export interface AgentOptions {
  readonly defaultAllow: boolean | null;
  /** Milliseconds after `changetime`; 0 = no delay; null = not known. */
  readonly installDelay: number | null;
  /** Severities that the section allows by itself. */
  readonly allowedSeverities: readonly string[];
}

/** A named source of rules: a package installed on the host, or the agent's own section. */
export interface RuleSource {
  readonly name: string;
  readonly rules: Rules;
}

/** The line that decided: a list's entry and the sources that hold it, or the agent's default. */
export type Reason =
  | { readonly kind: 'rule'; readonly list: RuleList; readonly entry: string; readonly sources: readonly string[] }
  | { readonly kind: 'default'; readonly defaultAllow: boolean }
  | { readonly kind: 'unknown'; readonly missing: 'default_allow' | 'install_delay' };

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
    for (const source of sources) {
      for (const raw of source.rules[list]) {
        const entry = normalEntry(list, raw);
        const holders = merged.get(entry);
        if (holders === undefined) merged.set(entry, [source.name]);
        else if (!holders.includes(source.name)) holders.push(source.name);
      }
    }
    for (const holders of merged.values()) holders.sort();
    lists[list] = merged;
  }
  return { lists };
}

/** The values of an update that a list is asked for, normalised like its entries. */
function candidates(list: RuleList, update: Ruled): readonly string[] {
  switch (list) {
    case 'forbiddenUpdates':
    case 'allowedUpdates':
      return [update.updateId.toLowerCase()];
    case 'forbiddenKbs':
    case 'allowedKbs':
      return update.kbids.map(bareKb);
    case 'allowedProducts':
      return update.product === null ? [] : [update.product];
    case 'allowedSeverities':
      return update.severity === null ? [] : [update.severity];
    case 'allowedClassifications':
      return update.classification === null ? [] : [update.classification];
  }
}

/** The first line of 9.4 that matches, or null where no rule mentions the update (`unruled`). */
export function matchingRule(rules: MergedRules, update: Ruled): Extract<Reason, { kind: 'rule' }> | null {
  for (const list of RULE_LISTS) {
    const entries = rules.lists[list];
    if (entries.size === 0) continue;
    for (const entry of candidates(list, update)) {
      const sources = entries.get(entry);
      if (sources !== undefined) return { kind: 'rule', list, entry, sources };
    }
  }
  return null;
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

/**
 * Decides one update for one set of merged rules and agent options at `now` (milliseconds). The agent's own `allowed_severities` must be among
 * the sources. An allowed update of unknown age is not held back; an unknown delay makes an allowed update `unknown` only where it
 * could matter, that is when its age is below `longestDelay`.
 */
export function decide(
  rules: MergedRules,
  update: Ruled,
  options: AgentOptions,
  now: number,
  longestDelay = 90 * 86_400_000,
): Verdict {
  const rule = matchingRule(rules, update);
  let reason: Reason;
  if (rule !== null) {
    if (isForbidding(rule.list)) return { decision: 'forbidden', reason: rule, heldUntil: null };
    reason = rule;
  } else if (options.defaultAllow === null) {
    return { decision: 'unknown', reason: { kind: 'unknown', missing: 'default_allow' }, heldUntil: null };
  } else {
    reason = { kind: 'default', defaultAllow: options.defaultAllow };
    if (!options.defaultAllow) return { decision: 'forbidden', reason, heldUntil: null };
  }
  const published = dateOf(update.changetime);
  if (published === null) return { decision: 'allowed', reason, heldUntil: null };
  if (options.installDelay === null) {
    return now - published < longestDelay
      ? { decision: 'unknown', reason: { kind: 'unknown', missing: 'install_delay' }, heldUntil: null }
      : { decision: 'allowed', reason, heldUntil: null };
  }
  const until = published + options.installDelay;
  return now < until
    ? { decision: 'held-back', reason, heldUntil: until }
    : { decision: 'allowed', reason, heldUntil: null };
}
