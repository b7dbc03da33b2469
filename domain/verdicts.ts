/** Allowing and forbidding updates in the rules of a package. */
import { type RuleList, type Rules, withEntries, withoutEntries } from './rules.ts';
import { bareKb, kbLabel, type Update } from './update.ts';

/** What one decides of updates. */
export type Verdict = 'allowed' | 'forbidden';

/** Whether updates are written by their ids or by their KB numbers. */
export type WrittenAs = 'updates' | 'kbs';

type Known = Pick<Update, 'updateId' | 'kbids'>;

/** The two lists of each verdict. */
export const VERDICT_LISTS: Readonly<Record<Verdict, { readonly updates: RuleList; readonly kbs: RuleList }>> = {
  allowed: { updates: 'allowedUpdates', kbs: 'allowedKbs' },
  forbidden: { updates: 'forbiddenUpdates', kbs: 'forbiddenKbs' },
};

/**
 * The rules with a verdict on some updates: what is written moves out of the opposite lists. As KBs, the ids that `known` names under those
 * KBs leave the opposite list too. An update without KB is written by its id.
 */
export function withVerdict(
  rules: Rules,
  verdict: Verdict,
  as: WrittenAs,
  updates: readonly Known[],
  known: readonly Known[],
): Rules {
  const lists = VERDICT_LISTS[verdict];
  const opposite = VERDICT_LISTS[verdict === 'allowed' ? 'forbidden' : 'allowed'];
  const byId = as === 'updates' ? updates : updates.filter((update) => update.kbids.length === 0);
  const kbs = as === 'updates' ? [] : [...new Set(updates.flatMap((update) => update.kbids.map(kbLabel)))];
  let next =
    byId.length === 0
      ? rules
      : withEntries(
          rules,
          lists.updates,
          byId.map((update) => update.updateId),
        );
  if (kbs.length > 0) {
    next = withEntries(next, lists.kbs, kbs);
    next = withoutEntries(next, opposite.updates, idsUnder(kbs, [...known, ...updates]));
  }
  return next;
}

/** The ids of the known updates that carry one of the KBs, each once. */
export function idsUnder(kbs: readonly string[], known: readonly Known[]): string[] {
  const wanted = new Set(kbs.map(bareKb));
  const ids = new Set<string>();
  for (const update of known) {
    if (update.kbids.some((kb) => wanted.has(bareKb(kb)))) ids.add(update.updateId);
  }
  return [...ids];
}
