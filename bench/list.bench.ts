import { defaultFilter, indexUpdates, searchText, type UpdateFilter } from '../domain/catalogue.ts';
import { filterUpdates } from '../domain/catalogue-filter.ts';
import { definitionGroups } from '../domain/supersedence.ts';
import { ratioLine } from './measure.ts';
import { finish } from './report.ts';

const UPDATES = 20_000;
/** One pass takes about a millisecond: a figure is the time of so many. */
const PASSES = 40;

const products = Array.from({ length: 60 }, (_each, n) => `Product ${n}`);
const classifications = ['Security Updates', 'Definition Updates', 'Updates', 'Update Rollups', 'Drivers'];
const severities = ['Critical', 'Important', 'Moderate', 'Low', null];
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

const updates = Array.from({ length: UPDATES }, (_each, n) => {
  const random = (n * 2_654_435_761) >>> 0;
  const needed = random % 3 === 0 ? 0 : random % 500;
  const classification = pick(classifications, random >>> 7);
  // Some products have a series of definitions under one KB, as virus definitions do.
  const isDaily = classification === 'Definition Updates' && random % 4 === 0;
  const kb = isDaily ? String(2_267_600 + (random % 20)) : String(5_000_000 + n);
  return {
    updateId: `${random.toString(16).padStart(8, '0')}-4e2b-4c0b-9d5a-${n.toString(16).padStart(12, '0')}_200`,
    title: `2026-${String((n % 12) + 1).padStart(2, '0')} Cumulative Update for ${pick(products, random)} for x64-based Systems (KB${kb})`,
    kbids: [kb],
    severity: pick(severities, random >>> 3),
    product: pick(products, random >>> 5),
    classification,
    changetime: `2026-11-${String((n % 28) + 1).padStart(2, '0')}T00:00:00`,
    downloadedOn: random % 5 === 0 ? '2026-11-01T00:00:00' : null,
    isSuperseded: (random >>> 4) % 7 === 0,
    hosts: {
      reported: needed,
      needed,
      pending: 0,
      missing: 0,
      failed: 0,
      heldBack: 0,
      forbidden: 0,
      done: 0,
      superseded: 0,
    },
  };
});
const index = indexUpdates(updates);

/** The same updates as plain numbers and texts. */
const codes = (list: readonly (string | null)[], of: (update: (typeof updates)[number]) => string | null): Uint8Array =>
  Uint8Array.from(updates, (update) => list.indexOf(of(update)));
const severity = codes(severities, (update) => update.severity);
const product = codes(products, (update) => update.product);
const classification = codes(classifications, (update) => update.classification);
const needed = Uint8Array.from(updates, (update) => (update.hosts.needed > 0 ? 1 : 0));
const superseded = Uint8Array.from(updates, (update) => (update.isSuperseded ? 1 : 0));
const series = definitionGroups(updates);
const inSeries = new Uint8Array(updates.length);
for (const group of series) for (const i of group) inSeries[i] = 1;
const text = updates.map((update) => searchText(update));

/**
 * The bare pass: the one loop that no filter can do without. It looks up each list, searches each text, leaves out what is
 * superseded or folded, and counts the rest and what is hidden; it keeps no ids and counts no entry: that is what the bar leaves room for.
 */
function barePass(filter: UpdateFilter): readonly [shown: number, hidden: number] {
  const table = (names: readonly (string | null)[], wanted: readonly string[]): Uint8Array =>
    Uint8Array.from(names, (name) => (wanted.length === 0 || wanted.includes(name ?? '') ? 1 : 0));
  const severityOk = table(severities, filter.severities);
  const productOk = table(products, filter.products);
  const classificationOk = table(classifications, filter.classifications);
  const least = filter.scope === 'needed' ? 1 : 0;
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  const hidden = filter.hideSuperseded ? 1 : 0;
  const folded = filter.foldDefinitions ? 1 : 0;
  const fits = (i: number): boolean => {
    if ((needed[i] ?? 0) < least) return false;
    for (const word of words) if (text[i]?.includes(word) !== true) return false;
    if (severityOk[severity[i] ?? 0] === 0 || productOk[product[i] ?? 0] === 0) return false;
    return classificationOk[classification[i] ?? 0] !== 0;
  };
  let [count, hiddenCount] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    if (((inSeries[i] ?? 0) & folded) !== 0 || !fits(i)) continue;
    if (((superseded[i] ?? 0) & hidden) === 0) count++;
    else hiddenCount++;
  }
  for (const group of folded === 0 ? [] : series) {
    const first = group.find(fits);
    if (first === undefined) continue;
    if (((superseded[first] ?? 0) & hidden) === 0) count++;
    else hiddenCount++;
  }
  return [count, hiddenCount];
}

const filters: readonly (readonly [string, Partial<UpdateFilter>])[] = [
  ['as the list opens', {}],
  ['all reported', { scope: 'reported' }],
  ['nothing hidden, nothing folded', { scope: 'reported', hideSuperseded: false, foldDefinitions: false }],
  ['one word', { search: 'cumulative' }],
  ['two words, few hits', { scope: 'reported', search: 'product 17 kb50012' }],
  ['lists', { severities: ['Critical', 'Important'], products: products.slice(0, 20) }],
  ['lists and a word', { severities: ['Critical'], classifications: ['Security Updates'], search: 'x64' }],
];

const lines = [];
for (const [what, part] of filters) {
  const filter: UpdateFilter = { ...defaultFilter, ...part };
  const answer = filterUpdates(index, filter);
  const [shown, hidden] = barePass(filter);
  if (shown !== answer.ids.length || hidden !== answer.hiddenSuperseded)
    throw new Error(`both passes must find the same: ${what}`);
  const repeat = (work: (given: UpdateFilter) => unknown) => (): void => {
    for (let n = 0; n < PASSES; n++) work(filter);
  };
  const line = await ratioLine({
    what: `filter and counts: ${what}`,
    bar: 2,
    baseline: repeat(barePass),
    subject: repeat((given) => filterUpdates(index, given)),
  });
  lines.push({ ...line, note: `${shown} shown, ${PASSES} × ${line.note ?? ''}` });
}

finish(
  `The update list of ${UPDATES.toLocaleString('en')} updates: filter and live counts against one bare pass`,
  lines,
);
