/** The lists of a package as rows that a person can read and remove. */
import type { Rules } from '../../../domain/rules.ts';
import { bareKb, kbLabel, type UpdateRow } from '../../../domain/update.ts';
import { CATEGORY_LISTS, type CategoryList, keyOf } from './decision.ts';
import type { Verdict } from './edits.ts';

/** An update or KB of one list, with what is known of it. `updates` is empty where no host reports it any more. */
export interface EntryRow {
  readonly key: string;
  readonly kind: 'update' | 'kb';
  /** The entry as written: `GUID_revision` or `KBnnnnnnn`. */
  readonly value: string;
  readonly title: string;
  readonly updates: readonly UpdateRow[];
  /** Of a KB: how many of its known ids already stand beside it. */
  readonly idsBeside: number;
}

/** A category of one list, its spellings merged. */
export interface CategoryRow {
  readonly list: CategoryList;
  readonly key: string;
  readonly names: readonly string[];
}

/** What a verdict consists of: KBs first, the ids that stand beside a KB folded into it, then single updates. */
export function entryRows(rules: Rules, verdict: Verdict, updates: readonly UpdateRow[]): EntryRow[] {
  const ids = verdict === 'allowed' ? rules.allowedUpdates : rules.forbiddenUpdates;
  const kbs = verdict === 'allowed' ? rules.allowedKbs : rules.forbiddenKbs;
  const byId = new Map(updates.map((update) => [update.updateId, update]));
  const byKb = groupByKb(updates);
  const written = new Set(ids);
  const folded = new Set<string>();
  const rows: EntryRow[] = [];
  for (const kb of kbs) {
    const under = byKb.get(bareKb(kb)) ?? [];
    const beside = under.filter((update) => written.has(update.updateId));
    for (const update of beside) folded.add(update.updateId);
    rows.push({
      key: `kb:${kb}`,
      kind: 'kb',
      value: kbLabel(kb),
      title: under[0]?.title ?? '',
      updates: under,
      idsBeside: beside.length,
    });
  }
  for (const id of ids) {
    if (folded.has(id)) continue;
    const update = byId.get(id);
    rows.push({
      key: `id:${id}`,
      kind: 'update',
      value: id,
      title: update?.title ?? '',
      updates: update === undefined ? [] : [update],
      idsBeside: 0,
    });
  }
  return rows;
}

const groupByKb = (updates: readonly UpdateRow[]): ReadonlyMap<string, readonly UpdateRow[]> => {
  const groups = new Map<string, UpdateRow[]>();
  for (const update of updates) {
    for (const kb of update.kbids) {
      const group = groups.get(bareKb(kb));
      if (group === undefined) groups.set(bareKb(kb), [update]);
      else group.push(update);
    }
  }
  return groups;
};

/** The categories of a package, each with the spellings it writes. */
export function categoryRows(rules: Rules): CategoryRow[] {
  return CATEGORY_LISTS.flatMap((list) => {
    const groups = new Map<string, string[]>();
    for (const name of rules[list]) {
      const key = keyOf[list](name);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [name]);
      else group.push(name);
    }
    return [...groups].map(([key, names]) => ({ list, key, names }));
  });
}
