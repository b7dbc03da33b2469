import { contentSha1, scaledSize } from './content.ts';

/** The Windows versions that the lab's hosts run. */
export const families = [
  'windows-10-22h2',
  'windows-11-23h2',
  'windows-11-24h2',
  'server-2016',
  'server-2019',
  'server-2022',
] as const;
export type Family = (typeof families)[number];

/** What a host may have besides its Windows, which makes further updates apply to it. */
export type Trait = 'office-2016' | 'sql-2019' | 'exchange-2016' | 'french' | 'laptop' | 'visual-studio' | 'dotnet-8';

export type Language = 'en' | 'fr';

/** How the origin behaves for one file. */
export type FileFault = 'not-found' | 'stalled' | 'wrong-hash';

/** One payload file: Microsoft's address of it, and the scaled bytes that the origin sends. */
export type CatalogueFile = {
  readonly url: string;
  readonly name: string;
  readonly key: string;
  readonly size: number;
  readonly fault: FileFault | null;
};

/** One update as Microsoft publishes it, in both languages that hosts scan in. */
export type CatalogueUpdate = {
  readonly id: string;
  readonly guid: string;
  readonly title: Readonly<Record<Language, string>>;
  readonly type: 'Software' | 'Driver';
  readonly kbs: readonly string[];
  readonly severity: string | null;
  /** Milliseconds since 1970; null where the record has no date. */
  readonly published: number | null;
  readonly product: string | null;
  readonly classification: string;
  readonly files: readonly CatalogueFile[];
  readonly minSize: number | null;
  readonly maxSize: number | null;
  /** GUIDs without revision. */
  readonly supersedes: readonly string[];
  readonly bulletins: readonly string[];
  readonly families: readonly Family[];
  readonly trait: Trait | null;
  /** Updates with the same chain replace each other, the newest wins. */
  readonly chain: string;
  /** Which of the many further products it belongs to; absent where family and trait alone say on what hosts it is. */
  readonly line?: string;
};

/** Everything Microsoft has published, oldest first, and its files by name. */
export type Catalogue = {
  readonly updates: readonly CatalogueUpdate[];
  readonly byId: ReadonlyMap<string, CatalogueUpdate>;
  readonly files: ReadonlyMap<string, CatalogueFile>;
  /** What belongs to no line, and the updates of each line. */
  readonly common: readonly CatalogueUpdate[];
  readonly lines: ReadonlyMap<string, readonly CatalogueUpdate[]>;
};

/** Oldest first, those without a date before them. */
export const byPublication = (a: CatalogueUpdate, b: CatalogueUpdate): number =>
  (a.published ?? 0) - (b.published ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

const frenchClassifications: Readonly<Record<string, string>> = {
  'Security Updates': 'Mises à jour de la sécurité',
  'Critical Updates': 'Mises à jour critiques',
  'Definition Updates': 'Mises à jour de définitions',
  'Update Rollups': 'Correctifs cumulatifs',
  Updates: 'Mises à jour',
  Upgrades: 'Mises à niveau',
  Drivers: 'Pilotes',
  Tools: 'Outils',
};

/** The name of a classification in the language of the reporting host (protocol 4.2). */
export const classificationIn = (language: Language, name: string): string =>
  language === 'fr' ? (frenchClassifications[name] ?? name) : name;

/** Makes the file of one address: the 40 digits of its name become the SHA-1 of the bytes that the lab serves. */
export function catalogueFile(url: string, realSize: number, fault: FileFault | null): CatalogueFile {
  const size = scaledSize(realSize);
  const bare = url.replace(/_[0-9a-f]{40}(?=\.[a-z]+$)/, '');
  const extension = bare.slice(bare.lastIndexOf('.'));
  const address = `${bare.slice(0, -extension.length)}_${contentSha1(bare, size)}${extension}`;
  return { url: address, name: address.slice(address.lastIndexOf('/') + 1), key: bare, size, fault };
}

/** Sorts and indexes the updates. */
export function makeCatalogue(updates: readonly CatalogueUpdate[]): Catalogue {
  const sorted = [...updates].sort(byPublication);
  return {
    updates: sorted,
    byId: new Map(sorted.map((update) => [update.id, update])),
    common: sorted.filter((update) => update.line === undefined),
    lines: Map.groupBy(
      sorted.filter((update) => update.line !== undefined),
      (update) => update.line ?? '',
    ),
    files: new Map(sorted.flatMap((update) => update.files.map((file) => [file.name, file] as const))),
  };
}
