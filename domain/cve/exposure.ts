/** How a host stands with a CVE, from the updates that fix it and what the host reports of them. What is not known is never called safe. */
import { isNeeded, type RowState } from '../update.ts';

/**
 * The states of a host: affected, and the fix is not allowed (`blocked`) or on its way (`pending`); it has the fix; the fix is not for it; nobody knows.
 * The gravest first: of several CVEs, a host is counted in the first that fits.
 */
export const EXPOSURES = ['blocked', 'pending', 'no-data', 'patched', 'not-affected'] as const;

/** One of them. */
export type Exposure = (typeof EXPOSURES)[number];

/** How a host stands with one fix: `none` where it reports neither the fix nor anything that contains it. */
export interface FixStanding {
  readonly state: 'blocked' | 'pending' | 'patched' | 'none';
  /** It is a newer update, which contains the fix, that says so. */
  readonly isBySupersedence: boolean;
}

const none: FixStanding = { state: 'none', isBySupersedence: false };

const open = (state: RowState): 'blocked' | 'pending' =>
  state === 'pending' || state === 'missing' || state === 'failed' ? 'pending' : 'blocked';

/**
 * How a host stands with one fix: `own` is what it reports of the fix, `newer` what it reports of the updates that replace it. A host that needs a newer one
 * and does not show the fix may lack it, and counts as affected.
 */
export function fixStanding(own: RowState | null, newer: readonly RowState[]): FixStanding {
  if (own === 'done') return { state: 'patched', isBySupersedence: false };
  if (newer.includes('done')) return { state: 'patched', isBySupersedence: true };
  if (own !== null && isNeeded(own)) return { state: open(own), isBySupersedence: false };
  const needed = newer.filter(isNeeded).map(open);
  if (needed.length === 0) return none;
  return { state: needed.includes('pending') ? 'pending' : 'blocked', isBySupersedence: true };
}

/** What decides for hosts that report none of the fixes. */
export interface Doubt {
  /** The host was scanned in time, and its rows were read. */
  readonly isCounted: boolean;
  /** ISO; what the host was scanned against. */
  readonly indexDate: string | null;
  /** `2024-09-10`: from when on an index knows the fix. */
  readonly released: string | null;
  /** Some update that anybody knows carries one of the KBs. */
  readonly isAnyKnown: boolean;
  /** The file names a fix that has no KB: what hosts report says nothing of it. */
  readonly hasOther: boolean;
}

/** How a host stands with a CVE, by its standings with each fix. One fix that it lacks is enough to be affected. */
export function exposureOf(standings: readonly FixStanding[], doubt: Doubt): Exposure {
  if (!doubt.isCounted) return 'no-data';
  const has = (state: FixStanding['state']): boolean => standings.some((each) => each.state === state);
  if (has('blocked')) return 'blocked';
  if (has('pending')) return 'pending';
  if (has('patched')) return 'patched';
  const { isAnyKnown, hasOther, released, indexDate } = doubt;
  if (!isAnyKnown || hasOther || released === null || indexDate === null) return 'no-data';
  return indexDate.slice(0, 10) > released ? 'not-affected' : 'no-data';
}

/** The gravest of a host's exposures. */
export const worstOf = (exposures: Iterable<Exposure>): Exposure => {
  const found = new Set(exposures);
  return EXPOSURES.find((each) => found.has(each)) ?? 'no-data';
};
