/** Which update replaces which: chains in both directions, and daily definitions folded to their newest. */
import { classificationKey, productKey } from './names.ts';
import { bareKb, guidOf, type Update } from './update.ts';

type Chained = Pick<Update, 'updateId' | 'supersededUpdateIds'>;

/** Direct neighbours of every update, by position in the list they were made from. */
export interface Supersedence {
  /** Positions that an update replaces. */
  readonly older: readonly (readonly number[])[];
  /** Positions that replace an update. */
  readonly newer: readonly (readonly number[])[];
  /** GUIDs that an update replaces and that no update of the list has. */
  readonly unknown: readonly (readonly string[])[];
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
  const unknown: string[][] = updates.map(() => []);
  updates.forEach((update, i) => {
    const own = guidOf(update.updateId);
    for (const guid of new Set(update.supersededUpdateIds.map(guidOf))) {
      if (guid === own) continue;
      const positions = byGuid.get(guid);
      if (positions === undefined) unknown[i]?.push(guid);
      for (const j of positions ?? []) {
        older[i]?.push(j);
        newer[j]?.push(i);
      }
    }
  });
  return { older, newer, unknown };
}

/** One update of a chain, by position, and how many steps away it is: 1 is a direct neighbour. */
export interface ChainLink {
  readonly at: number;
  readonly distance: number;
}

/** Everything reachable in one direction, nearest first; a circle in the data ends itself. */
export function chain(links: readonly (readonly number[])[], from: number): readonly ChainLink[] {
  const seen = new Set([from]);
  const found: ChainLink[] = [];
  let front = [from];
  for (let distance = 1; front.length > 0; distance++) {
    const next: number[] = [];
    for (const at of front) {
      for (const to of links[at] ?? []) {
        if (seen.has(to)) continue;
        seen.add(to);
        found.push({ at: to, distance });
        next.push(to);
      }
    }
    front = next;
  }
  return found;
}

type Foldable = Pick<Update, 'classification' | 'product' | 'kbids'>;

/**
 * The series that a definition belongs to: definitions of one product under the same KBs follow each other day by day. Null for everything else, and for
 * a definition without KB, of which nobody can tell what it follows.
 */
export function definitionSeries(update: Foldable): string | null {
  if (classificationKey(update.classification) !== 'Definition Updates') return null;
  const kbs = update.kbids.map(bareKb).filter((kb) => kb !== '');
  return kbs.length === 0 ? null : `${productKey(update.product)}\n${kbs.sort().join(',')}`;
}

/** For each position: the newest one of its series if another stands for it, else -1. */
export function foldDefinitions(updates: readonly (Foldable & Pick<Update, 'changetime'>)[]): Int32Array {
  const stands = new Int32Array(updates.length).fill(-1);
  const newest = new Map<string, number>();
  const series = updates.map(definitionSeries);
  series.forEach((name, i) => {
    if (name === null) return;
    const best = newest.get(name);
    if (best === undefined || (updates[i]?.changetime ?? '') > (updates[best]?.changetime ?? '')) newest.set(name, i);
  });
  series.forEach((name, i) => {
    const best = name === null ? undefined : newest.get(name);
    if (best !== undefined && best !== i) stands[i] = best;
  });
  return stands;
}

/**
 * The series of at least two updates as lists of positions, the one that stands for all first: what nothing replaces before what is superseded, then the
 * newest, then the last told.
 */
export function definitionGroups(
  updates: readonly (Foldable & Pick<Update, 'changetime'> & { readonly isSuperseded: boolean })[],
): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  updates.forEach((update, i) => {
    const name = definitionSeries(update);
    if (name === null) return;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [i]);
    else group.push(i);
  });
  const order = (a: number, b: number): number => {
    const [one, other] = [updates[a], updates[b]];
    const bySuperseded = Number(one?.isSuperseded) - Number(other?.isSuperseded);
    if (bySuperseded !== 0) return bySuperseded;
    const [own, others] = [one?.changetime ?? '', other?.changetime ?? ''];
    return own === others ? b - a : own < others ? 1 : -1;
  };
  return [...groups.values()].filter((group) => group.length > 1).map((group) => group.sort(order));
}
