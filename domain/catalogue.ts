/**
 * What the update list is filtered by: names merged over languages, filters, and counts for each filter entry.
 * Known names of one meaning share a key; an unknown name is its own entry (design, section 3).
 */
import { bareKb, type UpdateRow } from './update.ts';

/** The severities of protocol 4.2, and `none` for updates without one. */
export const SEVERITIES = ['Critical', 'Important', 'Moderate', 'Low', 'none'] as const;

/** Names by which hosts report one classification, the English one first. GUIDs and the identifiers of 2015 included (protocol 4.7). */
const CLASSIFICATION_NAMES: readonly (readonly string[])[] = [
  ['Critical Updates', 'Mises à jour critiques', 'CriticalUpdates', 'e6cf1350-c01b-414d-a61f-263d14d133b4'],
  [
    'Security Updates',
    'Mises à jour de la sécurité',
    'Mises à jour de sécurité',
    'SecurityUpdates',
    '0fa1201d-4330-4fa8-8ae9-b877473b6441',
  ],
  [
    'Definition Updates',
    'Mises à jour de définitions',
    'Mises à jour des définitions',
    'DefinitionUpdates',
    'e0789628-ce08-4437-be74-2495b842f43b',
  ],
  ['Update Rollups', 'Correctifs cumulatifs', 'UpdateRollups', '28bc880e-0592-4cbf-8f95-c79b17911d5f'],
  ['Updates', 'Mises à jour', 'cd5ffd1e-e932-4e3a-bf74-18bf0b1bbd83'],
  ['Service Packs', 'ServicePacks', '68c5b0a3-d1a6-4553-ae49-01d3a7827828'],
  ['Feature Packs', 'Packs de fonctionnalités', 'FeaturePacks', 'b54e7d24-7add-428f-8b75-90a396fa584f'],
  ['Tools', 'Outils', 'b4832bd8-e735-4761-8daf-37f882276dab'],
  ['Drivers', 'Pilotes', 'ebfc1fc5-71a4-4f7b-9aca-3b9a503104a0'],
  ['Upgrades', 'Mises à niveau', '3689bdc8-b205-4af4-8d4a-a63924c5e9d5'],
  ['Applications', 'Application', '5c9376ab-8ce6-464a-b136-22113dd69801'],
];

const SEVERITY_NAMES: readonly (readonly string[])[] = [
  ['Critical', 'Critique'],
  ['Important', 'Importante'],
  ['Moderate', 'Modérée', 'Modéré'],
  ['Low', 'Faible', 'Basse'],
];

const PRODUCT_NAMES: readonly (readonly string[])[] = [
  [
    'Windows 10, version 1903 and later',
    'Windows 10, version 1903 et ultérieures',
    'b3c75dc1-155f-4be4-b015-3f1a91758e52',
  ],
  ['Windows 11', '72e7624a-5b00-45d2-b92f-e561c0a6a160'],
  ['Windows 10', 'a3c2375d-0c8a-42f9-bce0-28333e198407'],
  [
    'Microsoft Defender Antivirus',
    'Antivirus Microsoft Defender',
    'Windows Defender',
    '8c3fcc84-7410-4a95-8b89-a166a0190486',
  ],
];

const table = (groups: readonly (readonly string[])[]): ReadonlyMap<string, string> => {
  const keys = new Map<string, string>();
  for (const names of groups) for (const name of names) keys.set(name.toLowerCase(), names[0] ?? name);
  return keys;
};

const classifications = table(CLASSIFICATION_NAMES);
const severities = table(SEVERITY_NAMES);
const products = table(PRODUCT_NAMES);

/** The filter entry of an update without a name. */
export const NO_NAME = 'none';

const key = (known: ReadonlyMap<string, string>, name: string | null): string => {
  const text = name?.trim() ?? '';
  return text === '' ? NO_NAME : (known.get(text.toLowerCase()) ?? text);
};

/** The filter entry that a reported classification belongs to: the English name where it is known, else the name itself. */
export const classificationKey = (name: string | null): string => key(classifications, name);
/** The filter entry that a reported severity belongs to. */
export const severityKey = (name: string | null): string => key(severities, name);
/** The filter entry that a reported product belongs to. */
export const productKey = (name: string | null): string => key(products, name);

