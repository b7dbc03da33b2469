import type { ChainedUpdate } from '../../contract/schemas/updates.ts';
import { chain } from '../../domain/supersedence.ts';
import type { Overview } from './overview.ts';

/** What an update replaces and what replaces it, nearest first. */
export interface Chains {
  readonly supersedes: readonly ChainedUpdate[];
  readonly supersededBy: readonly ChainedUpdate[];
}

const newestFirst = (a: ChainedUpdate, b: ChainedUpdate): number => {
  if (a.distance !== b.distance) return a.distance - b.distance;
  if ((a.title === null) !== (b.title === null)) return a.title === null ? 1 : -1;
  const [own, other] = [a.changetime ?? '', b.changetime ?? ''];
  return own === other ? (a.updateId < b.updateId ? -1 : 1) : own < other ? 1 : -1;
};

/** Gives the chains of an update by its key in the store; both directions, direct and indirect. */
export function chainsOf(overview: Overview): (id: number) => Chains {
  let places: ReadonlyMap<number, number> = new Map();
  let placedFor: unknown = null;
  const placeOf = (id: number): number => {
    const updates = overview.descriptions();
    if (placedFor !== updates) {
      places = new Map(updates.map((each, at) => [each.id, at]));
      placedFor = updates;
    }
    return places.get(id) ?? -1;
  };

  const linked = (at: number, distance: number): ChainedUpdate => {
    const update = overview.descriptions()[at];
    const hosts = overview.counts().counts(update?.id ?? -1);
    return {
      updateId: update?.updateId ?? '',
      // An update that only rows name has an empty title: nobody described it either.
      title: update?.title || null,
      kbids: update?.kbids ?? [],
      changetime: update?.changetime ?? null,
      distance,
      isListed: update !== undefined && overview.isListed(update),
      isSuperseded: overview.supersededGuids().has(update?.guid ?? ''),
      onServer: (update?.downloadedOn ?? null) !== null,
      hosts,
    };
  };

  return (id) => {
    const from = placeOf(id);
    const { older, newer, unknown } = overview.supersedence();
    const replaced = chain(older, from);
    const undescribed = new Map<string, ChainedUpdate>();
    for (const { at, distance } of [{ at: from, distance: 0 }, ...replaced]) {
      for (const guid of unknown[at] ?? []) {
        if (undescribed.has(guid)) continue;
        undescribed.set(guid, { ...linked(-1, distance + 1), updateId: guid, isSuperseded: true });
      }
    }
    return {
      supersedes: [...replaced.map(({ at, distance }) => linked(at, distance)), ...undescribed.values()].sort(
        newestFirst,
      ),
      supersededBy: chain(newer, from)
        .map(({ at, distance }) => linked(at, distance))
        .sort(newestFirst),
    };
  };
}
