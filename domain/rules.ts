/** The decisions of a wsus rule package (protocol 5.8), as data; what they do to a fleet is the forecast's subject. */

/** The lists of a rule package. KBs carry the `KB` prefix, ids are `GUID_revision`, names are raw spellings as hosts report them. */
export interface Rules {
  readonly allowedUpdates: readonly string[];
  readonly forbiddenUpdates: readonly string[];
  readonly allowedKbs: readonly string[];
  readonly forbiddenKbs: readonly string[];
  readonly allowedProducts: readonly string[];
  readonly allowedSeverities: readonly string[];
  readonly allowedClassifications: readonly string[];
}

/** The names of the lists, in the order of evaluation (protocol 9.4). */
export const RULE_LISTS = [
  'forbiddenUpdates',
  'forbiddenKbs',
  'allowedUpdates',
  'allowedKbs',
  'allowedProducts',
  'allowedSeverities',
  'allowedClassifications',
] as const satisfies readonly (keyof Rules)[];

/** One of the seven lists. */
export type RuleList = (typeof RULE_LISTS)[number];

/** A package that decides nothing. */
export const emptyRules: Rules = {
  allowedUpdates: [],
  forbiddenUpdates: [],
  allowedKbs: [],
  forbiddenKbs: [],
  allowedProducts: [],
  allowedSeverities: [],
  allowedClassifications: [],
};

const opposite: Partial<Record<RuleList, RuleList>> = {
  allowedUpdates: 'forbiddenUpdates',
  forbiddenUpdates: 'allowedUpdates',
  allowedKbs: 'forbiddenKbs',
  forbiddenKbs: 'allowedKbs',
};

/** The rules with `entries` in `list`, taken out of the opposite list: what one allows is no longer forbidden, and the reverse (protocol 8.8). */
export function withEntries(rules: Rules, list: RuleList, entries: readonly string[]): Rules {
  const added = new Set([...rules[list], ...entries]);
  const other = opposite[list];
  const gone = new Set(entries);
  return {
    ...rules,
    [list]: [...added],
    ...(other === undefined ? {} : { [other]: rules[other].filter((entry) => !gone.has(entry)) }),
  };
}

/** The rules without `entries` in `list`. */
export function withoutEntries(rules: Rules, list: RuleList, entries: readonly string[]): Rules {
  const gone = new Set(entries);
  return { ...rules, [list]: rules[list].filter((entry) => !gone.has(entry)) };
}

/** How many entries a package has in all. */
export function ruleCount(rules: Rules): number {
  return RULE_LISTS.reduce((sum, list) => sum + rules[list].length, 0);
}

/**
 * The rules with the known ids of each KB written beside it, since KB keys are not confirmed on every server (protocol 5.8). An id that the other
 * list names stays there alone. `added` counts the ids.
 */
export function withKnownIds(
  rules: Rules,
  idsOfKb: (kb: string) => readonly string[],
): { readonly rules: Rules; readonly added: number } {
  const expand = (kbs: readonly string[], ids: readonly string[], others: readonly string[]): readonly string[] => {
    const all = new Set(ids);
    const taken = new Set(others);
    for (const kb of kbs) for (const id of idsOfKb(kb)) if (!taken.has(id)) all.add(id);
    return [...all];
  };
  const forbiddenUpdates = expand(rules.forbiddenKbs, rules.forbiddenUpdates, rules.allowedUpdates);
  const allowedUpdates = expand(rules.allowedKbs, rules.allowedUpdates, forbiddenUpdates);
  return {
    rules: { ...rules, forbiddenUpdates, allowedUpdates },
    added:
      forbiddenUpdates.length - rules.forbiddenUpdates.length + allowedUpdates.length - rules.allowedUpdates.length,
  };
}
