import type { ConsoleError } from '../../contract/errors.ts';
import type { CarrierSection } from '../../domain/assignment.ts';
import type { Host } from '../../domain/host.ts';
import { ok, type Result } from '../../domain/result.ts';
import { type Context, write } from './context.ts';
import { fromStoredHost, type StoredHost } from './host-record.ts';
import { all } from './sql.ts';

/** The newest version of a package of the repository's index that brings others to hosts: group, unit or profile. */
export interface CarrierRecord {
  readonly package: string;
  readonly section: Exclude<CarrierSection, 'host'>;
  readonly version: string;
  readonly maturity: string;
  readonly description: string;
  /** A csv of requirements. */
  readonly depends: string;
  readonly signer: string;
}

/** What decides which packages a host gets, and how it is called. */
export type PlacedHost = Pick<
  Host,
  'uuid' | 'groups' | 'organizationalUnit' | 'directoryGroups' | 'description' | 'reachable' | 'trustedSigners'
> & { readonly fqdn: string };

/** Groups, units and profiles of the repository, and where hosts stand. */
export function carrierOperations(context: Context) {
  const { db } = context;
  const list = db.prepare('SELECT record FROM carriers ORDER BY package');
  const put = db.prepare('INSERT OR REPLACE INTO carriers VALUES (?, ?)');
  const clear = db.prepare('DELETE FROM carriers');
  const facts = db.prepare('SELECT facts, details FROM hosts ORDER BY id');

  return {
    /** The records of the index as they were stored. */
    carriers: (): Result<readonly CarrierRecord[], ConsoleError> =>
      ok(all<{ record: string }>(list).map((line) => JSON.parse(line.record) as CarrierRecord)),

    /** Replaces them by those of a newly read index. */
    applyCarriers: (carriers: readonly CarrierRecord[]): Result<{ readonly changed: boolean }, ConsoleError> =>
      write(context, () => {
        const next = carriers
          .map((each) => [each.package, JSON.stringify(each)] as const)
          .toSorted(([a], [b]) => (a < b ? -1 : 1));
        const before = all<{ record: string }>(list).map((line) => line.record);
        if (next.length === before.length && next.every(([, record], at) => before[at] === record))
          return { changed: false };
        clear.run();
        for (const [name, record] of next) put.run(name, record);
        context.revision.packages++;
        context.changed.add('packages');
        return { changed: true };
      }),

    /** Every host with where it stands. */
    placedHosts: (): Result<readonly PlacedHost[], ConsoleError> =>
      ok(
        all<Pick<StoredHost, 'facts' | 'details'>>(facts).map((line) => {
          const host = fromStoredHost(line);
          const { uuid, groups, organizationalUnit, directoryGroups, description, reachable, trustedSigners } = host;
          const fqdn = host.fqdn ?? host.name ?? uuid;
          return { uuid, fqdn, groups, organizationalUnit, directoryGroups, description, reachable, trustedSigners };
        }),
      ),
  };
}
