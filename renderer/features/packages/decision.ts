/** What the lists of one package say of an update. A forecast of this package alone: hosts unite all their packages (protocol 9.4). */
import { classificationKey, productKey, severityKey } from '../../../domain/catalogue.ts';
import { isForbidding, matchingRule, mergeRules, type Ruled } from '../../../domain/decision.ts';
import { emptyRules, type RuleList, type Rules } from '../../../domain/rules.ts';
import { bareKb } from '../../../domain/update.ts';

/** The decision of one package, and the list and entry that made it. */
export interface Decision {
  readonly decision: 'allowed' | 'forbidden';
  readonly list: RuleList;
  readonly entry: string;
}

/** Judges many updates by the same rules: the first line of protocol 9.4 that matches; null where the package says nothing. */
export function judge(rules: Rules): (update: Ruled) => Decision | null {
  const merged = mergeRules([{ name: '', rules }]);
  return (update) => {
    const rule = matchingRule(merged, update);
    if (rule === null) return null;
    return { decision: isForbidding(rule.list) ? 'forbidden' : 'allowed', list: rule.list, entry: rule.entry };
  };
}

/** Updates that a list of the package allows by id or KB while another list of it forbids them; the forbid wins. */
export function overruled(
  rules: Rules,
  updates: readonly Ruled[],
): { readonly updateId: string; readonly by: Decision }[] {
  const forbids = judge({
    ...emptyRules,
    forbiddenUpdates: rules.forbiddenUpdates,
    forbiddenKbs: rules.forbiddenKbs,
  });
  const ids = new Set(rules.allowedUpdates);
  const kbs = new Set(rules.allowedKbs.map(bareKb));
  const found: { readonly updateId: string; readonly by: Decision }[] = [];
  for (const update of updates) {
    if (!ids.has(update.updateId) && !update.kbids.some((kb) => kbs.has(bareKb(kb)))) continue;
    const by = forbids(update);
    if (by !== null) found.push({ updateId: update.updateId, by });
  }
  return found;
}

/** The three lists of categories; they only allow (protocol 5.8). */
export type CategoryList = 'allowedProducts' | 'allowedSeverities' | 'allowedClassifications';

/** The category lists in the order they are shown. */
export const CATEGORY_LISTS = [
  'allowedSeverities',
  'allowedProducts',
  'allowedClassifications',
] as const satisfies readonly CategoryList[];

/** Which filter entry a raw spelling of a category list belongs to. */
export const keyOf: Record<CategoryList, (name: string) => string> = {
  allowedProducts: productKey,
  allowedSeverities: severityKey,
  allowedClassifications: classificationKey,
};

/** The list of the update filter that holds the entries of a category list. */
export const filterListOf = {
  allowedProducts: 'products',
  allowedSeverities: 'severities',
  allowedClassifications: 'classifications',
} as const satisfies Record<CategoryList, 'severities' | 'products' | 'classifications'>;
