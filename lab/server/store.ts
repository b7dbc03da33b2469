import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { ColdTable, Database, DocumentTable } from './database.ts';
import type {
  DownloadTask,
  HostPackage,
  HostRecord,
  LocalStatus,
  LocalStatusRow,
  ReportedUpdate,
  UpdateRecord,
} from './records.ts';

/** Facts about the lab itself that must survive a restart. */
export type Meta = {
  /** When the lab was made, in milliseconds of its clock: every date of the demonstration is relative to it. */
  readonly created: number;
  readonly serverUuid: string;
  readonly cookieKey: string;
  readonly seed: number;
};

/** The server's tables, and the few rules by which rows change. */
export type Store = {
  readonly database: Database;
  readonly meta: Meta;
  readonly hosts: DocumentTable<HostRecord>;
  readonly updates: DocumentTable<UpdateRecord>;
  readonly statuses: ColdTable<readonly LocalStatusRow[]>;
  /** By host, the updates of which it needs the files (protocol 4.6): allowed, not installed, not replaced. */
  readonly needed: DocumentTable<readonly string[]>;
  readonly hostPackages: DocumentTable<readonly HostPackage[]>;
  readonly tasks: DocumentTable<DownloadTask>;
  readonly settings: DocumentTable<unknown>;
  /** The updates that the server's list has: all that were reported, but on an odd server. */
  readonly listedUpdates: () => readonly UpdateRecord[];
  /** The next number of a counter, from 1. */
  readonly nextId: (counter: string) => number;
  /** Changes columns of a host; `updated_on` moves only when a column other than `last_seen_on` really changed. */
  readonly patchHost: (uuid: string, patch: Readonly<Record<string, unknown>>) => void;
  /** Keeps the numbers of the rows that nobody wrote down for so many hosts. */
  readonly reserveRows: (hosts: number) => void;
  /** What an agent pushes as `waptwua_updates` (protocol 4.9). */
  readonly reportUpdates: (updates: readonly ReportedUpdate[]) => void;
  /** What an agent pushes as `waptwua_updates_localstatus`: replaces all rows of the host (protocol 4.3). */
  readonly reportStatuses: (uuid: string, statuses: readonly LocalStatus[]) => void;
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Room for the numbers of one host's rows. */
const rowsOfOneHost = 10_000;

/** The number of the first row of a host as nobody wrote it down, by its place in the fleet. */
export const firstRowOf = (place: number): number => place * rowsOfOneHost + 1;

/** The updates whose files a host is to get, by what it reports. */
export const neededOf = (statuses: readonly LocalStatus[]): string[] =>
  statuses
    .filter((row) => row.allowed && !row.installed && !row.hidden && row.status !== 'SUPERSEDED')
    .map((row) => row.update_id);

/** The tables of an open database; a new one gets its identity here. */
export function openStore(database: Database, clock: Clock, seed: number): Store {
  const settings = database.table<unknown>('settings');
  const hosts = database.table<HostRecord>('hosts');
  const updates = database.table<UpdateRecord>('updates');
  const statuses = database.coldTable<readonly LocalStatusRow[]>('statuses');
  const needed = database.table<readonly string[]>('needed');
  const hostPackages = database.table<readonly HostPackage[]>('host_packages');
  const tasks = database.table<DownloadTask>('tasks');
  const counters = database.table<number>('counters');

  let meta = settings.get('meta') as Meta | undefined;
  if (meta === undefined) {
    meta = { created: clock.now(), serverUuid: randomUUID(), cookieKey: randomBytes(32).toString('hex'), seed };
    settings.set('meta', meta);
  }

  const nextId = (counter: string): number => {
    const id = (counters.get(counter) ?? 0) + 1;
    counters.set(counter, id);
    return id;
  };

  const patchHost = (uuid: string, patch: Readonly<Record<string, unknown>>): void => {
    const host = hosts.get(uuid);
    if (host === undefined) return;
    const changed = Object.entries(patch).some(
      ([column, value]) => column !== 'last_seen_on' && !same(host[column], value),
    );
    hosts.set(uuid, { ...host, ...patch, uuid, ...(changed ? { updated_on: clock.utcStamp() } : {}) });
  };

  const reportUpdates = (reported: readonly ReportedUpdate[]): void =>
    database.transaction(() => {
      for (const report of reported) {
        const known = updates.get(report.update_id);
        const stamp = clock.utcStamp();
        if (known === undefined) {
          const rest = {
            downloaded_on: null,
            created_on: stamp,
            updated_on: stamp,
            created_by: null,
            updated_by: null,
          };
          updates.set(report.update_id, { ...report, ...rest });
          continue;
        }
        const urls = [...new Set([...(known.download_urls ?? []), ...(report.download_urls ?? [])])];
        const newUrl = urls.length > (known.download_urls ?? []).length;
        const merged = { ...known, ...report, download_urls: urls, ...(newUrl ? { downloaded_on: null } : {}) };
        if (!same(known, merged)) updates.set(report.update_id, { ...merged, updated_on: stamp });
      }
    });

  const reportStatuses = (uuid: string, reported: readonly LocalStatus[]): void => {
    const first = (counters.get('host_wsus') ?? 0) + 1;
    counters.set('host_wsus', first + reported.length);
    needed.set(uuid, neededOf(reported));
    statuses.set(
      uuid,
      reported.map((status, index) => ({ ...status, id: first + index })),
    );
  };

  return {
    database,
    meta,
    hosts,
    updates,
    statuses,
    needed,
    hostPackages,
    tasks,
    settings,
    listedUpdates: () => {
      const unlisted = new Set((settings.get('unlisted') as readonly string[] | undefined) ?? []);
      return unlisted.size === 0 ? updates.values() : updates.values().filter((one) => !unlisted.has(one.update_id));
    },
    nextId,
    reserveRows: (hosts) => counters.set('host_wsus', firstRowOf(hosts)),
    patchHost,
    reportUpdates,
    reportStatuses,
  };
}
