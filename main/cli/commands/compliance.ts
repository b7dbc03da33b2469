import { DIMENSIONS, type Dimension } from '../../../domain/compliance.ts';
import type { Cell } from '../../../domain/compliance-tally.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { Cli } from '../cli.ts';
import { type Command, type CommandWords, textOf } from '../command.ts';
import type { Refusal } from '../exit.ts';
import { type ListColumn, type Listing, listed } from '../listing.ts';
import type { Say } from '../words/say.ts';

const percent = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((1_000 * part) / whole) / 10;

const columnsOf = (dimension: Dimension, { compliance, states }: Say): readonly ListColumn<Cell>[] => [
  {
    header: compliance.by[dimension],
    kind: 'text',
    isFlexible: true,
    value: ({ key }) => (key === '' ? (dimension === 'fleet' ? compliance.allHosts : compliance.unsaid) : key),
  },
  { header: compliance.hosts, kind: 'number', value: ({ hosts }) => hosts },
  { header: compliance.counted, kind: 'number', value: ({ counted }) => counted },
  { header: compliance.stale, kind: 'number', value: ({ hosts, counted }) => hosts - counted },
  { header: compliance.neverScanned, kind: 'number', isInFileOnly: true, value: ({ neverScanned }) => neverScanned },
  { header: compliance.raw, kind: 'number', value: ({ raw }) => raw },
  { header: compliance.rawShare, kind: 'number', value: ({ raw, counted }) => percent(raw, counted) },
  { header: compliance.allowed, kind: 'number', value: ({ allowed }) => allowed },
  { header: compliance.allowedShare, kind: 'number', value: ({ allowed, counted }) => percent(allowed, counted) },
  { header: states.pending, kind: 'number', value: ({ pending }) => pending },
  { header: states.missing, kind: 'number', value: ({ missing }) => missing },
  { header: states.failed, kind: 'number', value: ({ failed }) => failed },
  { header: states.forbidden, kind: 'number', isInFileOnly: true, value: ({ forbidden }) => forbidden },
  { header: states.heldBack, kind: 'number', isInFileOnly: true, value: ({ heldBack }) => heldBack },
  { header: compliance.neededRows, kind: 'number', isInFileOnly: true, value: ({ neededRows }) => neededRows },
];

/** Options that say by what compliance is told apart. */
export const complianceOptions = { by: { type: 'string' } } as const;

const isDimension = (text: string): text is Dimension => (DIMENSIONS as readonly string[]).includes(text);

/** Compliance by one dimension: the figures of the overview. Stale hosts are in no figure but their own. */
export async function listCompliance(cli: Cli, words: CommandWords, say: Say): Promise<Result<Listing<Cell>, Refusal>> {
  const by = textOf(words, 'by') ?? 'fleet';
  if (!isDimension(by))
    return fail({ ending: 'usage', words: ({ line }) => line.oneOf('--by', DIMENSIONS.join(', ')) });
  const overview = await cli.ask('fleet.overview', {});
  if (!overview.ok) return overview;
  const { cells, apart, otherHosts, staleDays, isCutOff, freshness } = overview.value;
  const rows = cells.filter(({ dimension }) => dimension === by);
  return ok({
    title: by === 'fleet' ? say.compliance.title : say.compliance.titleBy(say.compliance.by[by].toLowerCase()),
    columns: columnsOf(by, say),
    rows,
    total: rows.length,
    filter: [say.compliance.scans(staleDays)],
    freshness,
    beside: { by, apart, otherHosts, staleDays, isCutOff },
  });
}

/** `waptwua compliance`. */
export const complianceCommand: Command = {
  name: 'compliance',
  usage: '[--by WHAT]',
  help: ({ compliance }) => compliance,
  options: complianceOptions,
  needsProfile: true,
  needsServer: false,
  run: async (cli, words) => {
    const listing = await listCompliance(cli, words, cli.listSay);
    return listing.ok ? ok(listed(cli, listing.value)) : listing;
  },
};
