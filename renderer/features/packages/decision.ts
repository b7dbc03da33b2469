/** What the lists of one package say of an update. A forecast of this package alone: hosts unite all their packages (protocol 9.4). */
import { classificationKey, productKey, severityKey } from '../../../domain/catalogue.ts';
import type { RuleList, Rules } from '../../../domain/rules.ts';
import { bareKb, type Update } from '../../../domain/update.ts';

/** The facts of an update that rules look at. */
export type Judged = Pick<Update, 'updateId' | 'kbids' | 'product' | 'severity' | 'classification'>;

/** The decision of one package, and the list and entry that made it. */
export interface Decision {
  readonly decision: 'allowed' | 'forbidden';
  readonly list: RuleList;
  readonly entry: string;
}

/** Judges many updates by the same rules: first line that matches, in the order of protocol 9.4; null where the package says nothing. */
export function judge(rules: Rules): (update: Judged) => Decision | null {
  const sets = {
    forbiddenUpdates: new Set(rules.forbiddenUpdates),
    forbiddenKbs: new Set(rules.forbiddenKbs.map(bareKb)),
    allowedUpdates: new Set(rules.allowedUpdates),
    allowedKbs: new Set(rules.allowedKbs.map(bareKb)),
    allowedProducts: new Set(rules.allowedProducts),
    allowedSeverities: new Set(rules.allowedSeverities),
    allowedClassifications: new Set(rules.allowedClassifications),
  };
  return (update) => {
    const kbs = update.kbids.map(bareKb);
    const kbIn = (set: ReadonlySet<string>): string | undefined => kbs.find((kb) => set.has(kb));
    if (sets.forbiddenUpdates.has(update.updateId)) return forbidden('forbiddenUpdates', update.updateId);
    const forbiddenKb = kbIn(sets.forbiddenKbs);
    if (forbiddenKb !== undefined) return forbidden('forbiddenKbs', `KB${forbiddenKb}`);
    if (sets.allowedUpdates.has(update.updateId)) return allowed('allowedUpdates', update.updateId);
    const allowedKb = kbIn(sets.allowedKbs);
    if (allowedKb !== undefined) return allowed('allowedKbs', `KB${allowedKb}`);
    if (update.product !== null && sets.allowedProducts.has(update.product))
      return allowed('allowedProducts', update.product);
    if (update.severity !== null && sets.allowedSeverities.has(update.severity)) {
      return allowed('allowedSeverities', update.severity);
    }
    if (update.classification !== null && sets.allowedClassifications.has(update.classification)) {
      return allowed('allowedClassifications', update.classification);
    }
    return null;
  };
}

const allowed = (list: RuleList, entry: string): Decision => ({ decision: 'allowed', list, entry });
const forbidden = (list: RuleList, entry: string): Decision => ({ decision: 'forbidden', list, entry });

/** Updates that a list of the package allows by id or KB while another list of it forbids them; the forbid wins. */
export function overruled(
  rules: Rules,
  updates: readonly Judged[],
): { readonly updateId: string; readonly by: Decision }[] {
  const forbids = judge({
    ...rules,
    allowedUpdates: [],
    allowedKbs: [],
    allowedProducts: [],
    allowedSeverities: [],
    allowedClassifications: [],
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

/** Which filter entry a raw spelling of a category list belongs to. */
export const keyOf: Record<CategoryList, (name: string) => string> = {
  allowedProducts: productKey,
  allowedSeverities: severityKey,
  allowedClassifications: classificationKey,
};

/** The three lists of categories; they only allow (protocol 5.8). */
export type CategoryList = 'allowedProducts' | 'allowedSeverities' | 'allowedClassifications';

/** The category lists in the order they are shown. */
export const CATEGORY_LISTS = [
  'allowedSeverities',
  'allowedProducts',
  'allowedClassifications',
] as const satisfies readonly CategoryList[];
