import type { RulesDiff } from '../../../../contract/schemas/history.ts';
import type { RuleList } from '../../../../domain/rules.ts';
import { bareKb, type UpdateRow } from '../../../../domain/update.ts';

/** An entry of a difference, and how many ids were written, or taken out, beside it. */
export interface DiffEntry {
  readonly entry: string;
  readonly beside: number;
}

/** One list of a difference as one reads it. */
export interface DiffList {
  readonly list: RuleList;
  readonly removed: readonly DiffEntry[];
  readonly added: readonly DiffEntry[];
}

type Side = 'removed' | 'added';

const PAIRS = [
  ['forbiddenUpdates', 'forbiddenKbs'],
  ['allowedUpdates', 'allowedKbs'],
] as const satisfies readonly (readonly [RuleList, RuleList])[];

/**
 * Publishing writes the known ids of a KB beside it: ids that came or went together with their KB are told with it, and not once more by themselves.
 * Lists of which nothing is left are left out.
 */
export function foldIds(lists: RulesDiff['lists'], updates: readonly UpdateRow[]): readonly DiffList[] {
  const kbsOf = new Map(updates.map((update) => [update.updateId.toLowerCase(), update.kbids.map(bareKb)]));
  const listOf = (name: RuleList): RulesDiff['lists'][number] | undefined => lists.find(({ list }) => list === name);
  const folded: Record<Side, Set<string>> = { removed: new Set(), added: new Set() };
  const beside: Record<Side, Map<string, number>> = { removed: new Map(), added: new Map() };
  for (const [ids, kbs] of PAIRS) {
    for (const side of ['removed', 'added'] as const) {
      const moved = new Set((listOf(kbs)?.[side] ?? []).map(bareKb));
      for (const id of listOf(ids)?.[side] ?? []) {
        const kb = kbsOf.get(id.toLowerCase())?.find((each) => moved.has(each));
        if (kb === undefined) continue;
        folded[side].add(`${ids} ${id}`);
        beside[side].set(`${kbs} ${kb}`, (beside[side].get(`${kbs} ${kb}`) ?? 0) + 1);
      }
    }
  }
  return lists
    .map(({ list, ...sides }) => {
      const shown = (side: Side): readonly DiffEntry[] =>
        sides[side]
          .filter((entry) => !folded[side].has(`${list} ${entry}`))
          .map((entry) => ({ entry, beside: beside[side].get(`${list} ${bareKb(entry)}`) ?? 0 }));
      return { list, removed: shown('removed'), added: shown('added') };
    })
    .filter(({ removed, added }) => removed.length + added.length > 0);
}
