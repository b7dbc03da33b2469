/**
 * What the update list is filtered by: names merged over languages, filters, and counts for each filter entry.
 * Known names of one meaning share a key; an unknown name is its own entry (design, section 3).
 */
import { classificationKey, productKey, severityKey } from './names.ts';
import { bareKb, type UpdateRow } from './update.ts';

export { classificationKey, NO_NAME, productKey, severityKey } from './names.ts';

/** The severities of protocol 4.2, and `none` for updates without one. */
export const SEVERITIES = ['Critical', 'Important', 'Moderate', 'Low', 'none'] as const;

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

const NEEDED = 1;
const ON_SERVER = 2;
const SUPERSEDED = 4;

interface EntryNames {
  readonly key: string;
  readonly names: readonly string[];
}

/**
 * What the filter needs of a list of updates, computed once. Updates of one severity, product, classification and one set of flags are one
 * combination: there are few of them, and a pass over the updates has to look at one number each.
 */
export interface FilterIndex {
  readonly ids: readonly string[];
  readonly text: readonly string[];
  /** Which combination each update belongs to. */
  readonly combination: Uint32Array;
  readonly combinations: Combinations;
  readonly severities: readonly EntryNames[];
  readonly products: readonly EntryNames[];
  readonly classifications: readonly EntryNames[];
}

/** Positions in the three lists of entries, the flags, and how many updates have them: one place for each combination. */
interface Combinations {
  readonly severity: Uint16Array;
  readonly product: Uint16Array;
  readonly classification: Uint16Array;
  readonly flags: Uint8Array;
  readonly count: Uint32Array;
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

  /** Adds names to the entries that they belong to; a name without an entry has none to filter by. */
  spell(names: readonly string[], keyOf: (name: string) => string): void {
    for (const name of names) this.#names[this.#numbers.get(keyOf(name)) ?? -1]?.add(name);
  }

  list(): readonly EntryNames[] {
    return this.#keys.map((entryKey, i) => ({ key: entryKey, names: [...(this.#names[i] ?? [])].sort() }));
  }
}

/** Text that `search` looks in: title, KB with prefix, id, in lower case. */
export function searchText(row: Pick<UpdateRow, 'title' | 'kbids' | 'updateId'>): string {
  return `${row.title}\n${row.kbids.map((kb) => `kb${bareKb(kb)}`).join('\n')}\n${row.updateId}`.toLowerCase();
}

/** Raw names that were ever reported, beside those that the updates have now. */
export type Spellings = Readonly<Record<'severity' | 'product' | 'classification', readonly string[]>>;

const noSpellings: Spellings = { severity: [], product: [], classification: [] };

/**
 * Builds the index of a list of updates; O(rows), to be kept until the rows change. A server keeps one name an update, that of the host which
 * reported last: the names reported before, in other languages, come as `spellings` and join their entry.
 */
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
  spellings: Spellings = noSpellings,
): FilterIndex {
  const ids: string[] = [];
  const text: string[] = [];
  const combination = new Uint32Array(rows.length);
  const all: (readonly [severity: number, product: number, classification: number, flags: number])[] = [];
  const count: number[] = [];
  const positions = new Map<string, number>();
  const [severityList, productList, classificationList] = [new Entries(), new Entries(), new Entries()];
  rows.forEach((row, i) => {
    ids.push(row.updateId);
    text.push(searchText(row));
    const severity = severityList.number(severityKey(row.severity), row.severity);
    const product = productList.number(productKey(row.product), row.product);
    const classification = classificationList.number(classificationKey(row.classification), row.classification);
    const flags =
      (row.hosts.needed > 0 ? NEEDED : 0) |
      (row.downloadedOn !== null ? ON_SERVER : 0) |
      (row.isSuperseded ? SUPERSEDED : 0);
    const name = `${severity} ${product} ${classification} ${flags}`;
    const at = positions.get(name) ?? all.push([severity, product, classification, flags]) - 1;
    positions.set(name, at);
    count[at] = (count[at] ?? 0) + 1;
    combination[i] = at;
  });
  severityList.spell(spellings.severity, severityKey);
  productList.spell(spellings.product, productKey);
  classificationList.spell(spellings.classification, classificationKey);
  return {
    ids,
    text,
    combination,
    combinations: {
      severity: Uint16Array.from(all, (each) => each[0]),
      product: Uint16Array.from(all, (each) => each[1]),
      classification: Uint16Array.from(all, (each) => each[2]),
      flags: Uint8Array.from(all, (each) => each[3]),
      count: Uint32Array.from(count),
    },
    severities: severityList.list(),
    products: productList.list(),
    classifications: classificationList.list(),
  };
}

const hasAll = (text: string, words: readonly string[]): boolean => {
  for (const word of words) if (!text.includes(word)) return false;
  return true;
};

