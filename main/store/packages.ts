import type { ConsoleError } from '../../contract/errors.ts';
import type { PackageHost, PackageList, RulePackage, Verification } from '../../contract/schemas/packages.ts';
import type { HostPackage } from '../../domain/host.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { type Context, write } from './context.ts';
import type { Meta } from './meta.ts';
import { all, first } from './sql.ts';

/** A rule package as the repository's index describes it; `md5` is the index's own `md5sum`, and says with the name which file it is. */
export interface PackageRecord extends Omit<RulePackage, 'hostsInstalled' | 'hostsAny' | 'verification'> {
  readonly md5: string | null;
}

/** The rule packages of a whole index. */
export interface IndexRead {
  readonly packages: readonly PackageRecord[];
  /** ISO with zone. */
  readonly readAt: string;
}

/** One file of the repository. */
export interface PackageFile {
  readonly filename: string;
  readonly md5: string;
}

/** Packages on hosts as the server told: of these hosts, or (null) of all. */
export interface HostPackagesRead {
  readonly uuids: readonly string[] | null;
  readonly packages: readonly HostPackage[];
}

interface Line {
  readonly record: string;
  readonly verification: string | null;
  readonly installed: number;
  readonly any: number;
}

const pending: Verification = { kind: 'pending' };

type Judged = Verification & { readonly until?: string };

/** What was found, as long as it holds: when a certificate has ended since, or nobody noted when one will, it is to be looked at again. */
function current(text: string): Verification {
  const { until, ...found } = JSON.parse(text) as Judged;
  if (found.kind !== 'verified' && found.kind !== 'intact') return found;
  return until !== undefined && Date.now() <= Date.parse(until) ? found : pending;
}

/** The rule packages of the repository, whether their signature held, and who has them. */
export function packageOperations(context: Context, meta: Meta) {
  const { db } = context;
  const list = db.prepare(`
    SELECT p.record, v.verification,
      (SELECT count(*) FROM host_packages h WHERE h.package = p.package) AS "any",
      (SELECT count(*) FROM host_packages h
        WHERE h.package = p.package AND h.version = p.version AND h.install_status = 'OK') AS installed
    FROM packages p LEFT JOIN verifications v ON v.filename = p.filename AND v.md5 = p.md5
    ORDER BY p.package, p.filename`);
  const records = db.prepare('SELECT filename, record FROM packages ORDER BY filename');
  const one = db.prepare('SELECT package FROM packages WHERE filename = ?');
  const put = db.prepare('INSERT OR REPLACE INTO packages VALUES (?, ?, ?, ?, ?)');
  const clear = db.prepare('DELETE FROM packages');
  const verification = db.prepare('SELECT verification FROM verifications WHERE filename = ? AND md5 = ?');
  const verified = db.prepare('INSERT OR REPLACE INTO verifications VALUES (?, ?, ?)');
  const hosts = db.prepare(`
    SELECT h.uuid, h.facts ->> '$.fqdn' AS fqdn, h.facts ->> '$.description' AS description,
           h.facts ->> '$.reachable' AS reachable, p.install_status AS installStatus, p.version, p.install_date AS installDate
    FROM host_packages p JOIN hosts h ON h.id = p.host_key
    WHERE p.package = ? ORDER BY fqdn`);
  const onHosts = db.prepare(`
    SELECT h.uuid, p.package, p.version, p.section, p.install_status AS installStatus, p.install_date AS installDate
    FROM host_packages p JOIN hosts h ON h.id = p.host_key ORDER BY h.uuid, p.package`);
  const clearHosts = db.prepare('DELETE FROM host_packages');
  const clearHost = db.prepare('DELETE FROM host_packages WHERE host_key = (SELECT id FROM hosts WHERE uuid = ?)');
  const putOnHost = db.prepare(
    'INSERT OR REPLACE INTO host_packages SELECT id, ?, ?, ?, ?, ? FROM hosts WHERE uuid = ?',
  );

  const fingerprint = (packages: readonly HostPackage[]): string =>
    packages
      .map((each) =>
        JSON.stringify([each.uuid, each.package, each.version, each.section, each.installStatus, each.installDate]),
      )
      .toSorted()
      .join();

  return {
    /** The rule packages with their verification and how many hosts have them. */
    packagesList: (): Result<PackageList, ConsoleError> =>
      ok({
        packages: all<Line>(list).map((line) => {
          const { md5: _md5, ...record } = JSON.parse(line.record) as PackageRecord;
          return {
            ...record,
            hostsInstalled: line.installed,
            hostsAny: line.any,
            verification: line.verification === null ? pending : current(line.verification),
          };
        }),
        readAt: meta.get('packages-read-at'),
        isOffline: meta.freshness().isOffline,
      }),

    /** The records of the index as they were stored. */
    packageRecords: (): Result<readonly PackageRecord[], ConsoleError> =>
      ok(all<{ record: string }>(records).map((line) => JSON.parse(line.record) as PackageRecord)),

    /** Hosts that have a package of this name, in whatever version and state; `not-found`. */
    packageHosts: (filename: string): Result<readonly PackageHost[], ConsoleError> => {
      const name = first<{ package: string }>(one, filename)?.package;
      return name === undefined ? fail({ code: 'not-found' }) : ok(all<PackageHost>(hosts, name));
    },

    /** Replaces the rule packages by those of a newly read index. */
    applyPackages: ({ packages, readAt }: IndexRead): Result<{ readonly changed: boolean }, ConsoleError> =>
      write(context, () => {
        const before = new Map(
          all<{ filename: string; record: string }>(records).map((line) => [line.filename, line.record]),
        );
        const next = packages.map((each) => [each, JSON.stringify(each)] as const);
        const changed =
          next.length !== before.size || next.some(([each, record]) => before.get(each.filename) !== record);
        meta.set('packages-read-at', readAt);
        context.changed.add('packages');
        if (changed) {
          context.revision.packages++;
          clear.run();
          for (const [each, record] of next) put.run(each.filename, each.package, each.version, each.md5, record);
        }
        return { changed };
      }),

    /** Keeps what was found of the signature of one file. */
    setVerification: (
      found: PackageFile & { readonly verification: Verification; readonly until: string | null },
    ): Result<null, ConsoleError> =>
      write(context, () => {
        const { filename, md5, verification: kept, until } = found;
        verified.run(filename, md5, JSON.stringify(until === null ? kept : { ...kept, until }));
        context.changed.add('packages');
        return null;
      }),

    /** What was found of the signature of one file; null when it was not looked at. */
    verificationOf: ({ filename, md5 }: PackageFile): Result<Verification | null, ConsoleError> => {
      const known = first<{ verification: string }>(verification, filename, md5);
      return ok(known === undefined ? null : current(known.verification));
    },

    /** Replaces the packages on the hosts that were asked about. Hosts that the store does not know are left out. */
    applyHostPackages: ({ uuids, packages }: HostPackagesRead): Result<{ readonly changed: boolean }, ConsoleError> =>
      write(context, () => {
        const asked = uuids === null ? null : new Set(uuids);
        const before = all<HostPackage>(onHosts).filter((each) => asked?.has(each.uuid) ?? true);
        if (fingerprint(before) === fingerprint(packages)) return { changed: false };
        if (uuids === null) clearHosts.run();
        else for (const uuid of uuids) clearHost.run(uuid);
        for (const each of packages) {
          putOnHost.run(each.package, each.version, each.section, each.installStatus, each.installDate, each.uuid);
        }
        context.revision.packages++;
        context.changed.add('packages').add('hosts');
        return { changed: true };
      }),
  };
}