/** Friendly name of a product whose reported name says little (`Microsoft Server operating system-21H2` is Windows Server 2022), or null. */
export function friendlyProduct(name: string): string | null {
  const match = /^microsoft server operating system-(\d\dh\d)$/i.exec(name.trim());
  if (match === null) return null;
  const release = match[1]?.toUpperCase();
  return release === '21H2'
    ? 'Windows Server 2022'
    : release === '24H2'
      ? 'Windows Server 2025'
      : `Windows Server ${release ?? ''}`;
}

/** Which updates the list opens on; `needed` is the default (design, words). */
export type UpdateScope = 'needed' | 'reported';

/** A filter of the update list. Empty lists do not restrict; entries inside one list are alternatives, lists are joined by AND. */
export interface UpdateFilter {
  readonly scope: UpdateScope;
  readonly severities: readonly string[];
  readonly products: readonly string[];
  readonly classifications: readonly string[];
  /** Words that all must occur in title, KB or id. */
  readonly search: string;
  /** Hide what another reported update replaces. */
  readonly hideSuperseded: boolean;
  /** true: only those on the server; false: only those not on it. */
  readonly onServer: boolean | null;
}

/** The filter the list opens with. */
export const defaultFilter: UpdateFilter = {
  scope: 'needed',
  severities: [],
  products: [],
  classifications: [],
  search: '',
  hideSuperseded: false,
  onServer: null,
};

/** One entry of a filter list: its key, the raw spellings hosts reported, and how many updates it would show under the other filters. */
export interface FilterEntry {
  readonly key: string;
  readonly names: readonly string[];
  readonly count: number;
}

/** Answer of a filter: ids in the order given, and live counts for every entry of every list. */
export interface FilterAnswer {
  readonly ids: readonly string[];
  readonly severities: readonly FilterEntry[];
  readonly products: readonly FilterEntry[];
  readonly classifications: readonly FilterEntry[];
  /** How many updates the list would hold without any filter but the scope. */
  readonly inScope: number;
  /** How many are hidden because they are superseded. */
  readonly hiddenSuperseded: number;
}

/** What the filter needs of each update, computed once: keys as numbers, search text in lower case. */
export interface FilterIndex {
  readonly ids: readonly string[];
  readonly severity: Uint16Array;
  readonly product: Uint16Array;
  readonly classification: Uint16Array;
  readonly severityEntries: readonly { readonly key: string; readonly names: readonly string[] }[];
  readonly productEntries: readonly { readonly key: string; readonly names: readonly string[] }[];
  readonly classificationEntries: readonly { readonly key: string; readonly names: readonly string[] }[];
  /** bit 0 needed, bit 1 on the server, bit 2 superseded. */
  readonly flags: Uint8Array;
  readonly text: readonly string[];
}

class Entries {
  readonly #numbers = new Map<string, number>();
  readonly #names: Set<string>[] = [];
  readonly #keys: string[] = [];

  number(entryKey: string, name: string | null): number {
    let number = this.#numbers.get(entryKey);
    if (number === undefined) {
      number = this.#keys.length;
      this.#numbers.set(entryKey, number);
      this.#keys.push(entryKey);
      this.#names.push(new Set());
    }
    if (name !== null && name.trim() !== '') this.#names[number]?.add(name);
    return number;
  }

  list(): readonly { readonly key: string; readonly names: readonly string[] }[] {
    return this.#keys.map((entryKey, i) => ({ key: entryKey, names: [...(this.#names[i] ?? [])].sort() }));
  }
}

/** Text that `search` looks in: title, KB with prefix, id, in lower case. */
export function searchText(row: Pick<UpdateRow, 'title' | 'kbids' | 'updateId'>): string {
  return `${row.title}\n${row.kbids.map((kb) => `kb${bareKb(kb)}`).join('\n')}\n${row.updateId}`.toLowerCase();
}

