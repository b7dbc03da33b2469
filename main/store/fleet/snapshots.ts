import type { Trend, TrendPoint } from '../../../contract/schemas/fleet.ts';
import type { Dimension } from '../../../domain/compliance.ts';
import type { Cell } from '../../../domain/compliance-tally.ts';
import type { Context } from '../context.ts';
import { all, first } from '../sql.ts';

const DAY = 86_400_000;

/** Every day is kept so long (days), then one a week. */
const DAILY = 92;

/** Nothing is kept longer (days). */
const LONGEST = 1_100;

/** Entries of one dimension kept of a day: the ones with most hosts. */
const MOST_ENTRIES = 500;

/** The local day of a moment as a number: days since 1970 of the date that the clock on the wall shows. */
export function localDay(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY;
}

const dateText = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** What was counted when. */
export interface Counted {
  readonly cells: readonly Cell[];
  readonly staleDays: number;
  readonly now: number;
}

/** Keeps the figures of each day, the last ones of a day in the place of earlier ones. */
export interface Snapshots {
  /** Belongs inside a write. */
  readonly take: (counted: Counted) => void;
  readonly trend: (entry: { readonly dimension: Dimension; readonly key: string; readonly days: number }) => Trend;
}

type Point = Omit<TrendPoint, 'day'> & { readonly day: number };

/**
 * The snapshots of one database. A line is a dozen small integers, an entry's name is stored once. Days older than three months are thinned to
 * one a week and end after three years, so that 5,000 hosts in 400 groups come to some 5 MB.
 */
export function snapshotsOf({ db }: Context): Snapshots {
  const entry = db.prepare('SELECT id FROM snapshot_entries WHERE dimension = ? AND key = ?');
  const addEntry = db.prepare('INSERT INTO snapshot_entries (dimension, key) VALUES (?, ?) RETURNING id');
  const putDay = db.prepare(
    'INSERT INTO snapshot_days VALUES (?, ?, ?) ON CONFLICT (day) DO UPDATE SET taken_at = excluded.taken_at, stale_days = excluded.stale_days',
  );
  const clear = db.prepare('DELETE FROM snapshots WHERE day = ?');
  const put = db.prepare('INSERT INTO snapshots VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  // Day 4 of 1970 was a Monday.
  const thin = `day < ?1 - ${LONGEST} OR (day < ?1 - ${DAILY} AND (day - 4) % 7 <> 0)`;
  const thinLines = db.prepare(`DELETE FROM snapshots WHERE ${thin}`);
  const thinDays = db.prepare(`DELETE FROM snapshot_days WHERE ${thin}`);
  const hasDay = db.prepare('SELECT day FROM snapshot_days WHERE day = ?');
  const firstDay = db.prepare('SELECT min(day) AS day FROM snapshot_days');
  const points = db.prepare(`
    SELECT d.day, d.stale_days AS staleDays, s.hosts, s.counted, s.never_scanned AS neverScanned, s.raw, s.allowed, s.pending, s.missing,
           s.failed, s.needed_rows AS neededRows
    FROM snapshot_days d JOIN snapshots s ON s.day = d.day AND s.entry_id = ?
    WHERE d.day > ? ORDER BY d.day`);
  const lastDay = db.prepare('SELECT max(day) AS day FROM snapshot_days');

  const entryId = (cell: Cell): number =>
    first<{ id: number }>(entry, cell.dimension, cell.key)?.id ??
    first<{ id: number }>(addEntry, cell.dimension, cell.key)?.id ??
    0;

  return {
    take: ({ cells, staleDays, now }) => {
      const day = localDay(now);
      if (first(hasDay, day) === undefined) {
        thinLines.run(day);
        thinDays.run(day);
      }
      putDay.run(day, new Date(now).toISOString(), staleDays);
      clear.run(day);
      const room = new Map<Dimension, number>();
      for (const cell of cells.toSorted((a, b) => b.hosts - a.hosts)) {
        const taken = room.get(cell.dimension) ?? 0;
        if (taken === MOST_ENTRIES) continue;
        room.set(cell.dimension, taken + 1);
        const { hosts, counted, neverScanned, raw, allowed, pending, missing, failed, neededRows } = cell;
        put.run(day, entryId(cell), hosts, counted, neverScanned, raw, allowed, pending, missing, failed, neededRows);
      }
    },
    trend: ({ dimension, key, days }) => {
      const since = first<{ day: number | null }>(firstDay)?.day ?? null;
      const last = first<{ day: number | null }>(lastDay)?.day ?? 0;
      const id = first<{ id: number }>(entry, dimension, key)?.id ?? 0;
      return {
        points: all<Point>(points, id, last - days).map(({ day, ...rest }) => ({ day: dateText(day), ...rest })),
        since: since === null ? null : dateText(since),
      };
    },
  };
}
