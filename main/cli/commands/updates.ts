import {
  classificationKey,
  defaultFilter,
  productKey,
  severityKey,
  type UpdateFilter,
} from '../../../domain/catalogue.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { UpdateRow } from '../../../domain/update.ts';
import type { Cli } from '../cli.ts';
import { type Command, type CommandWords, isGiven, textOf, textsOf } from '../command.ts';
import type { Refusal } from '../exit.ts';
import { clockTime, type ListColumn, type Listing, listed } from '../listing.ts';

const count = (header: string, of: keyof UpdateRow['hosts'], isInFileOnly = false): ListColumn<UpdateRow> => ({
  header,
  kind: 'number',
  isInFileOnly,
  value: ({ hosts }) => hosts[of],
});

const columns: readonly ListColumn<UpdateRow>[] = [
  { header: 'Published', kind: 'date', value: ({ changetime }) => clockTime(changetime, 'date') },
  { header: 'KBs', kind: 'text', value: ({ kbids }) => kbids.map((kb) => `KB${kb}`).join(', ') },
  { header: 'Title', kind: 'text', isFlexible: true, value: ({ title }) => title },
  { header: 'Severity', kind: 'text', value: ({ severity }) => severity },
  { header: 'Product', kind: 'text', isFlexible: true, value: ({ product }) => product },
  { header: 'Classification', kind: 'text', isInFileOnly: true, value: ({ classification }) => classification },
  count('Needed', 'needed'),
  count('Pending', 'pending'),
  count('Missing', 'missing'),
  count('Failed', 'failed'),
  count('Forbidden', 'forbidden', true),
  count('Held back', 'heldBack', true),
  count('Done', 'done', true),
  count('Reported', 'reported', true),
  { header: 'Size (bytes)', kind: 'number', isInFileOnly: true, value: ({ maxDownloadSize }) => maxDownloadSize },
  {
    header: 'On the server since',
    kind: 'datetime',
    isInFileOnly: true,
    value: ({ downloadedOn }) => clockTime(downloadedOn, 'datetime'),
  },
  { header: 'CVEs', kind: 'text', isInFileOnly: true, value: ({ cveIds }) => cveIds.join(', ') },
  { header: 'Id', kind: 'text', isInFileOnly: true, value: ({ updateId }) => updateId },
];

/** Options that filter updates. */
export const updateOptions = {
  all: { type: 'boolean' },
  severity: { type: 'string', multiple: true },
  product: { type: 'string', multiple: true },
  classification: { type: 'string', multiple: true },
  search: { type: 'string' },
  superseded: { type: 'boolean' },
  'on-server': { type: 'boolean' },
  'not-on-server': { type: 'boolean' },
} as const;

/** What they do. */
export const updateHelp: Command['help'] = [
  ['--all', 'all reported updates, not only those that some host needs'],
  ['--severity NAME', 'Critical, Important, Moderate, Low; may be given several times, as the next two'],
  ['--product NAME', 'by product'],
  ['--classification NAME', 'by classification'],
  ['--search TEXT', 'words of title, KB or id'],
  ['--superseded', 'superseded ones too'],
  ['--on-server, --not-on-server', 'by whether the server has the files'],
];

/** The updates that the line asks for, newest first. */
export async function listUpdates(cli: Cli, words: CommandWords): Promise<Result<Listing<UpdateRow>, Refusal>> {
  if (isGiven(words, 'on-server') && isGiven(words, 'not-on-server'))
    return fail({ ending: 'usage', words: '--on-server and --not-on-server exclude each other' });
  const severities = textsOf(words, 'severity');
  const products = textsOf(words, 'product');
  const classifications = textsOf(words, 'classification');
  const search = textOf(words, 'search') ?? '';
  const onServer = isGiven(words, 'on-server') ? true : isGiven(words, 'not-on-server') ? false : null;
  const filter: UpdateFilter = {
    ...defaultFilter,
    scope: isGiven(words, 'all') ? 'reported' : 'needed',
    severities: severities.flatMap((name) => severityKey(name) ?? []),
    products: products.flatMap((name) => productKey(name) ?? []),
    classifications: classifications.flatMap((name) => classificationKey(name) ?? []),
    search,
    hideSuperseded: !isGiven(words, 'superseded'),
    foldDefinitions: false,
    onServer,
  };
  const list = await cli.ask('updates.list', {});
  if (!list.ok) return list;
  const answer = await cli.ask('updates.query', { filter });
  if (!answer.ok) return answer;
  const ids = new Set(answer.value.ids);
  const rows = list.value.rows
    .filter((row) => ids.has(row.updateId))
    .toSorted((a, b) => (b.changetime ?? '').localeCompare(a.changetime ?? '') || a.title.localeCompare(b.title));
  return ok({
    title: 'Windows updates',
    columns,
    rows,
    total: list.value.rows.length,
    filter: [
      filter.scope === 'needed' ? 'needed by some host' : 'all reported',
      ...severities,
      ...products,
      ...classifications,
      ...(search === '' ? [] : [`search: ${search}`]),
      ...(onServer === null ? [] : [onServer ? 'on the server' : 'not on the server']),
      ...(filter.hideSuperseded ? ['without superseded ones'] : []),
    ],
    freshness: list.value.freshness,
    beside: { isCutOff: list.value.isCutOff, hostCount: list.value.hostCount, neverScanned: list.value.neverScanned },
  });
}

/** `waptwua updates`. */
export const updatesCommand: Command = {
  name: 'updates',
  summary: 'the updates that hosts need or report, with how many hosts stand where',
  usage: '[OPTIONS]',
  help: updateHelp,
  options: updateOptions,
  needsProfile: true,
  needsServer: false,
  run: async (cli, words) => {
    const listing = await listUpdates(cli, words);
    return listing.ok ? ok(listed(cli, listing.value)) : listing;
  },
};
