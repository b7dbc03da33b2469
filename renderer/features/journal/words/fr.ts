import type { en } from './en.ts';

/** Words of the journal, in French. */
export const fr: typeof en = {
  title: 'Journal',
  grid: 'Ce qui a été fait depuis cette console',
  search: 'Rechercher dans le journal',
  at: 'Quand',
  user: 'Qui',
  kind: 'Quoi',
  facts: 'À propos',
  reason: 'Motif',
  hash: 'Chaîne',
  id: 'N°',
  empty: 'Rien n’a encore été fait',
  emptyText: 'Publications, suppressions, téléchargements et ordres aux machines sont écrits ici, et jamais réécrits.',
  details: 'Entrée {{id}}',
  close: 'Fermer',
};
