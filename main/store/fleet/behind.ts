import type { FleetSet, Where } from '../../../contract/schemas/fleet.ts';
import { bitsOf, isMeasured, isUpdateDimension } from '../../../domain/compliance.ts';
import { countsIn } from '../../../domain/measures.ts';
import { ageOf, bitOf, type FleetHost, type Limit, type Picture, stateNow, updateTest } from './picture.ts';

/** Keys of hosts and updates. */
interface Found {
  readonly hosts: readonly FleetHost[];
  readonly updates: Iterable<number>;
}

type Resolver<W extends Where> = (picture: Picture, where: W, limit: Limit) => Found;

const compliance: Resolver<Extract<Where, { kind: 'compliance' }>> = (picture, { dimension, key, measure }, limit) => {
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
  return { hosts, updates: behind };
};

const update: Resolver<Extract<Where, { kind: 'update' }>> = ({ hosts, updates, rowsOf }, { updateId, measure }) => {
  const key = updates.ids.indexOf(updateId);
  const isBehind = (host: FleetHost): boolean => {
    const rows = rowsOf(host.key);
    const row = rows.update.indexOf(key);
    return row >= 0 && countsIn(stateNow(rows.state[row] as number, updates.isOnServer[key] as number), measure);
  };
  return { hosts: key < 0 ? [] : hosts.filter(isBehind), updates: key < 0 ? [] : [key] };
};

const host: Resolver<Extract<Where, { kind: 'host' }>> = ({ hosts, updates, rowsOf }, { uuid, measure }) => {
  const found = hosts.find((each) => each.uuid === uuid);
  if (found === undefined) return { hosts: [], updates: [] };
  const { update: keys, state } = rowsOf(found.key);
  return {
    hosts: [found],
    updates: keys.filter((at, row) =>
      countsIn(stateNow(state[row] as number, updates.isOnServer[at] as number), measure),
    ),
  };
};

const resolvers: { readonly [K in Where['kind']]: Resolver<Extract<Where, { kind: K }>> } = {
  compliance,
  update,
  host,
};

/** The hosts and updates that a number speaks of. */
export function behind(picture: Picture, where: Where, limit: Limit): FleetSet {
  const resolve = resolvers[where.kind] as Resolver<Where>;
  const found = resolve(picture, where, limit);
  return {
    uuids: found.hosts.map(({ uuid }) => uuid),
    updateIds: [...found.updates].sort((a, b) => a - b).map((at) => picture.updates.ids[at] ?? ''),
  };
}
