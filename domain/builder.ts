/** The rule builder: a filter of the update list that becomes entries of a package, and can be run again when new updates came. */
import { classificationKey, productKey, severityKey } from './catalogue.ts';
import { dateOf } from './decision.ts';
import type { Update } from './update.ts';

/** How the title is asked for: words and `*`, `?` in place of others, or a regular expression. */
type TitleKind = 'pattern' | 'regex';

/** A filter of the rule builder. Empty lists and nulls do not restrict; what is asked is joined by AND, entries of one list by OR. */
export interface BuildFilter {
  readonly title: string;
  readonly titleKind: TitleKind;
  readonly products: readonly string[];
  readonly classifications: readonly string[];
  readonly severities: readonly string[];
  /** Days since the update was published. */
  readonly minAgeDays: number | null;
  readonly maxAgeDays: number | null;
  /** Bytes, of the largest download. */
  readonly minSize: number | null;
  readonly maxSize: number | null;
  /** Hosts that need the update, at least; 0 takes all that hosts reported. */
  readonly neededBy: number;
  readonly onServer: boolean | null;
  readonly hideSuperseded: boolean;
  /** Only what no rule of a published package mentions. */
  readonly isUnruled: boolean;
}

/** The filter that the builder opens with: what somebody needs and nobody replaced. */
export const defaultBuildFilter: BuildFilter = {
  title: '',
  titleKind: 'pattern',
  products: [],
  classifications: [],
  severities: [],
  minAgeDays: null,
  maxAgeDays: null,
  minSize: null,
  maxSize: null,
  neededBy: 1,
  onServer: null,
  hideSuperseded: true,
  isUnruled: false,
};

/** The facts of an update that the builder looks at. */
export type Buildable = Pick<
  Update,
  'title' | 'product' | 'classification' | 'severity' | 'changetime' | 'maxDownloadSize' | 'downloadedOn'
> & { readonly needed: number; readonly isSuperseded: boolean };

const DAY = 86_400_000;

/**
 * Whether a text has a pattern in it, in upper or lower case: `*` stands for anything, `?` for one character; without either the pattern may stand
 * anywhere, with one it must be the whole text. Takes time by pattern × text at most, whatever the pattern.
 */
export function titleMatcher(pattern: string): (title: string) => boolean {
  const wanted = pattern.trim().toLowerCase();
  if (wanted === '') return () => true;
  if (!/[*?]/.test(wanted)) return (title) => title.toLowerCase().includes(wanted);
  return (title) => matchesGlob(wanted, title.toLowerCase());
}

function matchesGlob(pattern: string, text: string): boolean {
  let [p, t] = [0, 0];
  let [star, from] = [-1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      from = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      // The last star takes one character more; earlier ones need not be tried again.
      p = star + 1;
      t = ++from;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** Everything a filter asks that can be asked of one update alone: all but a regular expression and the rules. */
export function buildMatcher(filter: BuildFilter, now: number): (update: Buildable) => boolean {
  const hasTitle = filter.titleKind === 'pattern' ? titleMatcher(filter.title) : () => true;
  const [products, classifications, severities] = [filter.products, filter.classifications, filter.severities].map(
    (list) => new Set(list),
  );
  const isIn = (set: ReadonlySet<string> | undefined, entry: string): boolean =>
    set === undefined || set.size === 0 || set.has(entry);
  const isWithin = (value: number | null, least: number | null, most: number | null): boolean => {
    if (least === null && most === null) return true;
    return (
      value !== null && value >= (least ?? Number.NEGATIVE_INFINITY) && value <= (most ?? Number.POSITIVE_INFINITY)
    );
  };
  const ageOf = (changetime: string | null): number | null => {
    const published = dateOf(changetime);
    return published === null ? null : (now - published) / DAY;
  };
  return (update) =>
    update.needed >= filter.neededBy &&
    !(filter.hideSuperseded && update.isSuperseded) &&
    (filter.onServer === null || (update.downloadedOn !== null) === filter.onServer) &&
    isIn(severities, severityKey(update.severity)) &&
    isIn(classifications, classificationKey(update.classification)) &&
    isIn(products, productKey(update.product)) &&
    isWithin(ageOf(update.changetime), filter.minAgeDays, filter.maxAgeDays) &&
    isWithin(update.maxDownloadSize, filter.minSize, filter.maxSize) &&
    hasTitle(update.title);
}

/** A filter that a draft keeps, where its updates go, and which it found when it was run last. */
export interface KeptBuilder {
  readonly filter: BuildFilter;
  readonly into: 'allow' | 'forbid';
  readonly as: 'update' | 'kb';
  readonly lastIds: readonly string[];
}

/** What a filter found that it had not found before. */
export function foundSince(builder: Pick<KeptBuilder, 'lastIds'>, updateIds: readonly string[]): readonly string[] {
  const before = new Set(builder.lastIds);
  return updateIds.filter((updateId) => !before.has(updateId));
}
