/** What one does to the rules of a draft, as pure steps. */
import { type RuleList, type Rules, withEntries, withoutEntries } from '../../../domain/rules.ts';
import { bareKb, kbLabel, type Update } from '../../../domain/update.ts';
import { type CategoryList, keyOf } from './decision.ts';

/** What one decides of updates. */
export type Verdict = 'allowed' | 'forbidden';

/** Whether updates are written by their ids or by their KB numbers. */
export type WrittenAs = 'updates' | 'kbs';

type Known = Pick<Update, 'updateId' | 'kbids'>;

const LISTS: Record<Verdict, { readonly updates: RuleList; readonly kbs: RuleList }> = {
  allowed: { updates: 'allowedUpdates', kbs: 'allowedKbs' },
  forbidden: { updates: 'forbiddenUpdates', kbs: 'forbiddenKbs' },
};

const other = (verdict: Verdict): Verdict => (verdict === 'allowed' ? 'forbidden' : 'allowed');

/**
 * The rules with a verdict on some updates: what is written moves out of the opposite lists. As KBs, the ids that `known` names under those
 * KBs leave the opposite list too. An update without KB is written by its id.
 */
export function decide(
  rules: Rules,
  verdict: Verdict,
  as: WrittenAs,
  updates: readonly Known[],
  known: readonly Known[],
): Rules {
  const lists = LISTS[verdict];
  const opposite = LISTS[other(verdict)];
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

/** The rules without a verdict on these updates: their ids, their KBs, and the ids written beside those KBs leave all four lists. */
export function reset(rules: Rules, updates: readonly Known[], known: readonly Known[]): Rules {
  const kbs = [...new Set(updates.flatMap((update) => update.kbids.map(kbLabel)))];
  const written = new Set([...rules.allowedKbs, ...rules.forbiddenKbs].map(bareKb));
  const ids = [
    ...updates.map((update) => update.updateId),
    ...idsUnder(
      kbs.filter((kb) => written.has(bareKb(kb))),
      known,
    ),
  ];
  let next = rules;
  for (const lists of Object.values(LISTS)) {
    next = withoutEntries(next, lists.updates, ids);
    next = withoutEntries(
      next,
      lists.kbs,
      next[lists.kbs].filter((kb) => kbs.includes(kbLabel(kb))),
    );
  }
  return next;
}

/** The rules without a KB, and without the known ids that stand beside it in the same verdict. */
export function withoutKbs(rules: Rules, verdict: Verdict, kbs: readonly string[], known: readonly Known[]): Rules {
  const gone = new Set(kbs.map(bareKb));
  const lists = LISTS[verdict];
  const next = withoutEntries(
    rules,
    lists.kbs,
    rules[lists.kbs].filter((kb) => gone.has(bareKb(kb))),
  );
  const kept = new Set(idsUnder(next[lists.kbs], known));
  return withoutEntries(
    next,
    lists.updates,
    idsUnder(kbs, known).filter((id) => !kept.has(id)),
  );
}

/** The rules with a category: every spelling that hosts reported for it, or its own name where none did. */
export function withCategory(rules: Rules, list: CategoryList, key: string, names: readonly string[]): Rules {
  return withEntries(rules, list, names.length === 0 ? [key] : names);
}

/** The rules without a category, whatever its spellings. */
export function withoutCategory(rules: Rules, list: CategoryList, key: string): Rules {
  return withoutEntries(
    rules,
    list,
    rules[list].filter((name) => keyOf[list](name) === key),
  );
}

/** The spellings that hosts report now for a category already in the rules and that the rules lack. */
export function missingSpellings(rules: Rules, list: CategoryList, key: string, reported: readonly string[]): string[] {
  const written = new Set(rules[list]);
  if (!rules[list].some((name) => keyOf[list](name) === key)) return [];
  return reported.filter((name) => !written.has(name));
}
