import type { CacheFigure, CacheState } from '../../../contract/schemas/fleet.ts';
import { OPEN_BITS } from '../../../domain/compliance.ts';
import { bytesOf } from '../../../domain/disk.ts';
import type { FilesByUpdate } from '../disk.ts';
import { eachRow, type FleetHost, type Picture } from './picture.ts';

/** Whether a host needs the update and may install it, by key. Stale hosts, too: the server fetches for every host. */
export function wantedUpdates(picture: Picture): Uint8Array {
  const wanted = new Uint8Array(picture.updates.ids.length);
  for (const host of picture.hosts) {
    eachRow(picture, host, (update, bit) => {
      if ((bit & OPEN_BITS) !== 0) wanted[update] = 1;
    });
  }
  return wanted;
}

/** Whether an update belongs to a state of the cache. */
export const isCached = ({ updates }: Picture, update: number, state: CacheState): boolean =>
  (updates.isOnServer[update] === 1) === (state === 'present');

/** What the server has of the wanted updates, and what it lacks; the very same files are counted once in bytes. */
export function cacheFigures(picture: Picture, files: FilesByUpdate): Readonly<Record<CacheState, CacheFigure>> {
  const wanted = wantedUpdates(picture);
  const sum = (state: CacheState): CacheFigure => {
    const updates = [...wanted.keys()].filter((update) => wanted[update] === 1 && isCached(picture, update, state));
    const sized = updates.map((update) => {
      const bytes = picture.updates.bytes[update] as number;
      return { bundle: files.get(update)?.bundle ?? -1 - update, maxDownloadSize: Number.isNaN(bytes) ? null : bytes };
    });
    return {
      updates: updates.length,
      bytes: bytesOf(sized),
      unknownSizes: sized.filter(({ maxDownloadSize }) => maxDownloadSize === null).length,
    };
  };
  return { present: sum('present'), absent: sum('absent') };
}

/** Whether a host needs one of the updates and may install it. */
export function wants(picture: Picture, host: FleetHost, isOf: (update: number) => boolean): boolean {
  let found = false;
  eachRow(picture, host, (update, bit) => {
    if ((bit & OPEN_BITS) !== 0 && isOf(update)) found = true;
  });
  return found;
}
