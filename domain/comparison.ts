/** How several hosts stand with one update. */
import type { RowState } from './update.ts';

/** The state on each host, in the order of the hosts; null where a host does not report the update. */
export type Standing = readonly (RowState | null)[];

/** Least and most hosts that are compared at once. */
export const COMPARED = { least: 2, most: 8 } as const;

/** Whether the hosts do not all stand the same; not reporting counts as standing otherwise. */
export function differs(states: Standing): boolean {
  return states.some((state) => state !== states[0]);
}

/** Whether all hosts report the update. */
export function isSharedByAll(states: Standing): boolean {
  return states.every((state) => state !== null);
}
