import type { RulePackage } from '../../../contract/schemas/packages.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { Cli } from '../cli.ts';
import { type Command, type CommandWords, isGiven } from '../command.ts';
import type { Refusal } from '../exit.ts';
import { clockTime, type ListColumn, type Listing, listed } from '../listing.ts';

const columns: readonly ListColumn<RulePackage>[] = [
  { header: 'Package', kind: 'text', value: (row) => row.package },
  { header: 'Version', kind: 'text', value: ({ version }) => version },
  { header: 'Maturity', kind: 'text', value: ({ maturity }) => maturity },
  { header: 'Description', kind: 'text', isFlexible: true, value: ({ description }) => description },
  { header: 'Hosts', kind: 'number', value: ({ hostsInstalled }) => hostsInstalled },
  { header: 'Signature', kind: 'text', value: ({ verification }) => verification.kind },
  { header: 'Signed', kind: 'datetime', value: ({ signatureDate }) => clockTime(signatureDate, 'datetime') },
  { header: 'Signer', kind: 'text', isInFileOnly: true, value: ({ signer }) => signer },
  { header: 'File', kind: 'text', isInFileOnly: true, value: ({ filename }) => filename },
];

/** The rule packages; the newest versions unless all are asked for. */
export async function listPackages(cli: Cli, words: CommandWords): Promise<Result<Listing<RulePackage>, Refusal>> {
  const list = await cli.ask('packages.list', {});
  if (!list.ok) return list;
  const isAll = isGiven(words, 'all');
  return ok({
    title: 'Rule packages',
    columns,
    rows: list.value.packages
      .filter((row) => isAll || row.isNewest)
      .toSorted((a, b) => a.package.localeCompare(b.package) || b.filename.localeCompare(a.filename)),
    total: list.value.packages.length,
    filter: isAll ? [] : ['newest versions'],
    freshness: { syncedAt: list.value.readAt, isOffline: list.value.isOffline },
  });
}

/** `waptwua packages`. */
export const packagesCommand: Command = {
  name: 'packages',
  summary: 'the rule packages of the repository',
  usage: '[--all]',
  help: [['--all', 'every version, not only the newest']],
  options: { all: { type: 'boolean' } },
  needsProfile: true,
  needsServer: false,
  run: async (cli, words) => {
    const listing = await listPackages(cli, words);
    return listing.ok ? ok(listed(cli, listing.value)) : listing;
  },
};
