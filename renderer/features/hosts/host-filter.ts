/** Which hosts are shown, and what each choice of the filter would show. */

import type { HostRow } from '../../../contract/schemas/hosts.ts';
import { type AtLeast, hasAtLeast } from '../../../domain/measures.ts';
import { systemName } from '../../../domain/os-name.ts';

/** A condition one switches on with one click. */
export type QuickFilter =
  | 'reachable'
  | 'unreachable'
  | 'stale'
  | 'failing'
  | 'pending'
  | 'missing'
  | 'reboot'
  | 'wua-error';

/** The quick filters in the order they are shown. */
export const QUICK_FILTERS = [
  'reachable',
  'unreachable',
  'stale',
  'failing',
  'pending',
  'missing',
  'reboot',
  'wua-error',
] as const satisfies readonly QuickFilter[];

/** A list of alternatives taken from the hosts themselves. */
export type HostFacet = 'os' | 'unit' | 'group' | 'wua';

/** The facets in the order they are shown. */
export const HOST_FACETS = ['os', 'wua', 'unit', 'group'] as const satisfies readonly HostFacet[];

/** Quick filters are joined by AND, entries inside a facet are alternatives, facets are joined by AND; empty restricts nothing. */
export interface HostFilter {
  readonly quick: readonly QuickFilter[];
  readonly facets: Readonly<Record<HostFacet, readonly string[]>>;
  /** How many of its updates at least; all must hold. */
  readonly updates: readonly AtLeast[];
  /** Words that all must occur in what the host says of itself. */
  readonly search: string;
  /** Only these hosts, whatever else; null for all. */
  readonly only: ReadonlySet<string> | null;
}

/** The filter the screen opens with. */
export const noHostFilter: HostFilter = {
  quick: [],
  facets: { os: [], unit: [], group: [], wua: [] },
  updates: [],
  search: '',
  only: null,
};

/** The entry of hosts that do not say. */
export const UNSAID = '';

/** What a filter shows, and what each of its choices would show. */
export interface HostFilterAnswer {
  readonly ids: ReadonlySet<string>;
  readonly quick: Readonly<Record<QuickFilter, number>>;
  readonly facets: Readonly<Record<HostFacet, readonly { readonly key: string; readonly count: number }[]>>;
}

/** Whether the server holds the host's connection, so that an order reaches it (protocol 8.1). */
export const isReachable = (host: Pick<HostRow, 'reachable'>): boolean =>
  host.reachable === 'OK' || host.reachable === 'RUNNING';

const quickTests: Readonly<Record<QuickFilter, (host: HostRow) => boolean>> = {
  reachable: isReachable,
  unreachable: (host) => !isReachable(host),
  stale: (host) => host.isStale,
  failing: (host) => host.updates.failed > 0,
  pending: (host) => host.updates.pending > 0,
  missing: (host) => host.updates.missing > 0,
  reboot: (host) => host.rebootRequired === true,
  'wua-error': (host) => wuaTone(host.wuaStatus) === 'error',
};

const facetValues: Readonly<Record<HostFacet, (host: HostRow) => readonly string[]>> = {
  os: (host) => [host.osName === null ? UNSAID : systemName(host.osName)],
  unit: (host) => [host.organizationalUnit ?? UNSAID],
  group: (host) => (host.groups.length === 0 ? [UNSAID] : host.groups),
  wua: (host) => [host.wuaStatus ?? UNSAID],
};

