import type { ConsoleError } from '../../contract/errors.ts';
import type { HostDetail, HostList, HostRow } from '../../contract/schemas/hosts.ts';
import type { UpdateList } from '../../contract/schemas/updates.ts';
import { isStale } from '../../domain/compliance.ts';
import type { Host } from '../../domain/host.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { type JsonText, jsonList } from '../json-text.ts';
import { type Context, kept, touchAll, write } from './context.ts';
import { fromStoredHost, type HostDetails, type StoredHost, toStoredHost } from './host-record.ts';
import type { Meta } from './meta.ts';
import type { Pivot } from './pivot.ts';
import { all, eachRow, first } from './sql.ts';
import { type StateCount, StateTable } from './states.ts';

/** Staleness as the profile sets it; `now` in milliseconds, the clock's when left out. */
export interface StaleLimit {
  readonly staleDays: number;
  readonly now?: number;
}

/** What a hosts list said. Only a complete one tells which hosts are gone. */
export interface HostsRead {
  readonly hosts: readonly Host[];
  readonly isComplete: boolean;
}

/** A host whose rows must be read, with the mark to hand back with them. */
export interface HostToRead {
  readonly uuid: string;
  readonly mark: string;
}

/** How the fleet stands with its scans. */
export type ScanState = Pick<UpdateList, 'unscanned' | 'hostCount' | 'neverScanned'>;

/** What other subjects ask of the hosts. */
export interface HostQueries {
  readonly scanState: (limit: StaleLimit) => ScanState;
}

interface Line {
  readonly id: number;
  readonly uuid: string;
  readonly is_windows: number;
  readonly last_scan: string | null;
  readonly facts: string;
}

interface ScanLine {
  readonly uuid: string;
  readonly version: string;
  readonly reachable: string | null;
  readonly last_scan: string | null;
}

/** Packages in these states are named for a host but not on it (protocol 2.5). */
const notInstalled = ['MISSING', 'NEED-INSTALL', 'ERROR-INSTALL'];

/** How scans stand, by Windows version: which versions nobody scanned in time, and which reachable host could. */
export function hostQueries({ db }: Context): HostQueries {
  const count = db.prepare('SELECT count(*) AS n FROM hosts');
  const windows = db.prepare(`
    SELECT uuid, last_scan, facts ->> '$.reachable' AS reachable,
           trim(coalesce(facts ->> '$.osName', '') || ' ' || coalesce(facts ->> '$.osVersion', '')) AS version
    FROM hosts WHERE is_windows = 1 ORDER BY version, facts ->> '$.lastSeenOn' DESC`);
  return {
    scanState: ({ staleDays, now = Date.now() }) => {
      const lines = all<ScanLine>(windows);
      const unscanned = [...Map.groupBy(lines, (line) => line.version)]
        .filter(([, hosts]) => hosts.every((host) => isStale(host.last_scan, staleDays, now)))
        .map(([osName, hosts]) => ({
          osName,
          hosts: hosts.length,
          candidate: hosts.find((host) => host.reachable === 'OK')?.uuid ?? null,
        }));
      return {
        unscanned,
        hostCount: first<{ n: number }>(count)?.n ?? 0,
        neverScanned: lines.filter((line) => line.last_scan === null).length,
      };
    },
  };
}

