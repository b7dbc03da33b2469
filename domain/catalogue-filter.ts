/** The filter of the update list, with live counts: what is shown, what is hidden as superseded, what is folded, what each entry would show. */

import {
  type EntryNames,
  type FilterAnswer,
  type FilterEntry,
  type FilterIndex,
  FLAGS,
  type Fold,
  type UpdateFilter,
} from './catalogue.ts';
import { beginsCve, cvesIn } from './cve/cve-table.ts';
import { type AtLeast, hasAtLeast } from './measures.ts';

/** Whether the words, and the numbers of hosts, let the update at a position through. */
const fits = ({ index, words, onHosts, only }: Pass, at: number): boolean => {
  if (only !== null && !only.has(index.ids[at] ?? '')) return false;
  const text = index.text[at] ?? '';
  for (const word of words) if (!text.includes(word)) return false;
  const counts = index.hosts[at];
  return onHosts.length === 0 || (counts !== undefined && hasAtLeast(counts, onHosts));
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
const IN_SERIES = 16;

/**
 * What a filter says of each combination, before any search: which lists let it through, whether it is hidden as superseded, whether it is looked at with
 * its series; 0: out of scope.
 */
function verdictsOf(index: FilterIndex, filter: UpdateFilter): Uint8Array {
  const severityOk = chosen(index.severities, filter.severities, SEVERITY);
  const productOk = chosen(index.products, filter.products, PRODUCT);
  const classificationOk = chosen(index.classifications, filter.classifications, CLASSIFICATION);
  const { severity, product, classification, flags } = index.combinations;
  const verdicts = new Uint8Array(flags.length);
  for (let at = 0; at < verdicts.length; at++) {
    const flag = flags[at] ?? 0;
    if (filter.scope === 'needed' && (flag & FLAGS.needed) === 0) continue;
    if (filter.onServer !== null && ((flag & FLAGS.onServer) !== 0) !== filter.onServer) continue;
    if (filter.knownBad === true && (flag & FLAGS.knownBad) === 0) continue;
    verdicts[at] =
      (severityOk[severity[at] ?? 0] ?? 0) |
      (productOk[product[at] ?? 0] ?? 0) |
      (classificationOk[classification[at] ?? 0] ?? 0) |
      (filter.hideSuperseded && (flag & FLAGS.superseded) !== 0 ? HIDDEN : 0) |
      (filter.foldDefinitions && (flag & FLAGS.inSeries) !== 0 ? IN_SERIES : 0);
  }
  return verdicts;
}

/** What a filter says, and the counts it gathers. */
interface Pass {
  readonly index: FilterIndex;
  readonly verdicts: Uint8Array;
  readonly words: readonly string[];
  readonly onHosts: readonly AtLeast[];
  /** Ids that contain the fixes of the CVEs that the search names; null where it names none. */
  readonly only: ReadonlySet<string> | null;
  readonly counts: Readonly<Record<'severity' | 'product' | 'classification', Uint32Array>>;
  hiddenSuperseded: number;
}

const add = (counts: Uint32Array, entry: number | undefined, more: number): void => {
  if (entry !== undefined) counts[entry] = (counts[entry] ?? 0) + more;
};

/**
 * Looks at each series of definitions as at one update: the first that fits stands for it. Answers who stands (1 by position) and for whom. A series
 * counts once in each entry, by the first that would stand if that entry alone were chosen.
 */
function foldSeries(pass: Pass): readonly [Uint8Array, readonly Fold[]] {
  const { index, verdicts, counts } = pass;
  const { ids, combination, combinations } = index;
  const stands = new Uint8Array(ids.length);
  const folds: Fold[] = [];
  for (const group of index.series) {
    let counted = 0;
    const severities: number[] = [];
    let folded: string[] | null = null;
    for (const i of group) {
      const at = combination[i] ?? 0;
      const verdict = verdicts[at] ?? 0;
      const through = verdict & LISTS;
      if ((verdict & IN_SERIES) === 0 || !isCounted[through] || !fits(pass, i)) continue;
      const one = (verdict & HIDDEN) === 0 ? 1 : 0;
      if ((through | PRODUCT) === LISTS && (counted & PRODUCT) === 0) {
        counted |= PRODUCT;
        add(counts.product, combinations.product[at], one);
      }
      if ((through | CLASSIFICATION) === LISTS && (counted & CLASSIFICATION) === 0) {
        counted |= CLASSIFICATION;
        add(counts.classification, combinations.classification[at], one);
      }
      const severity = combinations.severity[at] ?? 0;
      if ((through | SEVERITY) === LISTS && !severities.includes(severity)) {
        severities.push(severity);
        add(counts.severity, severity, one);
      }
      if (through !== LISTS) continue;
      if (folded !== null) folded.push(ids[i] ?? '');
      else {
        folded = [];
        if (one === 0) pass.hiddenSuperseded++;
        else {
          stands[i] = 1;
          folds.push({ updateId: ids[i] ?? '', folded });
        }
      }
    }
  }
  return [stands, folds.filter(({ folded }) => folded.length > 0)];
}

/** Ids whose combination is let through, and how many updates of each combination the search left. */
function search(pass: Pass, stands: Uint8Array): readonly [ids: readonly string[], left: Uint32Array] {
  const { index, verdicts, words, onHosts, only } = pass;
  const { ids, combination, combinations } = index;
  const shown: string[] = [];
  if (words.length === 0 && onHosts.length === 0 && only === null) {
    for (let i = 0; i < ids.length; i++) {
      const verdict = verdicts[combination[i] ?? 0];
      if (verdict === LISTS || (verdict === (LISTS | IN_SERIES) && stands[i] === 1)) shown.push(ids[i] ?? '');
    }
    return [shown, combinations.count];
  }
  const left = new Uint32Array(verdicts.length);
  for (let i = 0; i < ids.length; i++) {
    const at = combination[i] ?? 0;
    const verdict = verdicts[at] ?? 0;
    if ((verdict & IN_SERIES) !== 0) {
      if (stands[i] === 1) shown.push(ids[i] ?? '');
      continue;
    }
    // What two of the lists keep out counts in none of the three.
    if (!isCounted[verdict & LISTS] || !fits(pass, i)) continue;
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
 * entry alone were chosen in its list, under all other lists and the search: a count of 0 is a dead end one sees before clicking. `only` stands for the CVEs
 * that the search names.
 */
export function filterUpdates(
  index: FilterIndex,
  filter: UpdateFilter,
  only: ReadonlySet<string> | null = null,
): FilterAnswer {
  const counts = {
    severity: new Uint32Array(index.severities.length),
    product: new Uint32Array(index.products.length),
    classification: new Uint32Array(index.classifications.length),
  };
  const words = filter.search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '' && (only === null || (!beginsCve(word) && cvesIn(word).length === 0)));
  const pass: Pass = {
    index,
    verdicts: verdictsOf(index, filter),
    words,
    onHosts: filter.onHosts,
    only,
    counts,
    hiddenSuperseded: 0,
  };
  const [stands, folds] = filter.foldDefinitions ? foldSeries(pass) : [new Uint8Array(), []];
  const [ids, left] = search(pass, stands);
  const { severity, product, classification, flags, count } = index.combinations;
  let inScope = 0;
  for (let at = 0; at < pass.verdicts.length; at++) {
    if (filter.scope === 'reported' || ((flags[at] ?? 0) & FLAGS.needed) !== 0) inScope += count[at] ?? 0;
    const verdict = pass.verdicts[at] ?? 0;
    if ((verdict & IN_SERIES) !== 0) continue;
    const more = left[at] ?? 0;
    if (verdict === (LISTS | HIDDEN)) pass.hiddenSuperseded += more;
    if ((verdict & HIDDEN) !== 0) continue;
    if ((verdict | SEVERITY) === LISTS) add(counts.severity, severity[at], more);
    if ((verdict | PRODUCT) === LISTS) add(counts.product, product[at], more);
    if ((verdict | CLASSIFICATION) === LISTS) add(counts.classification, classification[at], more);
  }
  const entries = (list: readonly EntryNames[], tally: Uint32Array): FilterEntry[] =>
    list.map((entry, i) => ({ ...entry, count: tally[i] ?? 0 }));
  return {
    ids,
    inScope,
    hiddenSuperseded: pass.hiddenSuperseded,
    folds,
    severities: entries(index.severities, counts.severity),
    products: entries(index.products, counts.product),
    classifications: entries(index.classifications, counts.classification),
  };
}
