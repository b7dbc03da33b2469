import type { Where } from '../../../contract/schemas/fleet.ts';

/** The address parameter that says which set a list shows. */
export const WHERE = 'where';

/** The address of the list of hosts behind a number. */
export const hostsBehind = (where: Where): string => `/hosts?${WHERE}=${encodeURIComponent(JSON.stringify(where))}`;

/** The address of the list of updates behind a number. */
export const updatesBehind = (where: Where): string => `/updates?${WHERE}=${encodeURIComponent(JSON.stringify(where))}`;

/** A set as the address says it; null where the text is none. What it says is checked by main. */
export function readWhere(text: string): Where | null {
  try {
    const value: unknown = JSON.parse(text);
    const isSet = typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';
    return isSet ? (value as Where) : null;
  } catch {
    return null;
  }
}
