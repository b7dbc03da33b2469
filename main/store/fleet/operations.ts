import type { ConsoleError } from '../../../contract/errors.ts';
import type { FleetSet, Where } from '../../../contract/schemas/fleet.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { Context } from '../context.ts';
import type { Failed } from '../failures/failed.ts';
import type { StaleLimit } from '../hosts.ts';
import type { Overview } from '../overview.ts';
import { behind } from './behind.ts';
import { pictureOf } from './picture.ts';

/** What the store can be asked about the whole fleet. */
export function fleetOperations(context: Context, overview: Overview, failed: Failed) {
  const picture = pictureOf(context, overview);
  return {
    /** The hosts and updates that a number speaks of; nothing for an entry that is not there (any more). */
    fleetBehind: ({
      where,
      staleDays,
      now = Date.now(),
    }: StaleLimit & { readonly where: Where }): Result<FleetSet, ConsoleError> =>
      ok(behind({ picture, failed }, where, { staleDays, now })),
  };
}
