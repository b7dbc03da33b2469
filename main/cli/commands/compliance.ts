import { DIMENSIONS, type Dimension } from '../../../domain/compliance.ts';
import type { Cell } from '../../../domain/compliance-tally.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { Cli } from '../cli.ts';
import { type Command, type CommandWords, textOf } from '../command.ts';
import type { Refusal } from '../exit.ts';
import { type ListColumn, type Listing, listed } from '../listing.ts';

const percent = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((1_000 * part) / whole) / 10;

const UNSAID = 'not said';

const columnsOf = (dimension: Dimension): readonly ListColumn<Cell>[] => [
  {
    header: dimension === 'fleet' ? 'Fleet' : dimension.charAt(0).toUpperCase() + dimension.slice(1),
    kind: 'text',
    isFlexible: true,
    value: ({ key }) => (key === '' ? (dimension === 'fleet' ? 'all hosts' : UNSAID) : key),
  },
  { header: 'Hosts', kind: 'number', value: ({ hosts }) => hosts },
  { header: 'Counted', kind: 'number', value: ({ counted }) => counted },
  { header: 'Stale', kind: 'number', value: ({ hosts, counted }) => hosts - counted },
  { header: 'Never scanned', kind: 'number', isInFileOnly: true, value: ({ neverScanned }) => neverScanned },
  { header: 'Compliant raw', kind: 'number', value: ({ raw }) => raw },
  { header: '%', kind: 'number', value: ({ raw, counted }) => percent(raw, counted) },
  { header: 'Compliant allowed', kind: 'number', value: ({ allowed }) => allowed },
  { header: '% allowed', kind: 'number', value: ({ allowed, counted }) => percent(allowed, counted) },
  { header: 'Pending', kind: 'number', value: ({ pending }) => pending },
  { header: 'Missing', kind: 'number', value: ({ missing }) => missing },
  { header: 'Failed', kind: 'number', value: ({ failed }) => failed },
  { header: 'Forbidden', kind: 'number', isInFileOnly: true, value: ({ forbidden }) => forbidden },
  { header: 'Held back', kind: 'number', isInFileOnly: true, value: ({ heldBack }) => heldBack },
  { header: 'Needed rows', kind: 'number', isInFileOnly: true, value: ({ neededRows }) => neededRows },
];

/** Options that say by what compliance is told apart. */
export const complianceOptions = { by: { type: 'string' } } as const;

/** What they do. */
export const complianceHelp: Command['help'] = [
  ['--by WHAT', `${DIMENSIONS.join(', ')}; the whole fleet where it is left out`],
];

const isDimension = (text: string): text is Dimension => (DIMENSIONS as readonly string[]).includes(text);

/** Compliance by one dimension: the figures of the overview. Stale hosts are in no figure but their own. */
export async function listCompliance(cli: Cli, words: CommandWords): Promise<Result<Listing<Cell>, Refusal>> {
  const by = textOf(words, 'by') ?? 'fleet';
  if (!isDimension(by)) return fail({ ending: 'usage', words: `--by takes one of ${DIMENSIONS.join(', ')}` });
  const overview = await cli.ask('fleet.overview', {});
  if (!overview.ok) return overview;
  const { cells, apart, otherHosts, staleDays, isCutOff, freshness } = overview.value;
  const rows = cells.filter(({ dimension }) => dimension === by);
  return ok({
    title: by === 'fleet' ? 'Compliance' : `Compliance by ${by}`,
    columns: columnsOf(by),
    rows,
    total: rows.length,
    filter: [`scans of the last ${staleDays} days are counted`],
    freshness,
    beside: { by, apart, otherHosts, staleDays, isCutOff },
  });
}

/** `waptwua compliance`. */
export const complianceCommand: Command = {
  name: 'compliance',
  summary: 'how well the fleet is patched: raw, and by what is allowed',
  usage: '[--by WHAT]',
  help: complianceHelp,
  options: complianceOptions,
  needsProfile: true,
  needsServer: false,
  run: async (cli, words) => {
    const listing = await listCompliance(cli, words);
    return listing.ok ? ok(listed(cli, listing.value)) : listing;
  },
};
