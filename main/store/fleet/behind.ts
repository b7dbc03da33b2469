import type { FleetSet, Where } from '../../../contract/schemas/fleet.ts';
import { bitsOf, isMeasured, isUpdateDimension } from '../../../domain/compliance.ts';
import { countsIn } from '../../../domain/measures.ts';
import type { Failed } from '../failures/failed.ts';
import { behindFailures } from '../failures/operations.ts';
import { ageOf, bitOf, type FleetHost, type Limit, type Picture, stateNow, updateTest } from './picture.ts';

/** Keys of hosts and updates. */
interface Found {
  readonly hosts: readonly FleetHost[];
  readonly updates: Iterable<number>;
}

/** What sets are resolved with; each is computed when it is asked for. */
export interface Sources {
  readonly picture: () => Picture;
  readonly failed: Failed;
}

type Of<K extends Where['kind']> = Extract<Where, { kind: K }>;
type Resolver<W extends Where> = (sources: Sources, where: W, limit: Limit) => FleetSet;

const setOf = (picture: Picture, { hosts, updates }: Found): FleetSet => ({
  uuids: hosts.map(({ uuid }) => uuid),
  updateIds: [...updates].sort((a, b) => a - b).map((at) => picture.updates.ids[at] ?? ''),
});

const compliance: Resolver<Of<'compliance'>> = (sources, { dimension, key, measure }, limit) => {
  const picture = sources.picture();
  const { updates, rowsOf } = picture;
  const isOf = updateTest(updates, dimension, key);
  const ofUpdates = isUpdateDimension(dimension);
  const bits = bitsOf(measure);
  const behind = new Set<number>();
  const hosts = picture.hosts.filter((host) => {
    if (!ofUpdates && !host.entries[dimension as keyof FleetHost['entries']].includes(key)) return false;
    const { update, state } = rowsOf(host.key);
    let standing = 0;
    update.forEach((at, row) => {
      if (isOf(at)) standing |= bitOf(state[row] as number, updates.isOnServer[at] as number);
    });
    // A host that reports none of the entry's updates is none of its hosts.
    if (ofUpdates && standing === 0) return false;
    if (!isMeasured(measure, ageOf(host, limit), standing)) return false;
    update.forEach((at, row) => {
      if (isOf(at) && (bitOf(state[row] as number, updates.isOnServer[at] as number) & bits) !== 0) behind.add(at);
    });
    return true;
  });
  return setOf(picture, { hosts, updates: behind });
};

const update: Resolver<Of<'update'>> = (sources, { updateId, measure }) => {
  const picture = sources.picture();
  const { hosts, updates, rowsOf } = picture;
  const key = updates.ids.indexOf(updateId);
  const isBehind = (host: FleetHost): boolean => {
    const rows = rowsOf(host.key);
    const row = rows.update.indexOf(key);
    return row >= 0 && countsIn(stateNow(rows.state[row] as number, updates.isOnServer[key] as number), measure);
  };
  return setOf(picture, { hosts: key < 0 ? [] : hosts.filter(isBehind), updates: key < 0 ? [] : [key] });
};

const host: Resolver<Of<'host'>> = (sources, { uuid, measure }) => {
  const picture = sources.picture();
  const { hosts, updates, rowsOf } = picture;
  const found = hosts.find((each) => each.uuid === uuid);
  if (found === undefined) return { uuids: [], updateIds: [] };
  const { update: keys, state } = rowsOf(found.key);
  return setOf(picture, {
    hosts: [found],
    updates: keys.filter((at, row) =>
      countsIn(stateNow(state[row] as number, updates.isOnServer[at] as number), measure),
    ),
  });
};

const failure: Resolver<Of<'failure'>> = ({ failed }, { kind: _kind, ...set }, limit) =>
  behindFailures(failed(limit), set);

const resolvers: { readonly [K in Where['kind']]: Resolver<Of<K>> } = { compliance, update, host, failure };

/** The hosts and updates that a number speaks of. */
export function behind(sources: Sources, where: Where, limit: Limit): FleetSet {
  const resolve = resolvers[where.kind] as Resolver<Where>;
  return resolve(sources, where, limit);
}
