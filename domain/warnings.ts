/** What a rule package would do that its author may not expect. Each warning names its entries, so that the screen can point at them. */
import { normalEntry, type Ruled, type RuleSource } from './decision.ts';
import { classificationKey, productKey, severityKey } from './names.ts';
import type { RuleList, Rules } from './rules.ts';
import { bareKb, guidOf, kbLabel, revisionOf } from './update.ts';

/** An update as warnings look at it. */
export interface WarnedUpdate extends Ruled {
  readonly isSuperseded: boolean;
  /** Hosts that need it. */
  readonly needed: number;
  /** One marked it as known to be bad. */
  readonly isKnownBad?: boolean;
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
  /** The entry allows what one marked as known to be bad, and the package does not forbid it. */
  | {
      readonly kind: 'known-bad';
      readonly list: RuleList;
      readonly entry: string;
      readonly examples: readonly string[];
    }
  /** Both lists of the package name the same. */
  | { readonly kind: 'contradiction'; readonly entry: string }
  | { readonly kind: 'signer-untrusted'; readonly hosts: number }
  | { readonly kind: 'maturity-not-taken'; readonly maturity: string; readonly hosts: number };

const CATEGORIES = ['allowedProducts', 'allowedSeverities', 'allowedClassifications'] as const;
const SINGLE = ['forbiddenUpdates', 'forbiddenKbs', 'allowedUpdates', 'allowedKbs'] as const;

/** Updates as warnings look them up, indexed once. */
export interface WarnedIndex {
  readonly updates: readonly WarnedUpdate[];
  readonly byId: ReadonlyMap<string, readonly number[]>;
  readonly byGuid: ReadonlyMap<string, readonly number[]>;
  readonly byKb: ReadonlyMap<string, readonly number[]>;
  /** How many hosts need at least one of some updates, by position; a host that needs several counts once. */
  readonly hostsNeeding: (positions: readonly number[]) => number;
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

/** Indexes updates for `ruleWarnings`. */
export const indexWarned = (
  updates: readonly WarnedUpdate[],
  hostsNeeding: WarnedIndex['hostsNeeding'],
): WarnedIndex => ({
  hostsNeeding,
  updates,
  byId: group(updates, (update) => [update.updateId.toLowerCase()]),
  byGuid: group(updates, (update) => [guidOf(update.updateId)]),
  byKb: group(updates, (update) => update.kbids.map(bareKb)),
});

const FIELD = {
  allowedProducts: 'product',
  allowedSeverities: 'severity',
  allowedClassifications: 'classification',
} as const;
const KEY = { allowedProducts: productKey, allowedSeverities: severityKey, allowedClassifications: classificationKey };

type CategoryList = keyof typeof FIELD;

const isCategory = (list: RuleList): list is CategoryList => list in FIELD;

/** The updates that an entry means; a name means an update in whatever language it was described. */
const meant = (at: WarnedIndex, list: RuleList, entry: string): readonly number[] => {
  if (list === 'allowedUpdates' || list === 'forbiddenUpdates') return at.byId.get(normalEntry(list, entry)) ?? [];
  if (!isCategory(list)) return at.byKb.get(normalEntry(list, entry)) ?? [];
  const [field, keyOf] = [FIELD[list], KEY[list]];
  const key = keyOf(entry);
  return at.updates.flatMap((update, i) => (update[field] !== null && keyOf(update[field]) === key ? [i] : []));
};

/** The entries by which a package allows and forbids single updates, as they are compared. */
interface Held {
  readonly ids: ReadonlySet<string>;
  readonly kbs: ReadonlySet<string>;
}

const held = (ids: readonly string[], kbs: readonly string[]): Held => ({
  ids: new Set(ids.map((id) => id.trim().toLowerCase())),
  kbs: new Set(kbs.map(bareKb)),
});

const holds = ({ ids, kbs }: Held, update: WarnedUpdate): boolean =>
  ids.has(update.updateId.toLowerCase()) || update.kbids.some((kb) => kbs.has(bareKb(kb)));

/** Warnings, at most `limit` of a kind, and how many of each kind there are. */
export interface Warnings {
  readonly warnings: readonly Warning[];
  readonly counts: Readonly<Partial<Record<Warning['kind'], number>>>;
}

/** Gathers warnings without keeping more of a kind than one reads. */
function gather(limit: number): {
  /** `make` is called only for a warning that one reads. */
  readonly add: <K extends Warning['kind']>(kind: K, make: () => Extract<Warning, { readonly kind: K }>) => void;
  readonly end: () => Warnings;
} {
  const warnings: Warning[] = [];
  const counts: Partial<Record<Warning['kind'], number>> = {};
  return {
    add: (kind, make) => {
      const count = (counts[kind] ?? 0) + 1;
      counts[kind] = count;
      if (count <= limit) warnings.push(make());
    },
    end: () => ({ warnings, counts }),
  };
}

/** What else is known of the fleet that would get the package. */
export interface WarnedFleet {
  readonly maturity: string;
  /** Hosts of the package that do not trust its signer, and hosts that do not take its maturity; null where it is not known who signs. */
  readonly signerUntrusted: number | null;
  readonly maturityNotTaken: number;
}

/** The warnings about one package: `others` are the packages that hosts hold beside it. */
export function ruleWarnings(
  rules: Rules,
  others: readonly RuleSource[],
  at: WarnedIndex,
  { fleet = null, limit = 100 }: { readonly fleet?: WarnedFleet | null; readonly limit?: number } = {},
): Warnings {
  const { updates } = at;
  const { add: addLate, end } = gather(limit);
  const add = <W extends Warning>(warning: W): void => addLate(warning.kind, () => warning as never);
  const ids = (positions: readonly number[]): readonly string[] =>
    positions.slice(0, 5).map((i) => updates[i]?.updateId ?? '');
  const elsewhere = others.flatMap(({ name, rules: other }) =>
    other === null ? [] : [{ name, forbids: held(other.forbiddenUpdates, other.forbiddenKbs) }],
  );
  const own = held(rules.allowedUpdates, rules.allowedKbs);
  const forbidden = held(rules.forbiddenUpdates, rules.forbiddenKbs);
  if (fleet?.signerUntrusted != null && fleet.signerUntrusted > 0)
    add({ kind: 'signer-untrusted', hosts: fleet.signerUntrusted });
  if (fleet !== null && fleet.maturityNotTaken > 0)
    add({ kind: 'maturity-not-taken', maturity: fleet.maturity, hosts: fleet.maturityNotTaken });
  const or = categoriesAreOr(rules, updates);
  if (or !== null) add(or);

  const isOnBothSides = (list: RuleList, entry: string): boolean =>
    list === 'allowedUpdates'
      ? forbidden.ids.has(normalEntry(list, entry))
      : list === 'allowedKbs' && forbidden.kbs.has(bareKb(entry));
  /** Whether an id stands beside a KB of the same list that means it too: what there is to say is said of the KB. */
  const isBesideKb = (list: RuleList, positions: readonly number[]): boolean => {
    if (list !== 'allowedUpdates' && list !== 'forbiddenUpdates') return false;
    const { kbs } = list === 'allowedUpdates' ? own : forbidden;
    return positions.length > 0 && positions.every((i) => updates[i]?.kbids.some((kb) => kbs.has(bareKb(kb))) === true);
  };

  const judge = (list: RuleList, entry: string): void => {
    const positions = meant(at, list, entry);
    if (isOnBothSides(list, entry)) add({ kind: 'contradiction', entry });
    if (isBesideKb(list, positions)) return;
    // Where no update is known yet, nobody knows what an entry matches.
    if (positions.length === 0 && updates.length > 0) add({ kind: 'matches-nothing', list, entry });
    const isAllow = list !== 'forbiddenUpdates' && list !== 'forbiddenKbs';
    const bad = isAllow ? positions.filter((i) => isBad(updates[i], forbidden)) : [];
    if (bad.length > 0) add({ kind: 'known-bad', list, entry, examples: ids(bad) });
    if (!isAllow && positions.some((i) => (updates[i]?.needed ?? 0) > 0))
      addLate('forbidden-but-needed', () => ({
        kind: 'forbidden-but-needed',
        list,
        entry,
        needed: at.hostsNeeding(positions),
        examples: ids(positions),
      }));
    if (isAllow && positions.length > 0 && positions.every((i) => updates[i]?.isSuperseded === true))
      add({ kind: 'only-superseded', list, entry, examples: ids(positions) });
    if (list === 'allowedUpdates' || list === 'forbiddenUpdates') {
      const newer = newerRevision(at, entry, list === 'allowedUpdates' ? own : forbidden);
      const kb = newer?.kbids[0];
      if (newer !== null)
        add({ kind: 'newer-revision', list, entry, newer: newer.updateId, kb: kb === undefined ? null : kbLabel(kb) });
    }
    if (list !== 'allowedUpdates' && list !== 'allowedKbs') return;
    const meantUpdates = positions.flatMap((i) => updates[i] ?? []);
    const packages = elsewhere.filter(({ forbids }) => meantUpdates.some((update) => holds(forbids, update)));
    if (packages.length > 0)
      add({ kind: 'forbidden-elsewhere', list, entry, packages: packages.map(({ name }) => name).sort() });
  };
  for (const list of [...SINGLE, ...CATEGORIES]) for (const entry of rules[list]) judge(list, entry);
  return end();
}

const isBad = (update: WarnedUpdate | undefined, forbidden: Held): boolean =>
  update?.isKnownBad === true && !holds(forbidden, update);

const newerRevision = (at: WarnedIndex, entry: string, caught: Held): WarnedUpdate | null => {
  const revision = revisionOf(entry);
  if (revision === null) return null;
  let newest: WarnedUpdate | null = null;
  for (const i of at.byGuid.get(guidOf(entry)) ?? []) {
    const update = at.updates[i];
    if (update === undefined || (revisionOf(update.updateId) ?? -1) <= revision || holds(caught, update)) continue;
    if (newest === null || (revisionOf(update.updateId) ?? 0) > (revisionOf(newest.updateId) ?? 0)) newest = update;
  }
  return newest;
};

const categoriesAreOr = (rules: Rules, updates: readonly WarnedUpdate[]): Warning | null => {
  const used = CATEGORIES.filter((list) => rules[list].length > 0);
  if (used.length < 2) return null;
  const sets = used.map((list) => ({ list, keys: new Set(rules[list].map(KEY[list])) }));
  const counts = used.map((list) => ({ list, allows: 0, only: 0 }));
  for (const update of updates) {
    const hits = sets.map(({ list, keys }) => {
      const name = update[FIELD[list]];
      return name !== null && keys.has(KEY[list](name));
    });
    const isOnly = hits.filter(Boolean).length === 1;
    hits.forEach((hit, i) => {
      const count = counts[i];
      if (!hit || count === undefined) return;
      count.allows++;
      if (isOnly) count.only++;
    });
  }
  return { kind: 'categories-are-or', lists: counts };
};
