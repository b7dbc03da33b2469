import { blankUpdate, guidOf, type Update } from '../../domain/update.ts';
import type { Context } from './context.ts';
import { fromStored, mergeUpdate, type StoredUpdate, toStored } from './merge.ts';
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
  readonly is_listed: number;
}

/** The write side of the updates. */
export function catalogueOf(context: Context): Catalogue {
  const { db } = context;
  const select = db.prepare('SELECT id, facts, notes, is_listed FROM updates WHERE update_id = ?');
  const selectKey = db.prepare('SELECT id, downloaded_on IS NOT NULL AS on_server FROM updates WHERE update_id = ?');
  const insert = db.prepare(
    'INSERT INTO updates (update_id, guid, is_listed, facts, notes) VALUES (?, ?, ?, ?, ?) RETURNING id',
  );
  const change = db.prepare('UPDATE updates SET is_listed = ?, facts = ?, notes = ? WHERE id = ?');
  const forget = db.prepare('DELETE FROM supersedes WHERE update_key = ?');
  const supersede = db.prepare('INSERT OR IGNORE INTO supersedes VALUES (?, ?)');
  const filesCame = db.prepare(
    `UPDATE host_updates SET state = ${PENDING} WHERE update_key = ? AND state = ${PENDING_WITHOUT_FILES}`,
  );
  const filesWent = db.prepare(
    `UPDATE host_updates SET state = ${PENDING_WITHOUT_FILES} WHERE update_key = ? AND state = ${PENDING}`,
  );
  const listed = db.prepare('SELECT id FROM updates WHERE is_listed = 1');
  const unlist = db.prepare('UPDATE updates SET is_listed = 0 WHERE id = ?');
  const readings = new Map<number, Set<number>>();
  let keys = new Map<string, UpdateKey>();
  let keptSince = context.rollbacks;

  // Every row of every host asks for the key of its update: remembered, that costs the engine nothing.
  const keysKept = (): Map<string, UpdateKey> => {
    if (keptSince !== context.rollbacks) keys = new Map();
    keptSince = context.rollbacks;
    return keys;
  };

  const spell = db.prepare('INSERT OR IGNORE INTO spellings VALUES (?, ?)');

  const noteNames = (update: Update): void => {
    for (const kind of ['severity', 'product', 'classification'] as const) {
      const name = update[kind];
      if (name !== null && name.trim() !== '') spell.run(kind, name);
    }
  };

  const touched = (): void => {
    context.revision.updates++;
    context.changed.add('updates');
  };

  const writeSuperseded = (id: number, update: Update): void => {
    const own = guidOf(update.updateId);
    for (const guid of update.supersededUpdateIds.map(guidOf)) if (guid !== own) supersede.run(id, guid);
  };

  const add = (update: Update, isListed: boolean): number => {
    const { facts, notes } = toStored(update);
    const guid = guidOf(update.updateId);
    const id = first<{ id: number }>(insert, update.updateId, guid, isListed ? 1 : 0, facts, notes)?.id ?? 0;
    writeSuperseded(id, update);
    noteNames(update);
    keysKept().set(update.updateId, { id, isOnServer: update.downloadedOn !== null });
    touched();
    return id;
  };

  const replace = (line: Line, before: Update, after: Update, isListed: number): boolean => {
    const { facts, notes } = toStored(after);
    if (facts === line.facts && notes === line.notes && isListed === line.is_listed) return false;
    change.run(isListed, facts, notes, line.id);
    noteNames(after);
    if (before.supersededUpdateIds.join() !== after.supersededUpdateIds.join()) {
      forget.run(line.id);
      writeSuperseded(line.id, after);
    }
    if ((before.downloadedOn === null) !== (after.downloadedOn === null)) {
      keysKept().set(after.updateId, { id: line.id, isOnServer: after.downloadedOn !== null });
      const moved = (after.downloadedOn === null ? filesWent : filesCame).run(line.id);
      if (moved.changes !== 0) {
        context.revision.rows++;
        context.changed.add('hosts');
      }
    }
    touched();
    return true;
  };

  const noteListed = (run: number, id: number): void => {
    const reading = readings.get(run);
    if (reading === undefined) readings.set(run, new Set([id]));
    else reading.add(id);
  };

  const put = (update: Update, source: Source): boolean => {
    const line = first<Line>(select, update.updateId);
    const isList = source.kind === 'list';
    if (line === undefined) {
      const id = add(update, isList);
      if (isList) noteListed(source.run, id);
      return true;
    }
    if (isList) noteListed(source.run, line.id);
    const before = fromStored(line);
    // A host's rows carry the server's own date, but only the list, where there is one, is read whole and in order.
    const governs = isList || line.is_listed === 0;
    const after = {
      ...mergeUpdate(before, update),
      downloadedOn: governs ? update.downloadedOn : before.downloadedOn,
    };
    return replace(line, before, after, isList ? 1 : line.is_listed);
  };

  return {
    put,
    keyOf: (updateId) => {
      const kept = keysKept().get(updateId);
      if (kept !== undefined) return kept;
      const known = first<{ id: number; on_server: number }>(selectKey, updateId);
      const key =
        known === undefined
          ? { id: add(blankUpdate(updateId), false), isOnServer: false }
          : { id: known.id, isOnServer: known.on_server === 1 };
      keysKept().set(updateId, key);
      return key;
    },
    setDownloaded: (updateId, downloadedOn) => {
      const line = first<Line>(select, updateId);
      if (line === undefined) return false;
      const before = fromStored(line);
      return replace(line, before, { ...before, downloadedOn }, line.is_listed);
    },
    finishList: (run) => {
      const reading = readings.get(run) ?? new Set();
      readings.delete(run);
      for (const { id } of all<{ id: number }>(listed)) {
        if (reading.has(id)) continue;
        unlist.run(id);
        touched();
      }
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