/** The hosts: the list, one host, which of them must be read again. */
export function hostOperations(context: Context, pivot: Pivot, meta: Meta) {
  const { db } = context;
  const lines = db.prepare('SELECT id, uuid, is_windows, last_scan, facts FROM hosts ORDER BY id');
  const one = db.prepare('SELECT id, is_windows, last_scan, facts, details, rows_read_on FROM hosts WHERE uuid = ?');
  const countOne = db.prepare('SELECT host_key, state, count(*) FROM host_updates WHERE host_key = ? GROUP BY state');
  countOne.setReturnArrays(true);
  const rulePackages = db.prepare(`
    SELECT host_key, json_group_array(package) AS packages FROM host_packages
    WHERE section = 'wsus' AND coalesce(install_status, '') NOT IN (${notInstalled.map((each) => `'${each}'`).join(', ')})
    GROUP BY host_key`);
  const packages = db.prepare(`
    SELECT package, version, install_status AS installStatus, install_date AS installDate, section
    FROM host_packages WHERE host_key = ? ORDER BY package`);
  const namesakes = db.prepare(`
    SELECT id FROM (SELECT id, count(*) OVER (PARTITION BY lower(facts ->> '$.fqdn')) AS n FROM hosts) WHERE n > 1`);
  const stored = db.prepare('SELECT facts, details, mark FROM hosts WHERE uuid = ?');
  const byUuid = db.prepare(
    'SELECT facts, details FROM hosts JOIN json_each(?) AS wanted ON wanted.value = uuid ORDER BY wanted.key',
  );
  const insert = db.prepare(
    'INSERT INTO hosts (is_windows, last_scan, facts, details, mark, uuid) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const change = db.prepare(
    'UPDATE hosts SET is_windows = ?, last_scan = ?, facts = ?, details = ?, mark = ? WHERE uuid = ?',
  );
  const removeGone = db.prepare('DELETE FROM hosts WHERE uuid NOT IN (SELECT value FROM json_each(?))');
  const toRead = db.prepare(`
    SELECT uuid, mark FROM hosts WHERE is_windows = 1 AND (? OR rows_mark IS NULL OR rows_mark <> mark)
    ORDER BY rows_read_on NULLS FIRST, id`);

  const rulePackagesByHost = (): ReadonlyMap<number, string> =>
    new Map(
      all<{ host_key: number; packages: string }>(rulePackages).map((line) => [line.host_key, line.packages] as const),
    );

  const shared = kept(
    () => context.revision.hosts,
    (): ReadonlySet<number> => new Set(all<{ id: number }>(namesakes).map(({ id }) => id)),
  );

  const rowJson = (
    line: Pick<Line, 'id' | 'is_windows' | 'last_scan' | 'facts'>,
    table: StateTable,
    packagesJson: string,
    names: ReadonlySet<number>,
    { staleDays, now = Date.now() }: StaleLimit,
  ): string =>
    `{"isStale":${line.is_windows === 1 && isStale(line.last_scan, staleDays, now)},"sharesName":${names.has(line.id)},"updates":${JSON.stringify(table.counts(line.id))},` +
    `"rulePackages":${packagesJson},${line.facts.slice(1)}`;

  const put = (host: Host): boolean => {
    const next = toStoredHost(host);
    const before = first<Pick<StoredHost, 'facts' | 'details' | 'mark'>>(stored, host.uuid);
    if (before !== undefined && before.facts === next.facts && before.details === next.details) return false;
    const statement = before === undefined ? insert : change;
    statement.run(next.isWindows, next.lastScan, next.facts, next.details, next.mark, next.uuid);
    return true;
  };

  return {
    /** All hosts with the counts of their rows. */
    hostsList: (limit: StaleLimit): Result<JsonText<HostList>, ConsoleError> => {
      const table = pivot.byHost();
      const packagesOf = rulePackagesByHost();
      const names = shared();
      const rest: Omit<HostList, 'rows'> = {
        freshness: meta.freshness(),
        isCutOff: meta.get('hosts-cut-off') === '1',
      };
      const rows = eachRow(lines, (line: Line) => rowJson(line, table, packagesOf.get(line.id) ?? '[]', names, limit));
      return ok(jsonList(rows, `${JSON.stringify(rest).slice(0, -1)},"rows":`, '}'));
    },

    /** One host with its raw states and its packages; `not-found`. */
    hostDetail: ({ uuid, ...limit }: StaleLimit & { readonly uuid: string }): Result<HostDetail, ConsoleError> => {
      const line = first<Line & { details: string; rows_read_on: string | null }>(one, uuid);
      if (line === undefined) return fail({ code: 'not-found' });
      const table = StateTable.of(all<StateCount>(countOne, line.id));
      const { wuaStatus, serviceStatus } = JSON.parse(line.details) as HostDetails;
      return ok({
        host: JSON.parse(rowJson(line, table, rulePackagesByHost().get(line.id) ?? '[]', shared(), limit)) as HostRow,
        wuaStatus,
        serviceStatus,
        packages: all<HostDetail['packages'][number]>(packages, line.id),
        lastSynced: line.rows_read_on,
      });
    },

    /** Hosts as the server described them, in the order asked; unknown ones are left out. */
    hostsByUuid: (uuids: readonly string[]): Result<readonly Host[], ConsoleError> =>
      ok(all<Pick<StoredHost, 'facts' | 'details'>>(byUuid, JSON.stringify(uuids)).map(fromStoredHost)),

    /** Stores a hosts list; a complete one also removes the hosts it does not name, with their rows. */
    applyHosts: ({
      hosts,
      isComplete,
    }: HostsRead): Result<{ readonly changed: number; readonly removed: number }, ConsoleError> =>
      write(context, () => {
        const changed = hosts.filter(put).length;
        const gone = isComplete ? removeGone.run(JSON.stringify(hosts.map((host) => host.uuid))).changes : 0;
        const removed = Number(gone);
        if (removed > 0) {
          // A later host may get the key of one that is gone.
          touchAll(context);
          context.revision.rows++;
          context.changed.add('updates').add('packages');
        }
        if (changed > 0 || removed > 0) {
          context.revision.hosts++;
          context.changed.add('hosts');
        }
        return { changed, removed };
      }),

    /** Windows hosts whose rows are other than when they were read (`full`: all of them), never read and longest unread first. */
    hostsToRead: ({ full }: { readonly full: boolean }): Result<readonly HostToRead[], ConsoleError> =>
      ok(all<HostToRead>(toRead, full ? 1 : 0)),
  };
}
