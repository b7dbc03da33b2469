import type { CatalogueUpdate } from './catalogue.ts';
import { publishDefinitions, publishDrivers, publishOffice, publishTools } from './other-updates.ts';
import { makePublisher, patchTuesdays } from './publisher.ts';
import { publishOutOfBand, publishWindows } from './windows-updates.ts';

const months = 12;

/**
 * A year of Windows, .NET, Office, Defender and other updates before `base`, in chains where each replaces the one
 * before. Some of their files fail to download.
 */
export function generatedUpdates(seed: number, base: number): readonly CatalogueUpdate[] {
  const publisher = makePublisher(seed, base);
  for (const tuesday of patchTuesdays(base, months)) {
    publishWindows(publisher, tuesday);
    publishOffice(publisher, tuesday);
    publishTools(publisher, tuesday);
  }
  publishDefinitions(publisher);
  publishOutOfBand(publisher);
  publishDrivers(publisher);
  return publisher.updates;
}
