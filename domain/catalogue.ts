/**
 * What the update list is filtered by: names merged over languages, filters, and counts for each filter entry.
 * Known names of one meaning share a key; an unknown name is its own entry (design, section 3).
 */
import type { AtLeast } from './measures.ts';
import { classificationKey, productKey, severityKey } from './names.ts';
import { definitionGroups } from './supersedence.ts';
import { bareKb, type StateCounts, type UpdateRow } from './update.ts';

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
  /** Let the newest of a series of daily definitions stand for the older ones. */
  readonly foldDefinitions: boolean;
  /** true: only those on the server; false: only those not on it. */
  readonly onServer: boolean | null;
  /** On how many hosts at least; all must hold. */
  readonly onHosts: readonly AtLeast[];
  /** Only what one marked as known to be bad. */
  readonly knownBad?: boolean | undefined;
}

/** The filter the list opens with. */
export const defaultFilter: UpdateFilter = {
  scope: 'needed',
  severities: [],
  products: [],
  classifications: [],
  search: '',
  hideSuperseded: true,
  foldDefinitions: true,
  onServer: null,
  onHosts: [],
};

/** One entry of a filter list: its key, the raw spellings hosts reported, and how many updates it would show under the other filters. */
export interface FilterEntry {
  readonly key: string;
  readonly names: readonly string[];
  readonly count: number;
}

/** A definition that is shown and stands for older ones that fit the filter too, by their ids, newest first. */
export interface Fold {
  readonly updateId: string;
  readonly folded: readonly string[];
}

/** Answer of a filter: ids in the order given, and live counts for every entry of every list. */
export interface FilterAnswer {
  readonly ids: readonly string[];
  readonly severities: readonly FilterEntry[];
  readonly products: readonly FilterEntry[];
  readonly classifications: readonly FilterEntry[];
  /** How many updates the list would hold without any filter but the scope. */
  readonly inScope: number;
  /** How many more would be shown if superseded ones were not hidden. */
  readonly hiddenSuperseded: number;
  /** Definitions of `ids` that stand for older ones; none of these is in `ids`. */
  readonly folds: readonly Fold[];
}

/** Flags of an update in the index; `inSeries`: it is one of several daily definitions that follow each other. */
export const FLAGS = { needed: 1, onServer: 2, superseded: 4, inSeries: 8, knownBad: 16 } as const;

/** An entry without its count. */
export interface EntryNames {
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
  /** How many hosts stand where. */
  readonly hosts: readonly StateCounts[];
  /** Which combination each update belongs to. */
  readonly combination: Uint32Array;
  readonly combinations: Combinations;
  /** Series of daily definitions, by position, the one that stands for the others first. */
  readonly series: readonly (readonly number[])[];
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
  rows: readonly (Pick<
    UpdateRow,
    | 'updateId'
    | 'title'
    | 'kbids'
    | 'severity'
    | 'product'
    | 'classification'
    | 'changetime'
    | 'downloadedOn'
    | 'hosts'
    | 'isSuperseded'
  > & { readonly isKnownBad?: boolean })[],
  spellings: Spellings = noSpellings,
): FilterIndex {
  const ids: string[] = [];
  const text: string[] = [];
  const hosts: StateCounts[] = [];
  const combination = new Uint32Array(rows.length);
  const all: (readonly [severity: number, product: number, classification: number, flags: number])[] = [];
  const count: number[] = [];
  const positions = new Map<string, number>();
  const [severityList, productList, classificationList] = [new Entries(), new Entries(), new Entries()];
  const series = definitionGroups(rows);
  const inSeries = new Uint8Array(rows.length);
  for (const group of series) for (const i of group) inSeries[i] = FLAGS.inSeries;
  rows.forEach((row, i) => {
    ids.push(row.updateId);
    text.push(searchText(row));
    hosts.push(row.hosts);
    const severity = severityList.number(severityKey(row.severity), row.severity);
    const product = productList.number(productKey(row.product), row.product);
    const classification = classificationList.number(classificationKey(row.classification), row.classification);
    const flags =
      (row.hosts.needed > 0 ? FLAGS.needed : 0) |
      (row.downloadedOn !== null ? FLAGS.onServer : 0) |
      (row.isSuperseded ? FLAGS.superseded : 0) |
      (row.isKnownBad === true ? FLAGS.knownBad : 0) |
      (inSeries[i] ?? 0);
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
    hosts,
    combination,
    combinations: {
      severity: Uint16Array.from(all, (each) => each[0]),
      product: Uint16Array.from(all, (each) => each[1]),
      classification: Uint16Array.from(all, (each) => each[2]),
      flags: Uint8Array.from(all, (each) => each[3]),
      count: Uint32Array.from(count),
    },
    series,
    severities: severityList.list(),
    products: productList.list(),
    classifications: classificationList.list(),
  };
}