/** Builds the index of a list of updates; O(rows), to be kept until the rows change. */
export function indexUpdates(
  rows: readonly Pick<
    UpdateRow,
    | 'updateId'
    | 'title'
    | 'kbids'
    | 'severity'
    | 'product'
    | 'classification'
    | 'downloadedOn'
    | 'hosts'
    | 'isSuperseded'
  >[],
): FilterIndex {
  const n = rows.length;
  const severity = new Uint16Array(n);
  const product = new Uint16Array(n);
  const classification = new Uint16Array(n);
  const flags = new Uint8Array(n);
  const ids: string[] = [];
  const text: string[] = [];
  const [severityList, productList, classificationList] = [new Entries(), new Entries(), new Entries()];
  for (let i = 0; i < n; i++) {
    const row = rows[i];
    if (row === undefined) continue;
    ids.push(row.updateId);
    text.push(searchText(row));
    severity[i] = severityList.number(severityKey(row.severity), row.severity);
    product[i] = productList.number(productKey(row.product), row.product);
    classification[i] = classificationList.number(classificationKey(row.classification), row.classification);
    flags[i] = (row.hosts.needed > 0 ? 1 : 0) | (row.downloadedOn !== null ? 2 : 0) | (row.isSuperseded ? 4 : 0);
  }
  return {
    ids,
    severity,
    product,
    classification,
    flags,
    text,
    severityEntries: severityList.list(),
    productEntries: productList.list(),
    classificationEntries: classificationList.list(),
  };
}

const chosen = (entries: readonly { readonly key: string }[], wanted: readonly string[]): Uint8Array => {
  const set = new Set(wanted);
  return Uint8Array.from(entries, (entry) => (wanted.length === 0 || set.has(entry.key) ? 1 : 0));
};

/**
 * Filters and counts in one pass. The count of an entry is what the list would show if the entry alone were chosen in its list, under all
 * other lists and the search: a count of 0 is a dead end one sees before clicking.
 */
export function filterUpdates(index: FilterIndex, filter: UpdateFilter): FilterAnswer {
  const words = filter.search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const severityOk = chosen(index.severityEntries, filter.severities);
  const productOk = chosen(index.productEntries, filter.products);
  const classificationOk = chosen(index.classificationEntries, filter.classifications);
  const severityCounts = new Uint32Array(index.severityEntries.length);
  const productCounts = new Uint32Array(index.productEntries.length);
  const classificationCounts = new Uint32Array(index.classificationEntries.length);
  const needMask = filter.scope === 'needed' ? 1 : 0;
  const ids: string[] = [];
  let inScope = 0;
  let hiddenSuperseded = 0;
  for (let i = 0; i < index.ids.length; i++) {
    const flags = index.flags[i] ?? 0;
    if ((flags & needMask) !== needMask) continue;
    inScope++;
    if (filter.onServer !== null && ((flags & 2) !== 0) !== filter.onServer) continue;
    if (words.length > 0) {
      const text = index.text[i] ?? '';
      if (!words.every((word) => text.includes(word))) continue;
    }
    const s = index.severity[i] ?? 0;
    const p = index.product[i] ?? 0;
    const c = index.classification[i] ?? 0;
    const sOk = severityOk[s] === 1;
    const pOk = productOk[p] === 1;
    const cOk = classificationOk[c] === 1;
    if (filter.hideSuperseded && (flags & 4) !== 0) {
      if (sOk && pOk && cOk) hiddenSuperseded++;
      continue;
    }
    if (pOk && cOk) severityCounts[s] = (severityCounts[s] ?? 0) + 1;
    if (sOk && cOk) productCounts[p] = (productCounts[p] ?? 0) + 1;
    if (sOk && pOk) classificationCounts[c] = (classificationCounts[c] ?? 0) + 1;
    if (sOk && pOk && cOk) ids.push(index.ids[i] ?? '');
  }
  const entries = (
    list: readonly { readonly key: string; readonly names: readonly string[] }[],
    counts: Uint32Array,
  ): FilterEntry[] => list.map((entry, i) => ({ ...entry, count: counts[i] ?? 0 }));
  return {
    ids,
    inScope,
    hiddenSuperseded,
    severities: entries(index.severityEntries, severityCounts),
    products: entries(index.productEntries, productCounts),
    classifications: entries(index.classificationEntries, classificationCounts),
  };
}
