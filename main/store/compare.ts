import type { ConsoleError } from '../../contract/errors.ts';
import type { ComparedUpdate, HostComparison } from '../../contract/schemas/hosts.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { RowState } from '../../domain/update.ts';
import type { Context } from './context.ts';
import type { Meta } from './meta.ts';
import type { Overview } from './overview.ts';
import { all } from './sql.ts';
import { stateOf } from './states.ts';

interface Line {
  readonly update_key: number;
  readonly state: number;
  readonly status: string | null;
}

/** Several hosts side by side. */
export function compareOperations(context: Context, overview: Overview, meta: Meta) {
  const rowsOf = context.db.prepare(`
    SELECT r.update_key, r.state, s.text AS status
    FROM host_updates r JOIN hosts h ON h.id = r.host_key LEFT JOIN statuses s ON s.id = r.status_key
    WHERE h.uuid = ?`);
  const known = context.db.prepare('SELECT uuid FROM hosts WHERE uuid = ?');

  return {
    /** Every update that one of the hosts reports, with where each stands; hosts that are not in the store are left out. */
    hostsCompare: (uuids: readonly string[]): Result<HostComparison, ConsoleError> => {
      const hosts = uuids.filter((uuid) => known.get(uuid) !== undefined);
      const standing = new Map<number, { states: (RowState | null)[]; statuses: (string | null)[] }>();
      hosts.forEach((uuid, at) => {
        for (const line of all<Line>(rowsOf, uuid)) {
          const row = standing.get(line.update_key) ?? {
            states: hosts.map(() => null),
            statuses: hosts.map(() => null),
          };
          row.states[at] = stateOf(line.state);
          row.statuses[at] = line.status;
          standing.set(line.update_key, row);
        }
      });
      const superseded = overview.supersededGuids();
      const rows = overview.descriptions().flatMap((update): ComparedUpdate[] => {
        const row = standing.get(update.id);
        if (row === undefined) return [];
        const { id: _id, guid, is_listed: _listed, ...outline } = update;
        return [{ ...outline, isSuperseded: superseded.has(guid), ...row }];
      });
      return ok({ uuids: hosts, rows, freshness: meta.freshness() });
    },
  };
}
