/** Which update replaces which: chains in both directions, and daily definitions folded to their newest. */
import { classificationKey, productKey } from './catalogue.ts';
import { bareKb, guidOf, type Update } from './update.ts';

type Chained = Pick<Update, 'updateId' | 'supersededUpdateIds'>;

/** Direct neighbours of every update, by position in the list they were made from. */
export interface Supersedence {
  /** Positions that an update replaces. */
  readonly older: readonly (readonly number[])[];
  /** Positions that replace an update. */
  readonly newer: readonly (readonly number[])[];
}

/** Links updates by `superseded_update_ids` (GUIDs without revision, all revisions of one are meant). */
export function linkSupersedence(updates: readonly Chained[]): Supersedence {
  const byGuid = new Map<string, number[]>();
  updates.forEach((update, i) => {
    const guid = guidOf(update.updateId);
    const list = byGuid.get(guid);
    if (list === undefined) byGuid.set(guid, [i]);
    else list.push(i);
  });
  const older: number[][] = updates.map(() => []);
  const newer: number[][] = updates.map(() => []);
  updates.forEach((update, i) => {
    for (const id of update.supersededUpdateIds) {
      for (const j of byGuid.get(guidOf(id)) ?? []) {
        if (i === j) continue;
        older[i]?.push(j);
        newer[j]?.push(i);
      }
    }
  });
  return { older, newer };
}

/** Everything reachable in one direction, nearest first; a circle in the data ends itself. */
export function chain(links: readonly (readonly number[])[], from: number): readonly number[] {
  const seen = new Set([from]);
  const found: number[] = [];
  let front = [from];
  while (front.length > 0) {
    const next: number[] = [];
    for (const at of front) {
      for (const to of links[at] ?? []) {
        if (seen.has(to)) continue;
        seen.add(to);
        found.push(to);
        next.push(to);
      }
    }
    front = next;
  }
  return found;
}

/** For each position: the newest one of its fold if another stands for it, else -1. Definitions of one KB and product fold to the newest. */
export function foldDefinitions(
  updates: readonly Pick<Update, 'updateId' | 'classification' | 'product' | 'kbids' | 'changetime'>[],
): Int32Array {
  const stands = new Int32Array(updates.length).fill(-1);
  const newest = new Map<string, number>();
  const groupOf = (i: number): string | null => {
    const update = updates[i];
    if (update === undefined || classificationKey(update.classification) !== 'Definition Updates') return null;
    return `${productKey(update.product)}\n${[...update.kbids].map(bareKb).sort().join(',')}`;
  };
  for (let i = 0; i < updates.length; i++) {
    const group = groupOf(i);
    if (group === null) continue;
    const best = newest.get(group);
    if (best === undefined || (updates[i]?.changetime ?? '') > (updates[best]?.changetime ?? '')) newest.set(group, i);
  }
  for (let i = 0; i < updates.length; i++) {
    const group = groupOf(i);
    const best = group === null ? undefined : newest.get(group);
    if (best !== undefined && best !== i) stands[i] = best;
  }
  return stands;
}
