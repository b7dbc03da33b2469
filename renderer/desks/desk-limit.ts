import type { MOST_DESKS } from '../../contract/schemas/desks.ts';

/** As many as main keeps; the type holds the two together, since a schema would pull its library into the window. */
export const MOST_DESKS_SHOWN: typeof MOST_DESKS = 8;
