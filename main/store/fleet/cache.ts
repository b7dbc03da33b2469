import type { CacheFigure, CacheState } from '../../../contract/schemas/fleet.ts';
import { OPEN_BITS } from '../../../domain/compliance.ts';
import { ageOf, eachRow, type FleetHost, type Limit, type Picture } from './picture.ts';

/** Whether a counted host needs the update and may install it, by key. */
export function wantedUpdates(picture: Picture, limit: Limit): Uint8Array {
  const wanted = new Uint8Array(picture.updates.ids.length);
  for (const host of picture.hosts) {
    if (ageOf(host, limit) !== 'counted') continue;
    eachRow(picture, host, (update, bit) => {
      if ((bit & OPEN_BITS) !== 0) wanted[update] = 1;
    });
  }
  return wanted;
}

/** Whether a wanted update belongs to a state of the cache. */
export const isCached = ({ updates }: Picture, update: number, state: CacheState): boolean =>
  (updates.isOnServer[update] === 1) === (state === 'present');

/** What the server has of the wanted updates, and what it lacks. */
export function cacheFigures(picture: Picture, limit: Limit): Readonly<Record<CacheState, CacheFigure>> {
  const wanted = wantedUpdates(picture, limit);
  const sum = (state: CacheState): CacheFigure => {
    let [updates, bytes, unknownSizes] = [0, 0, 0];
    for (let update = 0; update < wanted.length; update++) {
      if (wanted[update] === 0 || !isCached(picture, update, state)) continue;
      updates++;
      const size = picture.updates.bytes[update] as number;
      if (Number.isNaN(size)) unknownSizes++;
      else bytes += size;
    }
    return { updates, bytes, unknownSizes };
  };
  return { present: sum('present'), absent: sum('absent') };
}

/** Whether a counted host needs one of the updates and may install it. */
export function wants(picture: Picture, host: FleetHost, limit: Limit, isOf: (update: number) => boolean): boolean {
  if (ageOf(host, limit) !== 'counted') return false;
  let found = false;
  eachRow(picture, host, (update, bit) => {
    if ((bit & OPEN_BITS) !== 0 && isOf(update)) found = true;
  });
  return found;
}
