import { deskStore } from '../desks/desk-store.ts';

/** What ended while one was not looking. */
export interface Ended {
  readonly id: string;
  readonly text: string;
  /** ISO with zone. */
  readonly at: string;
  readonly hasFailed: boolean;
  /** Where one sees it. */
  readonly path: string;
}

const KEPT = 8;

/** What ended at a desk, the newest first. */
export const useEnded = deskStore<{
  readonly list: readonly Ended[];
  readonly add: (ended: Ended) => void;
  readonly clear: () => void;
}>((set) => ({
  list: [],
  add: (ended) => set(({ list }) => ({ list: [ended, ...list].slice(0, KEPT) })),
  clear: () => set({ list: [] }),
}));
