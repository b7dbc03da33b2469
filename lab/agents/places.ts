import type { Family, Language } from '../origin/catalogue.ts';

/** Where computers stand; `share` says how many of them, beside the others. */
export type Site = {
  readonly code: string;
  readonly name: string;
  readonly language: Language;
  readonly share: number;
};

/** The sites of a small lab. */
export const fewSites: readonly Site[] = [
  { code: 'PAR', name: 'Paris', language: 'fr', share: 0.4 },
  { code: 'LYO', name: 'Lyon', language: 'fr', share: 0.25 },
  { code: 'LON', name: 'London', language: 'en', share: 0.2 },
  { code: 'DUB', name: 'Dublin', language: 'en', share: 0.15 },
];

const site = (code: string, name: string, language: Language, share: number): Site => ({ code, name, language, share });

/** The sites of a large lab. */
export const manySites: readonly Site[] = [
  site('PAR', 'Paris', 'fr', 20),
  site('LYO', 'Lyon', 'fr', 12),
  site('MRS', 'Marseille', 'fr', 9),
  site('TLS', 'Toulouse', 'fr', 7),
  site('LIL', 'Lille', 'fr', 6),
  site('NTE', 'Nantes', 'fr', 6),
  site('BOD', 'Bordeaux', 'fr', 5),
  site('SXB', 'Strasbourg', 'fr', 4),
  site('RNS', 'Rennes', 'fr', 4),
  site('GNB', 'Grenoble', 'fr', 3),
  site('BES', 'Brest', 'fr', 2),
  site('AJA', 'Ajaccio', 'fr', 1),
  site('LON', 'London', 'en', 8),
  site('MAN', 'Manchester', 'en', 4),
  site('EDI', 'Edinburgh', 'en', 2),
  site('DUB', 'Dublin', 'en', 4),
  site('AMS', 'Amsterdam', 'en', 2),
  site('CPH', 'Copenhagen', 'en', 1),
];

/** The departments of a large lab: one organisational unit and one group each. */
export const departments = [
  'Accounting',
  'Engineering',
  'Human Resources',
  'Legal',
  'Logistics',
  'Production',
  'Purchasing',
  'Research',
  'Sales',
  'Support',
] as const;

/** Letters, digits and dashes only: `Human Resources` becomes `human-resources`. */
export const slug = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

const clientEditions: Readonly<Record<Language, readonly string[]>> = {
  en: ['Pro', 'Pro', 'Enterprise', 'Education', 'Pro for Workstations'],
  fr: ['Professionnel', 'Professionnel', 'Entreprise', 'Éducation', 'Professionnel pour stations de travail'],
};

/** The names under which one Windows is sold, in the language of its host. */
export const editionsOf = (family: Family, language: Language): readonly string[] => {
  const [kind = '', version = ''] = family.split('-');
  return kind === 'server'
    ? ['Standard', 'Standard', 'Datacenter', 'Essentials'].map(
        (edition) => `Microsoft Windows Server ${version} ${edition}`,
      )
    : clientEditions[language].map((edition) => `Microsoft Windows ${version} ${edition}`);
};
