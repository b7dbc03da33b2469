import type { ConsoleError } from '../../contract/errors.ts';
import type { HostUpdateRow } from '../../contract/schemas/hosts.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { HostUpdate, Update } from '../../domain/update.ts';
import { type JsonText, jsonList } from '../json-text.ts';
import type { Catalogue } from './catalogue.ts';
import { type Context, touchHost, write } from './context.ts';
import { wholeJson } from './merge.ts';
import { all, eachRow, first } from './sql.ts';
import { packFlags, stateCode, stateOf, unpackFlags } from './states.ts';

/** What was read of one host: all its rows, and the updates they speak of as far as they are not known to be stored already. */
export interface HostRows {
  readonly uuid: string;
  /** The mark that `hostsToRead` gave with the host; null takes the one of the last hosts list. */
  readonly mark: string | null;
  readonly updates: readonly Update[];
  readonly rows: readonly HostUpdate[];
  /** When it was read, ISO with zone. */
  readonly readAt: string;
}

/** What the rows of one host came to: whether anything differs from before; a host that the store does not have is not known. */
export interface StoredRows {
  readonly isKnown: boolean;
  readonly changed: boolean;
}

interface Stored {
  readonly state: number;
  readonly status_key: number | null;
  readonly flags: number;
  readonly install_date: string | null;
  readonly history: string | null;
}

type Line = Stored & { readonly update_key: number };

const isSame = (a: Stored, b: Stored): boolean =>
  a.state === b.state &&
  a.status_key === b.status_key &&
  a.flags === b.flags &&
  a.install_date === b.install_date &&
  a.history === b.history;

/** The rows host × update: replaced a host at a time, read by host. */
export function rowOperations(context: Context, catalogue: Catalogue) {
  const { db } = context;
  const host = db.prepare('SELECT id, rows_read_on FROM hosts WHERE uuid = ?');
  const noteRead = db.prepare('UPDATE hosts SET rows_mark = coalesce(?, mark), rows_read_on = ? WHERE id = ?');
  const known = db.prepare(`
    SELECT r.update_key, r.state, r.status_key, r.flags, d.install_date, d.history
    FROM host_updates r LEFT JOIN host_update_details d ON d.host_key = r.host_key AND d.update_key = r.update_key
    WHERE r.host_key = ?`);
  const put = db.prepare('INSERT OR REPLACE INTO host_updates VALUES (?, ?, ?, ?, ?)');
  const putDetails = db.prepare('INSERT OR REPLACE INTO host_update_details VALUES (?, ?, ?, ?)');
  const remove = db.prepare('DELETE FROM host_updates WHERE host_key = ? AND update_key = ?');
  const removeDetails = db.prepare('DELETE FROM host_update_details WHERE host_key = ? AND update_key = ?');
  const status = db.prepare('SELECT id FROM statuses WHERE text = ?');
  const addStatus = db.prepare('INSERT INTO statuses (text) VALUES (?) RETURNING id');
  const ofHost = db.prepare(`
    SELECT r.state, r.flags, s.text AS status, d.install_date, d.history, u.facts, u.notes
    FROM host_updates r
    JOIN updates u ON u.id = r.update_key
    LEFT JOIN statuses s ON s.id = r.status_key
    LEFT JOIN host_update_details d ON d.host_key = r.host_key AND d.update_key = r.update_key
    WHERE r.host_key = ? ORDER BY u.facts ->> '$.changetime' DESC, u.update_id`);

  const statusKey = (text: string | null): number | null =>
    text === null
      ? null
      : (first<{ id: number }>(status, text)?.id ?? first<{ id: number }>(addStatus, text)?.id ?? null);

  const toStored = (row: HostUpdate, isOnServer: boolean): Stored => ({
    state: stateCode(row, isOnServer),
    status_key: statusKey(row.status),
    flags: packFlags(row),
    install_date: row.installDate,
    history: row.history.length === 0 ? null : JSON.stringify(row.history),
  });

  const writeRow = (hostKey: number, key: number, row: Stored, before: Stored | undefined): void => {
    put.run(hostKey, key, row.state, row.status_key, row.flags);
    if (row.install_date !== null || row.history !== null) putDetails.run(hostKey, key, row.install_date, row.history);
    else if (before !== undefined) removeDetails.run(hostKey, key);
  };

  const replaceRows = (hostKey: number, rows: readonly HostUpdate[]): boolean => {
    const gone = new Map(all<Line>(known, hostKey).map((line) => [line.update_key, line]));
    let isChanged = false;
    for (const row of new Map(rows.map((each) => [each.updateId, each])).values()) {
      const { id, isOnServer } = catalogue.keyOf(row.updateId);
      const stored = toStored(row, isOnServer);
      const before = gone.get(id);
      gone.delete(id);
      if (before !== undefined && isSame(before, stored)) continue;
      writeRow(hostKey, id, stored, before);
      isChanged = true;
    }
    for (const key of gone.keys()) {
      remove.run(hostKey, key);
      removeDetails.run(hostKey, key);
      isChanged = true;
    }
    return isChanged;
  };

  const rowJson = (line: HostRowLine): string => {
    const rest: Omit<HostUpdateRow, 'update' | 'history'> = {
      state: stateOf(line.state),
      status: line.status,
      ...unpackFlags(line.flags),
      installDate: line.install_date,
    };
    return `{"update":${wholeJson(line)},"history":${line.history ?? '[]'},${JSON.stringify(rest).slice(1)}`;
  };

  const apply = ({ uuid, mark, updates, rows, readAt }: HostRows): StoredRows => {
    // Also for a host that is gone: the updates are not told again with the next host's rows.
    for (const update of updates) catalogue.put(update, { kind: 'host' });
    const reader = first<{ id: number; rows_read_on: string | null }>(host, uuid);
    if (reader === undefined) return { isKnown: false, changed: false };
    const hostKey = reader.id;
    // A host that needs nothing brings no row, and counts from now on.
    if (reader.rows_read_on === null) context.revision.hosts++;
    const changed = replaceRows(hostKey, rows);
    noteRead.run(mark, readAt, hostKey);
    if (changed) {
      touchHost(context, hostKey);
      context.revision.rows++;
      context.changed.add('updates').add('hosts');
    }
    return { isKnown: true, changed };
  };

  return {
    /** Replaces all rows of several hosts, of all or none. */
    applyRows: (hosts: readonly HostRows[]): Result<readonly StoredRows[], ConsoleError> =>
      write(context, () => hosts.map(apply)),

    /** Replaces all rows of a host; `not-found` when the host is not (or no longer) in the store. */
    applyHostRows: (rows: HostRows): Result<{ readonly changed: boolean }, ConsoleError> => {
      const written = write(context, () => apply(rows));
      if (!written.ok) return written;
      return written.value.isKnown ? ok({ changed: written.value.changed }) : fail({ code: 'not-found' });
    },

    /** The updates of one host with its status, newest first; `not-found`. */
    hostUpdates: (uuid: string): Result<JsonText<readonly HostUpdateRow[]>, ConsoleError> => {
      const hostKey = first<{ id: number }>(host, uuid)?.id;
      if (hostKey === undefined) return fail({ code: 'not-found' });
      return ok(jsonList(eachRow(ofHost, rowJson, hostKey)));
    },
  };
}

interface HostRowLine extends Pick<Stored, 'state' | 'flags' | 'install_date'> {
  readonly status: string | null;
  readonly history: string | null;
  readonly facts: string;
  readonly notes: string | null;
}