/** For each entry of one list: `bit` where the list lets it through, else 0. */
const chosen = (entries: readonly EntryNames[], wanted: readonly string[], bit: number): Uint8Array => {
  const set = new Set(wanted);
  return Uint8Array.from(entries, (entry) => (wanted.length === 0 || set.has(entry.key) ? bit : 0));
};

const SEVERITY = 1;
const PRODUCT = 2;
const CLASSIFICATION = 4;
const LISTS = SEVERITY | PRODUCT | CLASSIFICATION;
const HIDDEN = 8;

/** What a filter says of each combination, before any search: which lists let it through, and whether it is hidden as superseded; 0: out of scope. */
function verdictsOf(index: FilterIndex, filter: UpdateFilter): Uint8Array {
  const severityOk = chosen(index.severities, filter.severities, SEVERITY);
  const productOk = chosen(index.products, filter.products, PRODUCT);
  const classificationOk = chosen(index.classifications, filter.classifications, CLASSIFICATION);
  const { severity, product, classification, flags } = index.combinations;
  const verdicts = new Uint8Array(flags.length);
  for (let at = 0; at < verdicts.length; at++) {
    const flag = flags[at] ?? 0;
    if (filter.scope === 'needed' && (flag & NEEDED) === 0) continue;
    if (filter.onServer !== null && ((flag & ON_SERVER) !== 0) !== filter.onServer) continue;
    verdicts[at] =
      (severityOk[severity[at] ?? 0] ?? 0) |
      (productOk[product[at] ?? 0] ?? 0) |
      (classificationOk[classification[at] ?? 0] ?? 0) |
      (filter.hideSuperseded && (flag & SUPERSEDED) !== 0 ? HIDDEN : 0);
  }
  return verdicts;
}

/** Ids whose combination is let through, and how many updates of each combination the search left. */
function search(index: FilterIndex, verdicts: Uint8Array, words: readonly string[]): [readonly string[], Uint32Array] {
  const { ids, text, combination, combinations } = index;
  const shown: string[] = [];
  if (words.length === 0) {
    for (let i = 0; i < ids.length; i++) if (verdicts[combination[i] ?? 0] === LISTS) shown.push(ids[i] ?? '');
    return [shown, combinations.count];
  }
  const left = new Uint32Array(verdicts.length);
  for (let i = 0; i < ids.length; i++) {
    const at = combination[i] ?? 0;
    const verdict = verdicts[at] ?? 0;
    // What two of the lists keep out counts in none of the three.
    if (!isCounted[verdict & LISTS] || !hasAll(text[i] ?? '', words)) continue;
    left[at] = (left[at] ?? 0) + 1;
    if (verdict === LISTS) shown.push(ids[i] ?? '');
  }
  return [shown, left];
}

/** By the lists that let an update through: whether it counts anywhere. */
const isCounted: readonly boolean[] = Array.from(
  { length: LISTS + 1 },
  (_each, through) => [SEVERITY, PRODUCT, CLASSIFICATION].filter((bit) => (through & bit) !== 0).length >= 2,
);

/**
 * Filters and counts in one pass over the updates and one over their combinations. The count of an entry is what the list would show if the
 * entry alone were chosen in its list, under all other lists and the search: a count of 0 is a dead end one sees before clicking.
 */
export function filterUpdates(index: FilterIndex, filter: UpdateFilter): FilterAnswer {
  const words = filter.search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const verdicts = verdictsOf(index, filter);
  const [ids, left] = search(index, verdicts, words);
  const { severity, product, classification, flags, count } = index.combinations;
  const severityCounts = new Uint32Array(index.severities.length);
  const productCounts = new Uint32Array(index.products.length);
  const classificationCounts = new Uint32Array(index.classifications.length);
  const add = (counts: Uint32Array, entry: number | undefined, more: number): void => {
    if (entry !== undefined) counts[entry] = (counts[entry] ?? 0) + more;
  };
  let inScope = 0;
  let hiddenSuperseded = 0;
  for (let at = 0; at < verdicts.length; at++) {
    if (filter.scope === 'reported' || ((flags[at] ?? 0) & NEEDED) !== 0) inScope += count[at] ?? 0;
    const verdict = verdicts[at] ?? 0;
    const more = left[at] ?? 0;
    if (verdict === (LISTS | HIDDEN)) hiddenSuperseded += more;
    if ((verdict & HIDDEN) !== 0) continue;
    if ((verdict | SEVERITY) === LISTS) add(severityCounts, severity[at], more);
    if ((verdict | PRODUCT) === LISTS) add(productCounts, product[at], more);
    if ((verdict | CLASSIFICATION) === LISTS) add(classificationCounts, classification[at], more);
  }
  const entries = (list: readonly EntryNames[], counts: Uint32Array): FilterEntry[] =>
    list.map((entry, i) => ({ ...entry, count: counts[i] ?? 0 }));
  return {
    ids,
    inScope,
    hiddenSuperseded,
    severities: entries(index.severities, severityCounts),
    products: entries(index.products, productCounts),
    classifications: entries(index.classifications, classificationCounts),
  };
}
