import type { HostRow } from '../../../contract/schemas/hosts.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { bareKb } from '../../../domain/update.ts';
import type { Cli } from '../cli.ts';
import { type Command, type CommandWords, isGiven, textOf, textsOf } from '../command.ts';
import type { Refusal } from '../exit.ts';
import { clockTime, type ListColumn, type Listing, listed, stateColumns } from '../listing.ts';
import type { Say } from '../words/say.ts';

const columnsOf = ({ hosts, states, list }: Say): readonly ListColumn<HostRow>[] => {
  const yesNo = (value: boolean | null): string | null => (value === null ? null : value ? list.yes : list.no);
  const text = (header: string, value: (row: HostRow) => string | null): ListColumn<HostRow> => ({
    header,
    kind: 'text',
    isInFileOnly: true,
    value,
  });
  return [
    { header: hosts.host, kind: 'text', isFlexible: true, value: ({ fqdn, uuid }) => fqdn || uuid },
    { header: hosts.reachable, kind: 'text', value: ({ reachable }) => reachable },
    { header: hosts.system, kind: 'text', isFlexible: true, value: ({ osName }) => osName },
    { header: hosts.lastScan, kind: 'datetime', value: ({ lastScan }) => clockTime(lastScan, 'datetime') },
    { header: hosts.stale, kind: 'text', value: ({ isStale }) => yesNo(isStale) },
    ...stateColumns<HostRow>(states, (row) => row.updates),
    text(hosts.reboot, ({ rebootRequired }) => yesNo(rebootRequired)),
    text(hosts.status, ({ wuaStatus }) => wuaStatus),
    text(hosts.groups, ({ groups }) => groups.join(', ')),
    text(hosts.unit, ({ organizationalUnit }) => organizationalUnit),
    text(hosts.rulePackages, ({ rulePackages }) => rulePackages.join(', ')),
    {
      header: hosts.lastSeen,
      kind: 'datetime',
      isInFileOnly: true,
      value: ({ lastSeenOn }) => clockTime(lastSeenOn, 'datetime'),
    },
    text('uuid', ({ uuid }) => uuid),
  ];
};

/** Options that filter hosts. */
export const hostOptions = {
  host: { type: 'string', multiple: true },
  group: { type: 'string', multiple: true },
  uuid: { type: 'string', multiple: true },
  search: { type: 'string' },
  stale: { type: 'boolean' },
  reachable: { type: 'boolean' },
  failed: { type: 'boolean' },
  needs: { type: 'string' },
} as const;

/** Uuids of the hosts that need an update, by its id or one of its KBs. */
async function needing(cli: Cli, wanted: string): Promise<Result<ReadonlySet<string>, Refusal>> {
  const list = await cli.ask('updates.list', {});
  if (!list.ok) return list;
  const kb = bareKb(wanted);
  const found = list.value.rows.filter(({ updateId, kbids }) => updateId === wanted || kbids.includes(kb));
  if (found.length === 0)
    return fail({ ending: 'not-found', words: ({ hosts }) => hosts.nobodyReports(JSON.stringify(wanted)) });
  const uuids = new Set<string>();
  for (const { updateId } of found) {
    const hosts = await cli.ask('updates.hosts', { updateId });
    if (!hosts.ok) return hosts;
    for (const { uuid, state } of hosts.value) if (state !== 'done' && state !== 'superseded') uuids.add(uuid);
  }
  return ok(uuids);
}

const shortName = (fqdn: string): string => fqdn.split('.', 1)[0] ?? fqdn;

