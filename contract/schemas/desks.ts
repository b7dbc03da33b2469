import { z } from 'zod';
import { opaqueId } from './common.ts';

/** Most desks that are open at once: each has a store, a sync and a connection of its own. */
export const MOST_DESKS = 8;

/** One of the desks. */
export const deskRef = z.strictObject({ deskId: opaqueId });

/** The ids of the desks that are open, the oldest first; there is always one. */
export type DeskList = readonly string[];
