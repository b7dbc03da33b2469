import type { ConsoleError } from '../../../contract/errors.ts';
import type { KnownBad, KnownBadOn } from '../../../contract/schemas/failures.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { type Context, kept, write } from '../context.ts';
import type { Pivot } from '../pivot.ts';
import { all } from '../sql.ts';
import { STATES } from '../states.ts';

/** What one says of updates that are known to be bad. */
export interface KnownBadMark {
  readonly updateIds: readonly string[];
  readonly note: string;
  /** Who says so. */
  readonly by: string;
}

interface Line {
  readonly update_id: string;
  readonly note: string;
  readonly marked_on: string;
  readonly marked_by: string;
  readonly id: number | null;
  readonly title: string | null;
  readonly kbids: string | null;
}

/** The ids of what is marked, kept until a mark or an update changes. */
export type KnownBadIds = () => ReadonlySet<string>;

/** Gives the ids of what is marked as known to be bad. */
export function knownBadOf(context: Context): KnownBadIds {
  const ids = context.db.prepare('SELECT update_id FROM known_bad');
  return kept(
    () => context.revision.updates,
    () => new Set(all<{ update_id: string }>(ids).map((line) => line.update_id)),
  );
}

/** States in which a host gets the update next. */
const OPEN = ['pending', 'missing', 'failed', 'pending-without-files'] as const;
const OPEN_CODES = OPEN.map((state) => STATES.indexOf(state)).join(', ');

/** Updates that one marked as known to be bad. */
export function knownBadOperations(context: Context, pivot: Pivot) {
  const { db } = context;
  const marked = db.prepare(`
    SELECT b.update_id, b.note, b.marked_on, b.marked_by, u.id, u.facts ->> '$.title' AS title, u.facts -> '$.kbids' AS kbids
    FROM known_bad b LEFT JOIN updates u ON u.update_id = b.update_id ORDER BY b.marked_on DESC, b.update_id`);
  const mark = db.prepare('INSERT OR REPLACE INTO known_bad VALUES (?, ?, ?, ?)');
  const unmark = db.prepare('DELETE FROM known_bad WHERE update_id = ?');
  const among = db.prepare(`
    SELECT b.update_id AS updateId, u.facts ->> '$.title' AS title, b.note, count(*) AS hosts
    FROM known_bad b
    JOIN updates u ON u.update_id = b.update_id
    JOIN host_updates r ON r.update_key = u.id AND r.state IN (${OPEN_CODES})
    JOIN hosts h ON h.id = r.host_key
    JOIN json_each(?) AS wanted ON wanted.value = h.uuid
    GROUP BY b.update_id ORDER BY hosts DESC, b.update_id`);

  const changed = (): null => {
    // What warns of them is computed with the updates.
    context.revision.updates++;
    context.changed.add('updates');
    return null;
  };

  return {
    /** What is marked, the newest mark first. */
    knownBadList: (): Result<readonly KnownBad[], ConsoleError> => {
      const table = pivot.byUpdate();
      return ok(
        all<Line>(marked).map((line) => {
          const counts = table.counts(line.id ?? -1);
          return {
            updateId: line.update_id,
            note: line.note,
            markedOn: line.marked_on,
            markedBy: line.marked_by,
            title: line.title || null,
            kbids: JSON.parse(line.kbids ?? '[]') as readonly string[],
            installed: counts.done,
            open: counts.pending + counts.missing + counts.failed,
          };
        }),
      );
    },

    /** Marks updates as known to be bad; a mark that is there gets the new note. */
    knownBadMark: ({ updateIds, note, by }: KnownBadMark): Result<null, ConsoleError> =>
      write(context, () => {
        const at = new Date().toISOString();
        for (const updateId of updateIds) mark.run(updateId, note, at, by);
        return changed();
      }),

    /** Takes marks back. */
    knownBadUnmark: (updateIds: readonly string[]): Result<null, ConsoleError> =>
      write(context, () => {
        for (const updateId of updateIds) unmark.run(updateId);
        return changed();
      }),

    /** Which of them some of these hosts would get next. */
    knownBadOn: (uuids: readonly string[]): Result<readonly KnownBadOn[], ConsoleError> =>
      ok(all<KnownBadOn>(among, JSON.stringify(uuids))),
  };
}