/** Filters hosts and counts every choice under all others; entries sorted by how many hosts they have in all, then by name. */
export function filterHosts(hosts: readonly HostRow[], filter: HostFilter): HostFilterAnswer {
  const ids = new Set<string>();
  const quick = Object.fromEntries(QUICK_FILTERS.map((name) => [name, 0])) as Record<QuickFilter, number>;
  const counts = mapFacets(() => new Map<string, { total: number; shown: number }>());
  const chosen = mapFacets((facet) => new Set(filter.facets[facet]));
  const words = filter.search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  for (const host of hosts) {
    const isListed =
      (filter.only === null || filter.only.has(host.uuid)) &&
      hasAtLeast(host.updates, filter.updates) &&
      hasWords(host, words);
    const isQuick = filter.quick.every((name) => quickTests[name](host));
    const values = mapFacets((facet) => facetValues[facet](host));
    const fits = mapFacets(
      (facet) => chosen[facet].size === 0 || values[facet].some((value) => chosen[facet].has(value)),
    );
    const isFit = HOST_FACETS.every((facet) => fits[facet]);
    if (isListed && isQuick && isFit) ids.add(host.uuid);
    if (isListed && isFit) {
      for (const name of QUICK_FILTERS) {
        const others = filter.quick.every((chosenName) => chosenName === name || quickTests[chosenName](host));
        if (others && quickTests[name](host)) quick[name]++;
      }
    }
    for (const facet of HOST_FACETS) {
      const wouldShow = isListed && isQuick && HOST_FACETS.every((other) => other === facet || fits[other]);
      for (const value of values[facet]) {
        let count = counts[facet].get(value);
        if (count === undefined) counts[facet].set(value, (count = { total: 0, shown: 0 }));
        count.total++;
        if (wouldShow) count.shown++;
      }
    }
  }
  const facets = mapFacets((facet) =>
    [...counts[facet]]
      .sort(([a, x], [b, y]) => y.total - x.total || (a < b ? -1 : 1))
      .map(([key, { shown }]) => ({ key, count: shown })),
  );
  return { ids, quick, facets };
}

function hasWords(host: HostRow, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = [
    host.fqdn,
    host.name,
    host.description,
    host.osName,
    host.osVersion,
    host.manufacturer,
    host.model,
    host.serialNumber,
    host.organizationalUnit,
    host.site,
    host.lastUser,
    host.wuaStatus,
    host.uuid,
    ...host.ipAddresses,
    ...host.macAddresses,
    ...host.users,
    ...host.groups,
    ...host.rulePackages,
  ]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

function mapFacets<T>(make: (facet: HostFacet) => T): Record<HostFacet, T> {
  return { os: make('os'), unit: make('unit'), group: make('group'), wua: make('wua') };
}

/** Whether a filter restricts anything. */
export function isFiltering(filter: HostFilter): boolean {
  return (
    filter.only !== null ||
    filter.quick.length > 0 ||
    filter.updates.length > 0 ||
    HOST_FACETS.some((facet) => filter.facets[facet].length > 0)
  );
}

/** The filter with a quick filter switched; two that exclude each other do not stand together. */
export function switchQuick(filter: HostFilter, name: QuickFilter): HostFilter {
  if (filter.quick.includes(name)) return { ...filter, quick: filter.quick.filter((one) => one !== name) };
  const excluded: QuickFilter | null =
    name === 'reachable' ? 'unreachable' : name === 'unreachable' ? 'reachable' : null;
  return { ...filter, quick: [...filter.quick.filter((one) => one !== excluded), name] };
}

/** The filter with an entry of a facet switched. */
export function switchFacet(filter: HostFilter, facet: HostFacet, key: string): HostFilter {
  const entries = filter.facets[facet];
  const next = entries.includes(key) ? entries.filter((one) => one !== key) : [...entries, key];
  return { ...filter, facets: { ...filter.facets, [facet]: next } };
}

/** How a host's Windows Update status is marked; the status itself is shown raw (protocol 2.3). Null: never scanned. */
export function wuaTone(status: string | null): 'ok' | 'warning' | 'error' | 'info' | 'neutral' | null {
  if (status === null || status === '') return null;
  if (status === 'OK') return 'ok';
  if (status === 'PENDING_UPDATES') return 'warning';
  if (status.startsWith('ERROR') || status === 'DISK_SPACE_ERROR') return 'error';
  return /^(UPDATING|DBREADY|SCANNING|READY|DOWNLOADING|INSTALL)/.test(status) ? 'info' : 'neutral';
}
