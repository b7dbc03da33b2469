import type { ConsoleError } from '../../contract/errors.ts';
import type { DiskState, DiskUpdate } from '../../contract/schemas/downloads.ts';
import { isStale } from '../../domain/compliance.ts';
import { againOf, bytesOf, fileNameOf, idleOf, lackOf } from '../../domain/disk.ts';
import { ok, type Result } from '../../domain/result.ts';
import { type Context, kept } from './context.ts';

import type { StaleLimit } from './hosts.ts';
import type { Meta } from './meta.ts';
import type { Overview } from './overview.ts';
import type { Published } from './published.ts';
import { all } from './sql.ts';

/** The files of an update: names, and the number that it shares with updates of the very same files. */
export interface Files {
  readonly names: readonly string[];
  readonly bundle: number;
}

/** The files of every update, by its key in the store. */
export type FilesByUpdate = ReadonlyMap<number, Files>;

/** Which updates have the very same files. */
export function filesOf(context: Context): () => FilesByUpdate {
  const addresses = context.db.prepare(`SELECT id, facts ->> '$.downloadUrls' AS urls FROM updates ORDER BY id`);
  return kept(
    () => context.revision.updates,
    (): FilesByUpdate => {
      const bundles = new Map<string, number>();
      return new Map(
        all<{ id: number; urls: string }>(addresses).map(({ id, urls }) => {
          const names = [...new Set((JSON.parse(urls) as string[]).map(fileNameOf))].sort();
          // An update without files is like no other.
          const key = names.length === 0 ? `${id}` : names.join('\n');
          const bundle = bundles.get(key) ?? bundles.size;
          bundles.set(key, bundle);
          return [id, { names, bundle }] as const;
        }),
      );
    },
  );
}

/** What the server's disk holds and lacks, as far as the store knows. */
export function diskOperations(
  context: Context,
  overview: Overview,
  published: Published,
  meta: Meta,
  files: () => FilesByUpdate,
) {
  const windows = context.db.prepare(
    `SELECT last_scan, facts ->> '$.indexDate' AS index_date FROM hosts WHERE is_windows = 1`,
  );
  return {
    /** What hosts need and the server lacks, what it has and no host fetches, and with which index hosts scanned. */
    diskState: ({ staleDays, now = Date.now() }: StaleLimit): Result<DiskState, ConsoleError> => {
      const [counts, superseded, ruled, byUpdate] = [
        overview.counts(),
        overview.supersededGuids(),
        published.mentioned(),
        files(),
      ];
      const cached: DiskUpdate[] = [];
      const lacking: DiskState['lacking'][number][] = [];
      const idle: DiskState['idle'][number][] = [];
      const keptBy = new Map<string, string>();
      overview.descriptions().forEach(({ id, guid, is_listed: _listed, ...outline }, at) => {
        const hosts = counts.counts(id);
        const own = byUpdate.get(id);
        const update: DiskUpdate = {
          ...outline,
          hosts,
          isSuperseded: superseded.has(guid),
          files: own?.names.length ?? 0,
          bundle: own?.bundle ?? -1 - id,
        };
        if (outline.downloadedOn === null) {
          const lack = lackOf(hosts);
          if (lack !== null) lacking.push({ ...update, lack });
          // Files of an update that is only partly there are wanted too.
          if (lack !== null && lack !== 'forbidden')
            for (const name of own?.names ?? []) keptBy.set(name, outline.title);
          return;
        }
        cached.push(update);
        const why = idleOf(hosts, update.isSuperseded);
        if (why === null) for (const name of own?.names ?? []) keptBy.set(name, outline.title);
        else idle.push({ ...update, idle: why, again: againOf(why, ruled[at] !== 0), sharedWith: null });
      });
      const namesOf = new Map([...byUpdate.values()].map(({ bundle, names }) => [bundle, names]));
      const hosts = all<{ last_scan: string | null; index_date: string | null }>(windows);
      const dates = Map.groupBy(
        hosts.filter((host) => host.last_scan !== null),
        (host) => host.index_date,
      );
      return ok({
        lacking,
        idle: idle.map((update) => {
          const shared = namesOf.get(update.bundle)?.find((name) => keptBy.has(name));
          return shared === undefined ? update : { ...update, sharedWith: keptBy.get(shared) ?? null };
        }),
        cached: { updates: cached.length, bytes: bytesOf(cached) },
        indexDates: [...dates].map(([date, some]) => ({ date, hosts: some.length })),
        windowsHosts: hosts.length,
        staleHosts: hosts.filter((host) => isStale(host.last_scan, staleDays, now)).length,
        freshness: meta.freshness(),
      });
    },
  };
}
