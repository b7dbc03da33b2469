/** What would change a decision, gathered into what one does at once. */
import type { WhyChange } from '../../../contract/schemas/rules.ts';
import { normalEntry } from '../../../domain/decision.ts';
import type { RuleList, Rules } from '../../../domain/rules.ts';
import type { Update } from '../../../domain/update.ts';
import { withVerdict } from '../../../domain/verdicts.ts';

type Known = Pick<Update, 'updateId' | 'kbids'>;
type Of<K extends WhyChange['kind']> = Extract<WhyChange, { readonly kind: K }>;

/** Entries that leave one package together. */
export interface Removal {
  readonly package: string;
  readonly entries: readonly { readonly list: RuleList; readonly entry: string }[];
}

/** The changes of a verdict: removals, all of which are needed, and what is enough alone. */
export interface GatheredChanges {
  readonly removals: readonly Removal[];
  readonly others: readonly Exclude<WhyChange, Of<'remove-entry'>>[];
}

/** Gathers the entries that stand in the way, package by package. */
export function gatherChanges(changes: readonly WhyChange[]): GatheredChanges {
  const removals = Map.groupBy(
    changes.filter((change): change is Of<'remove-entry'> => change.kind === 'remove-entry'),
    (change) => change.package,
  );
  return {
    removals: [...removals].map(([name, entries]) => ({
      package: name,
      entries: entries.map(({ list, entry }) => ({ list, entry })),
    })),
    others: changes.filter((change) => change.kind !== 'remove-entry'),
  };
}

/** The rules without the entries of a removal, however they are spelt there. */
export function withoutRemoval(rules: Rules, { entries }: Removal): Rules {
  const next: { -readonly [L in RuleList]: Rules[L] } = { ...rules };
  for (const { list, entry } of entries) {
    const gone = normalEntry(list, entry);
    next[list] = next[list].filter((one) => normalEntry(list, one) !== gone);
  }
  return next;
}

/** The rules with a verdict on one update added, by its KB or its id. */
export function withAddition(
  rules: Rules,
  change: Of<'add-kb' | 'add-id'>,
  update: Known,
  known: readonly Known[],
): Rules {
  const isAllow = change.list === 'allowedKbs' || change.list === 'allowedUpdates';
  const as = change.kind === 'add-kb' ? 'kbs' : 'updates';
  const meant = change.kind === 'add-kb' ? { ...update, kbids: [change.kb] } : update;
  return withVerdict(rules, isAllow ? 'allowed' : 'forbidden', as, [meant], known);
}
