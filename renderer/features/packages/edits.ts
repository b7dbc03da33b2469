/** What one does to the rules of a draft, as pure steps. */
import { type Rules, withEntries, withoutEntries } from '../../../domain/rules.ts';
import { bareKb, kbLabel, type Update } from '../../../domain/update.ts';
import { idsUnder, VERDICT_LISTS, type Verdict } from '../../../domain/verdicts.ts';
import { type CategoryList, keyOf } from './decision.ts';

export { idsUnder, type Verdict, type WrittenAs, withVerdict as decide } from '../../../domain/verdicts.ts';

type Known = Pick<Update, 'updateId' | 'kbids'>;

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
  for (const lists of Object.values(VERDICT_LISTS)) {
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
  const lists = VERDICT_LISTS[verdict];
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
