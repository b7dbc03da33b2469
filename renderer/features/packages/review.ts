/** What a draft changes against what it was opened from. */
import { RULE_LISTS, type RuleList, type Rules } from '../../../domain/rules.ts';

/** The parts of a package that publishing can change. */
export interface Reviewed {
  readonly package: string;
  readonly description: string;
  readonly maturity: string;
  readonly rules: Rules;
}

/** One list with its differences. */
export interface ListChange {
  readonly list: RuleList;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** A text field before and after. */
export interface FieldChange {
  readonly field: 'package' | 'description' | 'maturity';
  readonly before: string;
  readonly after: string;
}

/** All that publishing would change. */
export interface Changes {
  readonly lists: readonly ListChange[];
  readonly fields: readonly FieldChange[];
}

/** The differences of a draft to its base; against null everything is new. Order does not count. */
export function changesOf(base: Reviewed | null, draft: Reviewed): Changes {
  const lists = RULE_LISTS.map((list) => {
    const before = new Set(base?.rules[list] ?? []);
    const after = new Set(draft.rules[list]);
    return {
      list,
      added: [...after].filter((entry) => !before.has(entry)),
      removed: [...before].filter((entry) => !after.has(entry)),
    };
  }).filter((change) => change.added.length > 0 || change.removed.length > 0);
  const fields = (['package', 'description', 'maturity'] as const)
    .map((field) => ({ field, before: base?.[field] ?? '', after: draft[field] }))
    .filter((change) => base !== null && change.before !== change.after);
  return { lists, fields };
}

/** Whether publishing would change nothing but the version. */
export function isUnchanged(changes: Changes): boolean {
  return changes.lists.length === 0 && changes.fields.length === 0;
}
