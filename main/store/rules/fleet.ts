import { type Bearer, bearersOf, type Reach, reachOf } from '../../../domain/assignment.ts';
import { isStale } from '../../../domain/compliance.ts';
import { dateOf } from '../../../domain/decision.ts';
import type { StatedOptions } from '../../../domain/facts.ts';
import type { Host } from '../../../domain/host.ts';
import { type Context, kept } from '../context.ts';
import { fromStoredHost, type StoredHost } from '../host-record.ts';
import { all } from '../sql.ts';
import { statedOptions } from './stated.ts';

/** A rule package that is on a host. */
export interface InstalledPackage {
  readonly package: string;
  readonly version: string;
  /** Milliseconds; null where the host does not say when. */
  readonly installedAt: number | null;
}

/** What of the index counts for what hosts should have. */
export interface IndexedPackage {
  readonly package: string;
  readonly version: string;
  readonly maturity: string;
  readonly signerFingerprint: string;
  readonly isLegacy: boolean;
}

/** A host as forecasts look at it. */
export interface FleetHost {
  readonly key: number;
  readonly host: Host;
  readonly fqdn: string;
  /** Milliseconds of the last scan; null: never, or its rows were never read. */
  readonly scannedAt: number | null;
  readonly isStale: (limit: { readonly staleDays: number; readonly now: number }) => boolean;
  /** Rule packages on the host. */
  readonly installed: readonly InstalledPackage[];
  /** Names of rule packages that the host has or should have: on it in any state, or brought by a package it depends on. */
  readonly named: ReadonlySet<string>;
  /** Names that a profile would bring if the host is in its directory group, which nobody knows. */
  readonly doubtful: ReadonlySet<string>;
  readonly hasLegacy: boolean;
}

/** The hosts with their packages, and the newest version of each rule package of the index. */
export interface Fleet {
  readonly hosts: readonly FleetHost[];
  readonly byUuid: ReadonlyMap<string, number>;
  readonly newest: ReadonlyMap<string, IndexedPackage>;
  readonly bearers: readonly Bearer[];
  readonly stated: Readonly<Record<string, StatedOptions>>;
}

interface HostLine extends Pick<StoredHost, 'facts' | 'details'> {
  readonly id: number;
  readonly last_scan: string | null;
  readonly rows_read_on: string | null;
}

interface PackageLine {
  readonly host_key: number;
  readonly package: string;
  readonly version: string | null;
  readonly section: string | null;
  readonly install_status: string | null;
  readonly install_date: string | null;
}

/** Packages in these states are named for a host but not on it (protocol 2.5). */
const ABSENT: ReadonlySet<string> = new Set(['MISSING', 'NEED-INSTALL', 'ERROR-INSTALL']);

type Brought = Readonly<Record<Exclude<Reach, 'no'>, readonly string[]>>;

/** Names that packages bring to a host, surely or perhaps; asked once for each way in which hosts are placed. */
function broughtNames(names: Iterable<string>, bearers: readonly Bearer[]): (host: Host) => Brought {
  const bearing = [...names].map((name) => [name, bearersOf(name, bearers)] as const);
  const bears = new Set(bearers.map((bearer) => (bearer.section === 'profile' ? bearer.package.toLowerCase() : '')));
  const known = new Map<string, Brought>();
  return (host) => {
    // Computers are in many directory groups, and few of them have a profile.
    const groups = host.directoryGroups?.filter((group) => bears.has(group.toLowerCase())) ?? null;
    const key = JSON.stringify([host.groups, host.organizationalUnit, groups]);
    let brought = known.get(key);
    if (brought === undefined) {
      const reached = bearing.map(([name, by]) => [name, reachOf(host, by)] as const);
      const of = (wanted: Reach): readonly string[] =>
        reached.flatMap(([name, reach]) => (reach === wanted ? [name] : []));
      brought = { yes: of('yes'), unknown: of('unknown') };
      known.set(key, brought);
    }
    return brought;
  };
}

/** Gathers the fleet; kept until hosts or packages change. */
export function fleetOf(context: Context): () => Fleet {
  const { db } = context;
  const hosts = db.prepare(
    'SELECT id, last_scan, rows_read_on, facts, details FROM hosts WHERE is_windows = 1 ORDER BY id',
  );
  const onHosts = db.prepare(
    'SELECT host_key, package, version, section, install_status, install_date FROM host_packages ORDER BY host_key, package',
  );
  const indexed = db.prepare('SELECT record FROM packages ORDER BY filename');
  const carriers = db.prepare('SELECT record FROM carriers');
  const stated = statedOptions(context);

  const newestPackages = (): ReadonlyMap<string, IndexedPackage> =>
    new Map(
      all<{ record: string }>(indexed)
        .map((line) => JSON.parse(line.record) as IndexedPackage & { readonly isNewest: boolean })
        .filter((each) => each.isNewest)
        .map((each) => [each.package, each]),
    );

  const toFleetHost = (
    line: HostLine,
    packages: readonly PackageLine[],
    newest: ReadonlyMap<string, IndexedPackage>,
    broughtTo: (host: Host) => Brought,
  ): FleetHost => {
    const host = fromStoredHost(line);
    const wsus = packages.filter((each) => each.section === 'wsus' || newest.get(each.package)?.isLegacy === false);
    const isRead = line.rows_read_on !== null;
    const brought = broughtTo(host);
    const named = new Set([...wsus.map((each) => each.package), ...brought.yes]);
    return {
      key: line.id,
      host,
      fqdn: host.fqdn ?? host.name ?? host.uuid,
      scannedAt: isRead ? dateOf(line.last_scan) : null,
      isStale: ({ staleDays, now }) => !isRead || isStale(line.last_scan, staleDays, now),
      installed: wsus
        .filter((each) => !ABSENT.has(each.install_status ?? '') && each.version !== null && each.version !== '')
        .map((each) => ({
          package: each.package,
          version: each.version ?? '',
          installedAt: dateOf(each.install_date),
        })),
      named,
      doubtful: new Set(brought.unknown.filter((name) => !named.has(name))),
      hasLegacy: packages.some((each) => each.section === 'waptwua' || newest.get(each.package)?.isLegacy === true),
    };
  };

  return kept(
    () => context.revision.hosts + context.revision.packages + context.revision.rows,
    () => {
      const newest = newestPackages();
      const bearers = all<{ record: string }>(carriers).map((line) => JSON.parse(line.record) as Bearer);
      const brought = broughtNames(newest.keys(), bearers);
      const packagesOf = Map.groupBy(all<PackageLine>(onHosts), (line) => line.host_key);
      const list = all<HostLine>(hosts).map((line) =>
        toFleetHost(line, packagesOf.get(line.id) ?? [], newest, brought),
      );
      return {
        hosts: list,
        byUuid: new Map(list.map((each, i) => [each.host.uuid, i])),
        newest,
        bearers,
        stated: stated(),
      };
    },
  );
}
