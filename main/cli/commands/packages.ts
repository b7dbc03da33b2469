import type { RulePackage } from '../../../contract/schemas/packages.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { Cli } from '../cli.ts';
import { type Command, type CommandWords, isGiven } from '../command.ts';
import type { Refusal } from '../exit.ts';
import { clockTime, type ListColumn, type Listing, listed } from '../listing.ts';
import type { Say } from '../words/say.ts';

const columnsOf = ({ packages }: Say): readonly ListColumn<RulePackage>[] => [
  { header: packages.package, kind: 'text', value: (row) => row.package },
  { header: packages.version, kind: 'text', value: ({ version }) => version },
  { header: packages.maturity, kind: 'text', value: ({ maturity }) => maturity },
  { header: packages.description, kind: 'text', isFlexible: true, value: ({ description }) => description },
  { header: packages.hosts, kind: 'number', value: ({ hostsInstalled }) => hostsInstalled },
  { header: packages.signature, kind: 'text', value: ({ verification }) => packages.verification[verification.kind] },
  { header: packages.signed, kind: 'datetime', value: ({ signatureDate }) => clockTime(signatureDate, 'datetime') },
  { header: packages.signer, kind: 'text', isInFileOnly: true, value: ({ signer }) => signer },
  { header: packages.file, kind: 'text', isInFileOnly: true, value: ({ filename }) => filename },
];

/** The rule packages; the newest versions unless all are asked for. */
export async function listPackages(
  cli: Cli,
  words: CommandWords,
  say: Say,
): Promise<Result<Listing<RulePackage>, Refusal>> {
  const list = await cli.ask('packages.list', {});
  if (!list.ok) return list;
  const isAll = isGiven(words, 'all');
  return ok({
    title: say.packages.title,
    columns: columnsOf(say),
    rows: list.value.packages
      .filter((row) => isAll || row.isNewest)
      .toSorted((a, b) => a.package.localeCompare(b.package) || b.filename.localeCompare(a.filename)),
    total: list.value.packages.length,
    filter: isAll ? [] : [say.packages.newest],
    freshness: { syncedAt: list.value.readAt, isOffline: list.value.isOffline },
  });
}

/** `waptwua packages`. */
export const packagesCommand: Command = {
  name: 'packages',
  usage: '[--all]',
  help: ({ packages }) => packages,
  options: { all: { type: 'boolean' } },
  needsProfile: true,
  needsServer: false,
  run: async (cli, words) => {
    const listing = await listPackages(cli, words, cli.listSay);
    return listing.ok ? ok(listed(cli, listing.value)) : listing;
  },
};
