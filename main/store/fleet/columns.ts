import type { Context } from '../context.ts';
import { all } from '../sql.ts';

/** All rows of one host: keys of the updates, and stored states (`STATES`). */
export interface StateColumns {
  readonly update: Int32Array;
  readonly state: Uint8Array;
}

const none: StateColumns = { update: new Int32Array(0), state: new Uint8Array(0) };

type Line = readonly [host: number, update: number, state: number];

/**
 * Every reported row as columns by host, kept in memory (five bytes a row). Where rows of some hosts were replaced only these are read again. A
 * pending row keeps the state it was read with when the files of its update come or go: who reads looks at the update too.
 */
export function stateColumnsOf(context: Context): () => (hostKey: number) => StateColumns {
  const { db, touchedStates: touched } = context;
  const everyRow = db.prepare('SELECT host_key, update_key, state FROM host_updates ORDER BY host_key, update_key');
  everyRow.setReturnArrays(true);
  const rowsOf = db.prepare(
    'SELECT host_key, update_key, state FROM host_updates WHERE host_key = ? ORDER BY update_key',
  );
  rowsOf.setReturnArrays(true);
  const kept = new Map<number, StateColumns>();

  const keep = (hostKey: number, lines: readonly Line[]): void => {
    if (lines.length === 0) kept.delete(hostKey);
    else
      kept.set(hostKey, {
        update: Int32Array.from(lines, (line) => line[1]),
        state: Uint8Array.from(lines, (line) => line[2]),
      });
  };

  const readAll = (): void => {
    kept.clear();
    let lines: Line[] = [];
    for (const line of everyRow.iterate() as Iterable<unknown> as Iterable<Line>) {
      const last = lines[0]?.[0];
      if (last !== undefined && last !== line[0]) {
        keep(last, lines);
        lines = [];
      }
      lines.push(line);
    }
    const last = lines[0]?.[0];
    if (last !== undefined) keep(last, lines);
  };

  return () => {
    if (touched.isAll) readAll();
    else for (const hostKey of touched.hosts) keep(hostKey, all<Line>(rowsOf, hostKey));
    touched.isAll = false;
    touched.hosts.clear();
    return (hostKey) => kept.get(hostKey) ?? none;
  };
}
