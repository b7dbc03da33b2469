/** Hosts that cannot be spoken of by their rows: silent ones, and those that were off when there was something to install. */
import { dateOf } from './decision.ts';

/** What is known of when a host was there. */
export interface Presence {
  readonly reachable: string | null;
  readonly lastSeenOn: string | null;
}

const DAY = 86_400_000;

/** Whether the server holds the host's connection now. */
const isConnected = ({ reachable }: Presence): boolean => reachable === 'OK' || reachable === 'RUNNING';

/** Silent: not connected, and not seen for longer than the limit of stale scans, or never. */
export function isSilent(host: Presence, limit: { readonly staleDays: number; readonly now: number }): boolean {
  if (isConnected(host)) return false;
  const seen = dateOf(host.lastSeenOn);
  return seen === null || limit.now - seen > limit.staleDays * DAY;
}

/**
 * Could not have been patched: not connected, and last seen before the newest update came out that counted hosts of the same Windows version report
 * (`released`, milliseconds; definitions, which come every day, are left out of it; null: none is known). It had no chance to install it.
 */
export function isOffSince(host: Presence, released: number | null): boolean {
  if (released === null || isConnected(host)) return false;
  const seen = dateOf(host.lastSeenOn);
  return seen !== null && seen < released;
}
