import { guidOf, type Update } from '../../domain/update.ts';
import type { Context } from './context.ts';
import { fromStored, mergeUpdate, type StoredUpdate, toStored, unknownUpdate } from './merge.ts';
import { all, first } from './sql.ts';
import { PENDING, PENDING_WITHOUT_FILES } from './states.ts';

/** Who says what an update is: the server's own list (by the number of its reading), or a host's rows. */
export type Source = { readonly kind: 'list'; readonly run: number } | { readonly kind: 'host' };

/** An update's key in the store, and whether the server has its files. */
export interface UpdateKey {
  readonly id: number;
  readonly isOnServer: boolean;
}

/** Writes updates and finds them; every method belongs inside a transaction. */
export interface Catalogue {
  /** Stores what was read of an update; true when anything changed. */
  readonly put: (update: Update, source: Source) => boolean;
  /** The key of an update; one that nobody described yet is noted by its id. */
  readonly keyOf: (updateId: string) => UpdateKey;
  /** Says that the server has (a date) or lacks (null) the files; true when that is new. */
  readonly setDownloaded: (updateId: string, downloadedOn: string | null) => boolean;
  /** Takes updates that the server did not list in this reading off its list. */
  readonly finishList: (run: number) => void;
}

interface Line extends StoredUpdate {
  readonly id: number;
  readonly listed_run: number | null;
}

/** The write side of the updates. */
export function catalogueOf(context: Context): Catalogue {
  const { db } = context;
  const select = db.prepare('SELECT id, facts, notes, listed_run FROM updates WHERE update_id = ?');
  const selectKey = db.prepare('SELECT id, downloaded_on IS NOT NULL AS on_server FROM updates WHERE update_id = ?');
  const insert = db.prepare(
    'INSERT INTO updates (update_id, guid, listed_run, facts, notes) VALUES (?, ?, ?, ?, ?) RETURNING id',
  );
  const change = db.prepare('UPDATE updates SET listed_run = ?, facts = ?, notes = ? WHERE id = ?');
  const forget = db.prepare('DELETE FROM supersedes WHERE update_key = ?');
  const supersede = db.prepare('INSERT OR IGNORE INTO supersedes VALUES (?, ?)');
  const filesCame = db.prepare(
    `UPDATE host_updates SET state = ${PENDING} WHERE update_key = ? AND state = ${PENDING_WITHOUT_FILES}`,
  );
  const filesWent = db.prepare(
    `UPDATE host_updates SET state = ${PENDING_WITHOUT_FILES} WHERE update_key = ? AND state = ${PENDING}`,
  );
  const unlist = db.prepare('UPDATE updates SET listed_run = NULL WHERE listed_run <> ?');

  const touched = (): void => {
    context.revision.updates++;
    context.changed.add('updates');
  };

  const writeSuperseded = (id: number, update: Update): void => {
    const own = guidOf(update.updateId);
    for (const guid of update.supersededUpdateIds.map(guidOf)) if (guid !== own) supersede.run(id, guid);
  };

  const add = (update: Update, run: number | null): number => {
    const { facts, notes } = toStored(update);
    const id = first<{ id: number }>(insert, update.updateId, guidOf(update.updateId), run, facts, notes)?.id ?? 0;
    writeSuperseded(id, update);
    touched();
    return id;
  };

  const replace = (line: Line, before: Update, after: Update, run: number | null): boolean => {
    const { facts, notes } = toStored(after);
    const isSame = facts === line.facts && notes === line.notes;
    if (isSame && run === line.listed_run) return false;
    change.run(run, facts, notes, line.id);
    if (isSame && (run === null) === (line.listed_run === null)) return false;
    if (before.supersededUpdateIds.join() !== after.supersededUpdateIds.join()) {
      forget.run(line.id);
      writeSuperseded(line.id, after);
    }
    if ((before.downloadedOn === null) !== (after.downloadedOn === null)) {
      const moved = (after.downloadedOn === null ? filesWent : filesCame).run(line.id);
      if (moved.changes !== 0) {
        context.revision.rows++;
        context.changed.add('hosts');
      }
    }
    touched();
    return true;
  };

  const put = (update: Update, source: Source): boolean => {
    const line = first<Line>(select, update.updateId);
    if (line === undefined) {
      add(update, source.kind === 'list' ? source.run : null);
      return true;
    }
    const before = fromStored(line);
    // A host's rows carry the server's own date, but only the list, where there is one, is read whole and in order.
    const governs = source.kind === 'list' || line.listed_run === null;
    const after = {
      ...mergeUpdate(before, update),
      downloadedOn: governs ? update.downloadedOn : before.downloadedOn,
    };
    return replace(line, before, after, source.kind === 'list' ? source.run : line.listed_run);
  };

  return {
    put,
    keyOf: (updateId) => {
      const known = first<{ id: number; on_server: number }>(selectKey, updateId);
      if (known !== undefined) return { id: known.id, isOnServer: known.on_server === 1 };
      return { id: add(unknownUpdate(updateId), null), isOnServer: false };
    },
    setDownloaded: (updateId, downloadedOn) => {
      const line = first<Line>(select, updateId);
      if (line === undefined) return false;
      const before = fromStored(line);
      return replace(line, before, { ...before, downloadedOn }, line.listed_run);
    },
    finishList: (run) => {
      if (unlist.run(run).changes !== 0) touched();
    },
  };
}

/** Full updates by their ids, in the order asked; unknown ids are left out. */
export function updatesByIds({ db }: Context, updateIds: readonly string[]): Update[] {
  const select = db.prepare(
    'SELECT facts, notes FROM updates JOIN json_each(?) AS wanted ON wanted.value = update_id ORDER BY wanted.key',
  );
  return all<StoredUpdate>(select, JSON.stringify(updateIds)).map(fromStored);
}
