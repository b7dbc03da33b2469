/** Putting what a draft changed onto a version that was published meanwhile. */
import { normalEntry } from '../../../../domain/decision.ts';
import { RULE_LISTS, type RuleList, type Rules, withEntries } from '../../../../domain/rules.ts';

/** Entries of each list that came and went. */
export interface ListDifference {
  readonly list: RuleList;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** The lists that differ between two states of the rules; order and spelling do not count. */
export function differenceOf(from: Rules, to: Rules): readonly ListDifference[] {
  return RULE_LISTS.flatMap((list) => {
    const before = new Set(from[list].map((entry) => normalEntry(list, entry)));
    const after = new Set(to[list].map((entry) => normalEntry(list, entry)));
    const added = to[list].filter((entry) => !before.has(normalEntry(list, entry)));
    const removed = from[list].filter((entry) => !after.has(normalEntry(list, entry)));
    return added.length + removed.length === 0 ? [] : [{ list, added, removed }];
  });
}

/** Rules that two people changed, put together. */
export interface Merged {
  readonly rules: Rules;
  /** Entries that one side allowed and the other forbade; the draft's decision was kept. */
  readonly conflicts: readonly string[];
}

const OPPOSITE: Partial<Record<RuleList, RuleList>> = {
  allowedUpdates: 'forbiddenUpdates',
  forbiddenUpdates: 'allowedUpdates',
  allowedKbs: 'forbiddenKbs',
  forbiddenKbs: 'allowedKbs',
};

/** What the draft changed since `base`, done again on `newest`: additions are added, removals are removed, the rest stays as it was published. */
export function mergeOnto(base: Rules, draft: Rules, newest: Rules): Merged {
  const own = differenceOf(base, draft);
  const theirs = new Map(differenceOf(base, newest).map((change) => [change.list, change]));
  const conflicts: string[] = [];
  let rules = newest;
  for (const { list, removed } of own) {
    const gone = new Set(removed.map((entry) => normalEntry(list, entry)));
    rules = { ...rules, [list]: rules[list].filter((entry) => !gone.has(normalEntry(list, entry))) };
  }
  for (const { list, added } of own) {
    const other = OPPOSITE[list];
    const against = new Set(
      other === undefined ? [] : (theirs.get(other)?.added ?? []).map((entry) => normalEntry(list, entry)),
    );
    for (const entry of added) if (against.has(normalEntry(list, entry))) conflicts.push(entry);
    const written = new Set(rules[list].map((entry) => normalEntry(list, entry)));
    const fresh = added.filter((entry) => !written.has(normalEntry(list, entry)));
    if (other !== undefined) {
      const moved = new Set(added.map((entry) => normalEntry(list, entry)));
      rules = { ...rules, [other]: rules[other].filter((entry) => !moved.has(normalEntry(list, entry))) };
    }
    rules = withEntries(rules, list, fresh);
  }
  return { rules, conflicts };
}
