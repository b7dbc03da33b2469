/** Names of products, severities and classifications over languages: which belong together, and which of them a host compares (protocol 9.4). */

/** The three kinds of names that rules compare as text. */
export type NameKind = 'product' | 'severity' | 'classification';

/** The names of one meaning: English and French as Microsoft writes them, then identifiers of 2015 and GUIDs (protocol 4.7). */
interface KnownName {
  readonly en: readonly string[];
  readonly fr: readonly string[];
  readonly also: readonly string[];
}

const known = (en: string | readonly string[], fr: readonly string[], ...also: readonly string[]): KnownName => ({
  en: typeof en === 'string' ? [en] : en,
  fr,
  also,
});

const NAMES: Readonly<Record<NameKind, readonly KnownName[]>> = {
  classification: [
    known('Critical Updates', ['Mises à jour critiques'], 'CriticalUpdates', 'e6cf1350-c01b-414d-a61f-263d14d133b4'),
    known(
      'Security Updates',
      ['Mises à jour de la sécurité', 'Mises à jour de sécurité'],
      'SecurityUpdates',
      '0fa1201d-4330-4fa8-8ae9-b877473b6441',
    ),
    known(
      'Definition Updates',
      ['Mises à jour de définitions', 'Mises à jour des définitions'],
      'DefinitionUpdates',
      'e0789628-ce08-4437-be74-2495b842f43b',
    ),
    known('Update Rollups', ['Correctifs cumulatifs'], 'UpdateRollups', '28bc880e-0592-4cbf-8f95-c79b17911d5f'),
    known('Updates', ['Mises à jour'], 'cd5ffd1e-e932-4e3a-bf74-18bf0b1bbd83'),
    known('Service Packs', [], 'ServicePacks', '68c5b0a3-d1a6-4553-ae49-01d3a7827828'),
    known('Feature Packs', ['Packs de fonctionnalités'], 'FeaturePacks', 'b54e7d24-7add-428f-8b75-90a396fa584f'),
    known('Tools', ['Outils'], 'b4832bd8-e735-4761-8daf-37f882276dab'),
    known('Drivers', ['Pilotes'], 'ebfc1fc5-71a4-4f7b-9aca-3b9a503104a0'),
    known('Upgrades', ['Mises à niveau'], '3689bdc8-b205-4af4-8d4a-a63924c5e9d5'),
    known(['Applications', 'Application'], [], '5c9376ab-8ce6-464a-b136-22113dd69801'),
  ],
  severity: [
    known('Critical', ['Critique']),
    known('Important', ['Importante']),
    known('Moderate', ['Modérée', 'Modéré']),
    known('Low', ['Faible', 'Basse']),
  ],
  product: [
    known(
      'Windows 10, version 1903 and later',
      ['Windows 10, version 1903 et ultérieures'],
      'b3c75dc1-155f-4be4-b015-3f1a91758e52',
    ),
    known('Windows 11', [], '72e7624a-5b00-45d2-b92f-e561c0a6a160'),
    known('Windows 10', [], 'a3c2375d-0c8a-42f9-bce0-28333e198407'),
    known(
      ['Microsoft Defender Antivirus', 'Windows Defender'],
      ['Antivirus Microsoft Defender'],
      '8c3fcc84-7410-4a95-8b89-a166a0190486',
    ),
  ],
};

const table = (names: readonly KnownName[]): ReadonlyMap<string, KnownName> =>
  new Map(names.flatMap((each) => [...each.en, ...each.fr, ...each.also].map((name) => [name.toLowerCase(), each])));

const TABLES: Readonly<Record<NameKind, ReadonlyMap<string, KnownName>>> = {
  product: table(NAMES.product),
  severity: table(NAMES.severity),
  classification: table(NAMES.classification),
};

/** The filter entry of an update without a name. */
export const NO_NAME = 'none';

const key = (kind: NameKind, name: string | null): string => {
  const text = name?.trim() ?? '';
  return text === '' ? NO_NAME : (TABLES[kind].get(text.toLowerCase())?.en[0] ?? text);
};

/** The filter entry that a reported classification belongs to: the English name where it is known, else the name itself. */
export const classificationKey = (name: string | null): string => key('classification', name);
/** The filter entry that a reported severity belongs to. */
export const severityKey = (name: string | null): string => key('severity', name);
/** The filter entry that a reported product belongs to. */
export const productKey = (name: string | null): string => key('product', name);

/** Every spelling that hosts have reported, by kind. */
export type SeenNames = Readonly<Record<NameKind, ReadonlySet<string>>>;

/** What a host calls something: one of `names`; with `isOpen` perhaps by a name that nobody knows yet. */
export interface HostNames {
  readonly names: readonly string[];
  readonly isOpen: boolean;
}

/** Gives the names by which one host would compare what the store knows as `stored`. */
export type Spelling = (kind: NameKind, stored: string) => HostNames;

/** Takes the stored name for the host's own. */
export const asStored: Spelling = (_kind, stored) => ({ names: [stored], isOpen: false });

/** `fr` for `fr`, `fr-FR`, `fr_FR.UTF-8` and 1036; null where nothing is said. */
export function languageOf(text: string | null): string | null {
  const language = text?.trim().toLowerCase() ?? '';
  if (language === '') return null;
  if (language === '1033') return 'en';
  if (language === '1036') return 'fr';
  return language.slice(0, 2);
}

/**
 * The spelling of hosts that scan in `language` (null: not known). An update is described by whoever reported it last, so a stored name may be in
 * another language than the host's: a name of the table is exchanged for the host's, seen ones first. A kind of name of which no host
 * ever reported a spelling in that language is not translated there (severities come from Microsoft in English).
 */
export function spellingOf(language: string | null, seen: SeenNames): Spelling {
  const foreign = perKind((kind) => [...seen[kind]].filter((name) => !TABLES[kind].has(name.toLowerCase())));
  const isTranslated = perKind((kind) => {
    const names = NAMES[kind].flatMap((each) => (language === 'fr' ? each.fr : each.en));
    return names.some((name) => seen[kind].has(name));
  });
  return (kind, stored) => {
    const group = TABLES[kind].get(stored.toLowerCase());
    if (group === undefined) return { names: [stored], isOpen: false };
    if (language === null) {
      const names = [...group.en, ...group.fr].filter((name) => seen[kind].has(name));
      return { names: [...new Set([stored, ...names])], isOpen: false };
    }
    if (language !== 'en' && language !== 'fr') {
      const isOpen = group.fr.length > 0 && foreign[kind].length > 0;
      return { names: isOpen ? [stored, ...foreign[kind]] : [stored], isOpen };
    }
    const names = group[language];
    if (names.includes(stored) || names.length === 0 || !isTranslated[kind]) return { names: [stored], isOpen: false };
    const used = names.filter((name) => seen[kind].has(name));
    return { names: used.length > 0 ? used : names, isOpen: false };
  };
}

const perKind = <T>(of: (kind: NameKind) => T): Readonly<Record<NameKind, T>> => ({
  product: of('product'),
  severity: of('severity'),
  classification: of('classification'),
});

/** Whether a list names what a host calls so: surely, surely not, or that hangs on the host's language. */
export type NameMatch = 'all' | 'none' | 'some';

/** Matches the entries of a list against the names that a host may use. */
export function matchNames({ names, isOpen }: HostNames, has: (name: string) => boolean): NameMatch {
  const hits = names.filter(has).length;
  if (isOpen) return hits > 0 ? 'some' : 'none';
  return hits === 0 ? 'none' : hits === names.length ? 'all' : 'some';
}