/** Hosts by name, uuid and group, together; one that nobody knows is refused rather than left out. */
function chosenHosts(rows: readonly HostRow[], words: CommandWords): Result<readonly HostRow[], Refusal> {
  const [names, uuids, groups] = [textsOf(words, 'host'), textsOf(words, 'uuid'), textsOf(words, 'group')];
  if (names.length + uuids.length + groups.length === 0) return ok(rows);
  const chosen = new Set<HostRow>();
  const take = (wanted: string, what: 'host' | 'uuid' | 'group', fits: (row: HostRow) => boolean) => {
    const found = rows.filter(fits);
    for (const row of found) chosen.add(row);
    return found.length === 0 ? ({ hosts }: Say) => `${hosts.by[what]} ${JSON.stringify(wanted)}` : null;
  };
  const missing = [
    ...names.map((name) => {
      const wanted = name.toLowerCase();
      return take(name, 'host', ({ fqdn }) => {
        const own = fqdn.toLowerCase();
        return own === wanted || (!wanted.includes('.') && shortName(own) === wanted);
      });
    }),
    ...uuids.map((uuid) => take(uuid, 'uuid', (row) => row.uuid === uuid)),
    ...groups.map((group) => take(group, 'group', (row) => row.groups.includes(group))),
  ].filter((each) => each !== null);
  if (missing.length > 0) {
    const words = (say: Say): string => say.hosts.nobodyHas(missing.map((each) => each(say)).join(', '));
    return fail({ ending: 'not-found', words });
  }
  return ok(rows.filter((row) => chosen.has(row)));
}

/** The hosts that the line asks for, by name. */
export async function listHosts(cli: Cli, words: CommandWords, say: Say): Promise<Result<Listing<HostRow>, Refusal>> {
  const { by, only } = say.hosts;
  const list = await cli.ask('hosts.list', {});
  if (!list.ok) return list;
  const chosen = chosenHosts(list.value.rows, words);
  if (!chosen.ok) return chosen;
  const needs = textOf(words, 'needs');
  const needed = needs === null ? ok(null) : await needing(cli, needs);
  if (!needed.ok) return needed;
  const search = (textOf(words, 'search') ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const isStale = isGiven(words, 'stale');
  const isReachable = isGiven(words, 'reachable');
  const isFailed = isGiven(words, 'failed');
  const rows = chosen.value
    .filter((row) => {
      if (isStale && !row.isStale) return false;
      if (isReachable && row.reachable !== 'OK' && row.reachable !== 'RUNNING') return false;
      if (isFailed && row.updates.failed === 0) return false;
      if (needed.value !== null && !needed.value.has(row.uuid)) return false;
      if (search.length === 0) return true;
      const text = [row.fqdn, row.description, row.osName, row.organizationalUnit, ...row.groups, ...row.ipAddresses]
        .join('\n')
        .toLowerCase();
      return search.every((word) => text.includes(word));
    })
    .toSorted((a, b) => a.fqdn.localeCompare(b.fqdn) || a.uuid.localeCompare(b.uuid));
  return ok({
    title: say.hosts.title,
    columns: columnsOf(say),
    rows,
    total: list.value.rows.length,
    filter: [
      ...textsOf(words, 'host').map((name) => `${by.host} ${name}`),
      ...textsOf(words, 'group').map((name) => `${by.group} ${name}`),
      ...textsOf(words, 'uuid').map((name) => `${by.uuid} ${name}`),
      ...(needs === null ? [] : [`${by.needs} ${needs}`]),
      ...(search.length === 0 ? [] : [say.list.search(search.join(' '))]),
      ...(isStale ? [only.stale] : []),
      ...(isReachable ? [only.reachable] : []),
      ...(isFailed ? [only.failed] : []),
    ],
    freshness: list.value.freshness,
    beside: { isCutOff: list.value.isCutOff },
  });
}

/** `waptwua hosts`. */
export const hostsCommand: Command = {
  name: 'hosts',
  usage: '[OPTIONS]',
  help: ({ hosts }) => hosts,
  options: hostOptions,
  needsProfile: true,
  needsServer: false,
  run: async (cli, words) => {
    const listing = await listHosts(cli, words, cli.listSay);
    return listing.ok ? ok(listed(cli, listing.value)) : listing;
  },
};
