/** What a file says about itself, in the language of the window that asked for it. */
export interface SheetWords {
  readonly about: string;
  readonly title: string;
  readonly rows: string;
  readonly of: string;
  readonly filter: string;
  readonly noFilter: string;
  readonly selection: string;
  readonly readAt: string;
  readonly never: string;
  readonly offline: string;
  readonly server: string;
  readonly user: string;
  readonly madeAt: string;
  readonly console: string;
}

const en: SheetWords = {
  about: 'About this list',
  title: 'List',
  rows: 'Rows',
  of: 'of',
  filter: 'Filter',
  noFilter: 'None',
  selection: 'Only the selected rows',
  readAt: 'Data read from the server',
  never: 'Never',
  offline: 'the server could not be reached since',
  server: 'Server',
  user: 'User',
  madeAt: 'Written',
  console: 'Console',
};

const fr: SheetWords = {
  about: 'À propos de cette liste',
  title: 'Liste',
  rows: 'Lignes',
  of: 'sur',
  filter: 'Filtre',
  noFilter: 'Aucun',
  selection: 'Seulement les lignes sélectionnées',
  readAt: 'Données lues sur le serveur',
  never: 'Jamais',
  offline: 'serveur injoignable depuis',
  server: 'Serveur',
  user: 'Utilisateur',
  madeAt: 'Écrit',
  console: 'Console',
};

/** The words of both languages. */
export const sheetWords: Readonly<Record<'en' | 'fr', SheetWords>> = { en, fr };
