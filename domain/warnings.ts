/** What a rule package would do that its author may not expect. Each warning names its entries, so that the screen can point at them. */
import { matchingRule, mergeRules, normalEntry, type Ruled, type RuleSource } from './decision.ts';
import type { RuleList, Rules } from './rules.ts';
import { bareKb, guidOf, kbLabel, revisionOf } from './update.ts';

/** An update as warnings look at it. */
export interface WarnedUpdate extends Ruled {
  readonly isSuperseded: boolean;
  /** Hosts that need it. */
  readonly needed: number;
}

/** One warning; `examples` are update ids, at most five. */
export type Warning =
  /** Categories are alternatives: each list alone allows; `only` counts what one list allows and no other. */
  | {
      readonly kind: 'categories-are-or';
      readonly lists: readonly { readonly list: RuleList; readonly allows: number; readonly only: number }[];
    }
  /** A newer revision of the same update escapes an id rule; `kb` would catch it. */
  | {
      readonly kind: 'newer-revision';
      readonly list: RuleList;
      readonly entry: string;
      readonly newer: string;
      readonly kb: string | null;
    }
  /** No reported update is meant by the entry. */
  | { readonly kind: 'matches-nothing'; readonly list: RuleList; readonly entry: string }
  /** Another package forbids what this one allows: a forbid anywhere wins. */
  | {
      readonly kind: 'forbidden-elsewhere';
      readonly list: RuleList;
      readonly entry: string;
      readonly packages: readonly string[];
    }
  /** The entry allows only what a newer update replaces. */
  | {
      readonly kind: 'only-superseded';
      readonly list: RuleList;
      readonly entry: string;
      readonly examples: readonly string[];
    }
  /** Forbidden, although hosts need it. */
  | {
      readonly kind: 'forbidden-but-needed';
      readonly list: RuleList;
      readonly entry: string;
      readonly needed: number;
      readonly examples: readonly string[];
    }
  /** Both lists of the package name the same. */
  | { readonly kind: 'contradiction'; readonly entry: string }
  | { readonly kind: 'signer-untrusted'; readonly hosts: number }
  | { readonly kind: 'maturity-not-taken'; readonly maturity: string; readonly hosts: number };

const CATEGORIES = ['allowedProducts', 'allowedSeverities', 'allowedClassifications'] as const;
const SINGLE = ['forbiddenUpdates', 'forbiddenKbs', 'allowedUpdates', 'allowedKbs'] as const;

interface Lookup {
  readonly byId: ReadonlyMap<string, readonly number[]>;
  readonly byGuid: ReadonlyMap<string, readonly number[]>;
  readonly byKb: ReadonlyMap<string, readonly number[]>;
}

const group = (
  updates: readonly WarnedUpdate[],
  keys: (update: WarnedUpdate) => readonly string[],
): ReadonlyMap<string, readonly number[]> => {
  const map = new Map<string, number[]>();
  updates.forEach((update, i) => {
    for (const key of keys(update)) {
      const list = map.get(key);
      if (list === undefined) map.set(key, [i]);
      else list.push(i);
    }
  });
  return map;
};

const lookup = (updates: readonly WarnedUpdate[]): Lookup => ({
  byId: group(updates, (update) => [update.updateId.toLowerCase()]),
  byGuid: group(updates, (update) => [guidOf(update.updateId)]),
  byKb: group(updates, (update) => update.kbids.map(bareKb)),
});

const meant = (updates: readonly WarnedUpdate[], at: Lookup, list: RuleList, entry: string): readonly number[] => {
  const key = normalEntry(list, entry);
  if (list === 'allowedUpdates' || list === 'forbiddenUpdates') return at.byId.get(key) ?? [];
  if (list === 'allowedKbs' || list === 'forbiddenKbs') return at.byKb.get(key) ?? [];
  const field = list === 'allowedProducts' ? 'product' : list === 'allowedSeverities' ? 'severity' : 'classification';
  return updates.flatMap((update, i) => (update[field] === entry ? [i] : []));
};

