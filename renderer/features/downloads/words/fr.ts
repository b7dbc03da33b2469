import type { en } from './en.ts';

/** Words of the screen, in French. */
export const fr: typeof en = { title: 'downloads' };
