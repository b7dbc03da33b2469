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
import { clockTime, type ListColumn, type Listing, listed, stateColumns } from '../listing.ts';
import type { Say } from '../words/say.ts';

const columnsOf = ({ updates, states }: Say): readonly ListColumn<UpdateRow>[] => {
  return [
    { header: updates.published, kind: 'date', value: ({ changetime }) => clockTime(changetime, 'date') },
    { header: updates.kbs, kind: 'text', value: ({ kbids }) => kbids.map((kb) => `KB${kb}`).join(', ') },
    { header: updates.name, kind: 'text', isFlexible: true, value: ({ title }) => title },
    { header: updates.severity, kind: 'text', value: ({ severity }) => severity },
    { header: updates.product, kind: 'text', isFlexible: true, value: ({ product }) => product },
    { header: updates.classification, kind: 'text', isInFileOnly: true, value: ({ classification }) => classification },
    ...stateColumns<UpdateRow>(states, (row) => row.hosts),
    { header: states.reported, kind: 'number', isInFileOnly: true, value: ({ hosts }) => hosts.reported },
    { header: updates.size, kind: 'number', isInFileOnly: true, value: ({ maxDownloadSize }) => maxDownloadSize },
    {
      header: updates.onServerSince,
      kind: 'datetime',
      isInFileOnly: true,
      value: ({ downloadedOn }) => clockTime(downloadedOn, 'datetime'),
    },
    { header: updates.cves, kind: 'text', isInFileOnly: true, value: ({ cveIds }) => cveIds.join(', ') },
    { header: updates.id, kind: 'text', isInFileOnly: true, value: ({ updateId }) => updateId },
  ];
};

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

/** The updates that the line asks for, newest first. */
export async function listUpdates(
  cli: Cli,
  words: CommandWords,
  say: Say,
): Promise<Result<Listing<UpdateRow>, Refusal>> {
  if (isGiven(words, 'on-server') && isGiven(words, 'not-on-server'))
    return fail({ ending: 'usage', words: ({ updates }) => updates.bothSides });
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
    title: say.updates.title,
    columns: columnsOf(say),
    rows,
    total: list.value.rows.length,
    filter: [
      filter.scope === 'needed' ? say.updates.needed : say.updates.all,
      ...severities,
      ...products,
      ...classifications,
      ...(search === '' ? [] : [say.list.search(search)]),
      ...(onServer === null ? [] : [onServer ? say.updates.onServer : say.updates.notOnServer]),
      ...(filter.hideSuperseded ? [say.updates.withoutSuperseded] : []),
    ],
    freshness: list.value.freshness,
    beside: { isCutOff: list.value.isCutOff, hostCount: list.value.hostCount, neverScanned: list.value.neverScanned },
  });
}

/** `waptwua updates`. */
export const updatesCommand: Command = {
  name: 'updates',
  usage: '[OPTIONS]',
  help: ({ updates }) => updates,
  options: updateOptions,
  needsProfile: true,
  needsServer: false,
  run: async (cli, words) => {
    const listing = await listUpdates(cli, words, cli.listSay);
    return listing.ok ? ok(listed(cli, listing.value)) : listing;
  },
};