/** The warnings about one package: `others` are the packages that hosts may hold beside it. */
export function ruleWarnings(
  rules: Rules,
  others: readonly RuleSource[],
  updates: readonly WarnedUpdate[],
): readonly Warning[] {
  const at = lookup(updates);
  const found: Warning[] = [];
  const ids = (positions: readonly number[]): readonly string[] =>
    positions.slice(0, 5).map((i) => updates[i]?.updateId ?? '');
  const elsewhere = mergeRules(
    others.map(({ name, rules: held }) => ({
      name,
      rules: {
        ...held,
        allowedUpdates: [],
        allowedKbs: [],
        allowedProducts: [],
        allowedSeverities: [],
        allowedClassifications: [],
      },
    })),
  );
  const own = {
    ids: new Set(rules.allowedUpdates.map((id) => id.toLowerCase())),
    kbs: new Set(rules.allowedKbs.map(bareKb)),
  };
  const forbidden = {
    ids: new Set(rules.forbiddenUpdates.map((id) => id.toLowerCase())),
    kbs: new Set(rules.forbiddenKbs.map(bareKb)),
  };

  for (const list of [...SINGLE, ...CATEGORIES]) {
    const allows = list.startsWith('allowed');
    for (const entry of rules[list]) {
      const positions = meant(updates, at, list, entry);
      if (positions.length === 0) found.push({ kind: 'matches-nothing', list, entry });
      const needed = positions.reduce((sum, i) => sum + (updates[i]?.needed ?? 0), 0);
      if (!allows && needed > 0)
        found.push({ kind: 'forbidden-but-needed', list, entry, needed, examples: ids(positions) });
      if (allows && positions.length > 0 && positions.every((i) => updates[i]?.isSuperseded === true)) {
        found.push({ kind: 'only-superseded', list, entry, examples: ids(positions) });
      }
      if (list === 'allowedUpdates' || list === 'forbiddenUpdates') {
        const newer = newerRevision(updates, at, entry, list === 'allowedUpdates' ? own : forbidden);
        if (newer !== null)
          found.push({
            kind: 'newer-revision',
            list,
            entry,
            newer: newer.updateId,
            kb: newer.kbids[0] === undefined ? null : kbLabel(newer.kbids[0]),
          });
      }
      if (list === 'allowedUpdates' || list === 'allowedKbs') {
        const packages = new Set(
          positions.flatMap((i) => {
            const update = updates[i];
            return update === undefined ? [] : (matchingRule(elsewhere, update)?.sources ?? []);
          }),
        );
        if (packages.size > 0) found.push({ kind: 'forbidden-elsewhere', list, entry, packages: [...packages].sort() });
        const isBoth =
          list === 'allowedUpdates' ? forbidden.ids.has(entry.toLowerCase()) : forbidden.kbs.has(bareKb(entry));
        if (isBoth) found.push({ kind: 'contradiction', entry });
      }
    }
  }
  const or = categoriesAreOr(rules, updates);
  return or === null ? found : [or, ...found];
}

const newerRevision = (
  updates: readonly WarnedUpdate[],
  at: Lookup,
  entry: string,
  held: { readonly ids: ReadonlySet<string>; readonly kbs: ReadonlySet<string> },
): WarnedUpdate | null => {
  const revision = revisionOf(entry);
  if (revision === null) return null;
  let newest: WarnedUpdate | null = null;
  for (const i of at.byGuid.get(guidOf(entry)) ?? []) {
    const update = updates[i];
    if (update === undefined || (revisionOf(update.updateId) ?? -1) <= revision) continue;
    if (held.ids.has(update.updateId.toLowerCase()) || update.kbids.some((kb) => held.kbs.has(bareKb(kb)))) continue;
    if (newest === null || (revisionOf(update.updateId) ?? 0) > (revisionOf(newest.updateId) ?? 0)) newest = update;
  }
  return newest;
};

const categoriesAreOr = (rules: Rules, updates: readonly WarnedUpdate[]): Warning | null => {
  const used = CATEGORIES.filter((list) => rules[list].length > 0);
  if (used.length < 2) return null;
  const sets = used.map((list) => ({ list, names: new Set(rules[list]) }));
  const counts = used.map((list) => ({ list, allows: 0, only: 0 }));
  for (const update of updates) {
    const hits = sets.map(({ list, names }) => {
      const name =
        list === 'allowedProducts'
          ? update.product
          : list === 'allowedSeverities'
            ? update.severity
            : update.classification;
      return name !== null && names.has(name);
    });
    const total = hits.filter(Boolean).length;
    hits.forEach((hit, i) => {
      const count = counts[i];
      if (!hit || count === undefined) return;
      count.allows++;
      if (total === 1) count.only++;
    });
  }
  return { kind: 'categories-are-or', lists: counts };
};
