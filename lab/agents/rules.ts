/**
 * The rules as a host decides them, written from protocol 9.4 alone. It shares nothing with the console's forecast, so
 * that comparing the two proves something.
 */
import { parseDuration } from './duration.ts';

/** The lists of one source: a rule package, or the agent's own ini section. */
export type RuleLists = {
  readonly allowed_updates?: readonly string[] | null | undefined;
  readonly forbidden_updates?: readonly string[] | null | undefined;
  readonly allowed_kbs?: readonly string[] | null | undefined;
  readonly forbidden_kbs?: readonly string[] | null | undefined;
  readonly allowed_products?: readonly string[] | null | undefined;
  readonly allowed_severities?: readonly string[] | null | undefined;
  readonly allowed_classifications?: readonly string[] | null | undefined;
};

/** What the agent decides by: all its packages together, and its ini. */
export type MergedRules = {
  readonly allowedUpdates: ReadonlySet<string>;
  readonly forbiddenUpdates: ReadonlySet<string>;
  readonly allowedKbs: ReadonlySet<string>;
  readonly forbiddenKbs: ReadonlySet<string>;
  readonly allowedProducts: ReadonlySet<string>;
  readonly allowedSeverities: ReadonlySet<string>;
  readonly allowedClassifications: ReadonlySet<string>;
  readonly defaultAllow: boolean;
  /** Milliseconds. */
  readonly delay: number;
};

/** What of an update counts for the decision, in the language of the host. */
export type JudgedUpdate = {
  readonly update_id: string;
  readonly kbids: readonly string[] | null;
  readonly product: string | null;
  readonly severity: string | null;
  readonly classification: string | null;
};

const bareKb = (kb: string): string => kb.trim().replace(/^kb/i, '');

/** Unites the lists of all sources; `default_allow` and `install_delay` come from the ini only (protocol 9.4). */
export function mergeRules(
  sources: readonly RuleLists[],
  ini: { readonly default_allow: boolean; readonly install_delay: string | null },
): MergedRules {
  const united = (key: keyof RuleLists): Set<string> => new Set(sources.flatMap((source) => source[key] ?? []));
  const kbs = (key: 'allowed_kbs' | 'forbidden_kbs'): Set<string> => new Set([...united(key)].map(bareKb));
  return {
    allowedUpdates: united('allowed_updates'),
    forbiddenUpdates: united('forbidden_updates'),
    allowedKbs: kbs('allowed_kbs'),
    forbiddenKbs: kbs('forbidden_kbs'),
    allowedProducts: united('allowed_products'),
    allowedSeverities: united('allowed_severities'),
    allowedClassifications: united('allowed_classifications'),
    defaultAllow: ini.default_allow,
    delay: ini.install_delay === null ? 0 : (parseDuration(ini.install_delay) ?? 0),
  };
}

/** The lines of the table of protocol 9.4, first match decides. */
export function isAllowed(rules: MergedRules, update: JudgedUpdate): boolean {
  const kbs = (update.kbids ?? []).map(bareKb);
  if (rules.forbiddenUpdates.has(update.update_id)) return false;
  if (kbs.some((kb) => rules.forbiddenKbs.has(kb))) return false;
  if (rules.allowedUpdates.has(update.update_id)) return true;
  if (kbs.some((kb) => rules.allowedKbs.has(kb))) return true;
  if (update.product !== null && rules.allowedProducts.has(update.product)) return true;
  if (update.severity !== null && rules.allowedSeverities.has(update.severity)) return true;
  if (update.classification !== null && rules.allowedClassifications.has(update.classification)) return true;
  return rules.defaultAllow;
}

/** Whether an allowed update is still held back: younger than the delay, counted from its publication. */
export const isDelayed = (rules: MergedRules, published: number | null, now: number): boolean =>
  published !== null && rules.delay > 0 && now < published + rules.delay;
