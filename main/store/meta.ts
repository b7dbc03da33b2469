import type { ConsoleError } from '../../contract/errors.ts';
import type { Freshness } from '../../contract/schemas/common.ts';
import { ok, type Result } from '../../domain/result.ts';
import { type Context, write } from './context.ts';
import type { StaleLimit } from './hosts.ts';
import { first } from './sql.ts';

/** What a complete sync leaves behind. `at` is ISO with zone. */
export interface Synced {
  readonly at: string;
  readonly hostsCutOff: boolean;
  readonly updatesCutOff: boolean;
  /** Days after which a scan is stale, for the figures that are kept of the day; left out: none are kept. */
  readonly staleDays?: number;
}

type Key =
  | 'synced-at'
  | 'offline'
  | 'hosts-cut-off'
  | 'updates-cut-off'
  | 'packages-read-at'
  | 'triage-visited-on'
  | 'triage-visited-before'
  | 'index-state';

/** Small facts of the store: how old it is, and whether the last answers were whole. */
export interface Meta {
  readonly get: (key: Key) => string | null;
  readonly set: (key: Key, value: string) => void;
  readonly freshness: () => Freshness;
}

/** Reads and writes the small facts; `set` belongs inside a write. */
export function metaOf({ db }: Context): Meta {
  const select = db.prepare('SELECT value FROM meta WHERE key = ?');
  const upsert = db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  const get = (key: Key): string | null => first<{ value: string }>(select, key)?.value ?? null;
  return {
    get,
    set: (key, value) => {
      upsert.run(key, value);
    },
    freshness: () => ({ syncedAt: get('synced-at'), isOffline: get('offline') === '1' }),
  };
}

/** How often the age of the update list alone is news (milliseconds): it is long, and a refresh that changed nothing comes every 30 seconds. */
const AGE_NEWS = 120_000;

/** The operations on freshness. */
export function metaOperations(context: Context, meta: Meta, keepDay: (limit: StaleLimit) => void) {
  let toldAt = 0;
  return {
    /** How old the store is, and whether the server was reached last. */
    freshness: (): Result<Freshness, ConsoleError> => ok(meta.freshness()),

    /** Notes whether the server could be reached. */
    noteAttempt: ({ offline }: { readonly offline: boolean }): Result<null, ConsoleError> =>
      write(context, () => {
        const value = offline ? '1' : '0';
        if (meta.get('offline') === value) return null;
        meta.set('offline', value);
        context.changed.add('updates').add('hosts').add('packages');
        return null;
      }),

    /** Notes the end of a complete sync. */
    noteSynced: ({ at, hostsCutOff, updatesCutOff, staleDays }: Synced): Result<null, ConsoleError> =>
      write(context, () => {
        meta.set('synced-at', at);
        meta.set('offline', '0');
        meta.set('hosts-cut-off', hostsCutOff ? '1' : '0');
        meta.set('updates-cut-off', updatesCutOff ? '1' : '0');
        context.changed.add('hosts');
        // What was cut off is not the fleet.
        if (staleDays !== undefined && !hostsCutOff && !updatesCutOff) keepDay({ staleDays, now: Date.parse(at) });
        if (Date.now() - toldAt > AGE_NEWS) {
          context.changed.add('updates');
          toldAt = Date.now();
        }
        return null;
      }),
  };
}
