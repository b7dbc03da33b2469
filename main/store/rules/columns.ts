import { CODE } from '../../../domain/policy.ts';
import { reportedDecision } from '../../../domain/reported.ts';
import type { Context } from '../context.ts';
import { all } from '../sql.ts';
import { STATES, unpackFlags } from '../states.ts';

/** The rows of one host that forecasts look at: keys of the updates, and what the host decided. */
export interface HostColumns {
  readonly update: Int32Array;
  /** Numbers of `CODE`; `NOT_SAID` where the row shows no decision. */
  readonly reported: Uint8Array;
}

/** A row that shows no decision. */
export const NOT_SAID = 255;

/** Rows of updates that are done or superseded decide nothing any more. */
const ENDED = [STATES.indexOf('done'), STATES.indexOf('superseded')].join(', ');

const none: HostColumns = { update: new Int32Array(0), reported: new Uint8Array(0) };

type Line = readonly [host: number, update: number, status: number | null, flags: number];

/**
 * The needed rows as columns by host, kept in memory. Where rows of some hosts were replaced only these are read again; the answer counts up
 * with each change.
 */
export function columnsOf(context: Context): {
  readonly of: (hostKey: number) => HostColumns;
  readonly revision: () => number;
} {
  const { db, touched } = context;
  const columns = 'host_key, update_key, status_key, flags';
  const everyRow = db.prepare(
    `SELECT ${columns} FROM host_updates WHERE state NOT IN (${ENDED}) ORDER BY host_key, update_key`,
  );
  everyRow.setReturnArrays(true);
  const rowsOf = db.prepare(
    `SELECT ${columns} FROM host_updates WHERE host_key = ? AND state NOT IN (${ENDED}) ORDER BY update_key`,
  );
  rowsOf.setReturnArrays(true);
  const statuses = db.prepare('SELECT id, text FROM statuses');

  const kept = new Map<number, HostColumns>();
  let revision = 0;

  const decoder = (): ((line: Line) => number) => {
    const texts = new Map(all<{ id: number; text: string }>(statuses).map(({ id, text }) => [id, text]));
    const known = new Map<number, number>();
    return ([, , status, flags]) => {
      const key = (status ?? 0) * 4096 + flags;
      let code = known.get(key);
      if (code === undefined) {
        const said = reportedDecision({
          ...unpackFlags(flags),
          status: status === null ? null : (texts.get(status) ?? null),
        });
        code = said === null ? NOT_SAID : CODE[said];
        known.set(key, code);
      }
      return code;
    };
  };

  const keep = (hostKey: number, lines: readonly Line[], decode: (line: Line) => number): void => {
    if (lines.length === 0) kept.delete(hostKey);
    else
      kept.set(hostKey, {
        update: Int32Array.from(lines, (line) => line[1]),
        reported: Uint8Array.from(lines, decode),
      });
  };

  const readAll = (): void => {
    kept.clear();
    const decode = decoder();
    let lines: Line[] = [];
    for (const line of everyRow.iterate() as Iterable<unknown> as Iterable<Line>) {
      const last = lines[0]?.[0];
      if (last !== undefined && last !== line[0]) {
        keep(last, lines, decode);
        lines = [];
      }
      lines.push(line);
    }
    const last = lines[0]?.[0];
    if (last !== undefined) keep(last, lines, decode);
  };

  const catchUp = (): void => {
    if (!touched.isAll && touched.hosts.size === 0) return;
    if (touched.isAll) readAll();
    else {
      const decode = decoder();
      for (const hostKey of touched.hosts) keep(hostKey, all<Line>(rowsOf, hostKey), decode);
    }
    touched.isAll = false;
    touched.hosts.clear();
    revision++;
  };

  return {
    of: (hostKey) => kept.get(hostKey) ?? none,
    revision: () => {
      catchUp();
      return revision;
    },
  };
}
