import type { Where } from '../../../contract/schemas/fleet.ts';
import { bitsOf, isMeasured, isUpdateDimension, NEEDED_BITS, OPEN_BITS } from '../../../domain/compliance.ts';
import { apartOf } from './apart.ts';
import { isCached, wantedUpdates, wants } from './cache.ts';
import { isNews, look, type Seen } from './looks.ts';
import { ageOf, eachRow, type FleetHost, type Limit, type Picture, updateTest } from './picture.ts';

/** Hosts, and keys of updates. */
export interface Found {
  readonly hosts: readonly FleetHost[];
  readonly updates: Iterable<number>;
}

type Of<K extends Where['kind']> = Extract<Where, { kind: K }>;

/** Updates of which a host of the list has a row in one of the states. */
function updatesOf(picture: Picture, hosts: readonly FleetHost[], bits: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (const host of hosts) {
    eachRow(picture, host, (update, bit) => {
      if ((bit & bits) !== 0) found.add(update);
    });
  }
  return found;
}

/** The hosts that a figure of compliance counts. */
export function compliance(picture: Picture, { dimension, key, measure }: Of<'compliance'>, limit: Limit): Found {
  const isOf = updateTest(picture.updates, dimension, key);
  const ofUpdates = isUpdateDimension(dimension);
  const hosts = picture.hosts.filter((host) => {
    if (!ofUpdates && !host.entries[dimension as keyof FleetHost['entries']].includes(key)) return false;
    let standing = 0;
    eachRow(picture, host, (update, bit) => {
      if (isOf(update)) standing |= bit;
    });
    // A host that reports none of the entry's updates is none of its hosts.
    return (!ofUpdates || standing !== 0) && isMeasured(measure, ageOf(host, limit), standing);
  });
  return { hosts, updates: [...updatesOf(picture, hosts, bitsOf(measure))].filter(isOf) };
}

/** Hosts that stand apart, and what is needed on them. */
export function apart(picture: Picture, where: Of<'apart'>, limit: Limit): Found {
  const stands = apartOf(picture, limit);
  const hosts = picture.hosts.filter((host) => stands(host, where.apart));
  return { hosts, updates: updatesOf(picture, hosts, NEEDED_BITS) };
}

/** Updates by what the server has of them, and the hosts that need them. */
export function cache(picture: Picture, where: Of<'cache'>): Found {
  const wanted = wantedUpdates(picture);
  const isOf = (update: number): boolean => wanted[update] === 1 && isCached(picture, update, where.cache);
  return {
    hosts: picture.hosts.filter((host) => wants(picture, host, isOf)),
    updates: [...wanted.keys()].filter(isOf),
  };
}

/** What changed since one last looked. */
export function news(
  picture: Picture,
  { news: kind }: Of<'news'>,
  limit: Limit,
  then: { readonly seen: Seen } | null,
): Found {
  if (then === null) return { hosts: [], updates: [] };
  const sight = look(picture, limit);
  if (kind === 'needed') {
    const known = new Set(then.seen.needed);
    const isNew = (update: number): boolean =>
      sight.needed[update] === 1 && !known.has(picture.updates.ids[update] ?? '');
    const hosts = picture.hosts.filter((host) => {
      let found = false;
      eachRow(picture, host, (update, bit) => {
        if ((bit & NEEDED_BITS) !== 0 && isNew(update)) found = true;
      });
      return found && ageOf(host, limit) === 'counted';
    });
    return { hosts, updates: [...sight.needed.keys()].filter(isNew) };
  }
  const was = new Map(Object.entries(then.seen.hosts));
  const hosts = picture.hosts.filter((host) => isNews(kind, was.get(host.uuid), sight.standing.get(host) ?? 0));
  const bits = kind === 'failed' ? bitsOf('failed') : kind === 'fallen' ? OPEN_BITS : NEEDED_BITS;
  return { hosts, updates: updatesOf(picture, hosts, bits) };
}
