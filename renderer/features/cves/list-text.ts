import { deskStore } from '../../desks/desk-store.ts';

/** What one pasted, kept while one is in other screens. */
export const useListText = deskStore<{ readonly text: string }>(() => ({ text: '' }));
