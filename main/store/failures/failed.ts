import { isStale } from '../../../domain/compliance.ts';
import {
  codeOfSentence,
  type Failure,
  type HostSaying,
  hostFailure,
  lacksSpace,
  type PlacedFailure,
  rowFailure,
} from '../../../domain/failures.ts';
import type { HistoryEntry } from '../../../domain/update.ts';
import { type Context, kept } from '../context.ts';
import type { StaleLimit } from '../hosts.ts';
import { all } from '../sql.ts';
import { STATES } from '../states.ts';

/** Everything that failed, with what it is grouped by; hosts in the order of the store. */
export type Failed = (limit: StaleLimit) => readonly PlacedFailure[];

interface RowLine {
  readonly host_key: number;
  readonly update_id: string;
  readonly history: string | null;
}

interface HostLine {
  readonly id: number;
  readonly uuid: string;
  readonly last_scan: string | null;
  readonly groups: string | null;
  readonly status: string | null;
  readonly last_error: string | null;
  readonly batch: string | null;
  readonly last_install: string | null;
  readonly message: string | null;
  readonly failed_on: string | null;
}

interface HostFailures {
  readonly lastScan: string | null;
  readonly groups: readonly string[];
  readonly lacksSpace: boolean;
  readonly failures: readonly Failure[];
}

const FAILED = STATES.indexOf('failed');

/** A JSON list of texts, whatever a host wrote in its place. */
function textsOf(json: string | null): readonly string[] {
  if (json === null || !json.startsWith('[')) return [];
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

function failuresOf(line: HostLine, rows: readonly RowLine[]): HostFailures {
  const { uuid } = line;
  const said: HostSaying = {
    status: line.status,
    lastError: line.last_error,
    lastBatch: textsOf(line.batch),
    lastInstall: line.last_install,
  };
  const failures: Failure[] = rows.map((row) => {
    const history = row.history === null ? [] : (JSON.parse(row.history) as HistoryEntry[]);
    return rowFailure({ uuid, updateId: row.update_id, history }, said);
  });
  const codes = new Set(failures.map(({ code }) => code));
  const own = hostFailure(uuid, said, codes);
  if (own !== null) {
    failures.push(own);
    codes.add(own.code);
  }
  if (line.message !== null) {
    const code = codeOfSentence(line.message);
    if (!codes.has(code)) failures.push({ uuid, updateId: null, code, source: 'task', at: line.failed_on });
    codes.add(code);
  }
  return {
    lastScan: line.last_scan,
    groups: [...new Set(textsOf(line.groups))],
    lacksSpace: lacksSpace(line.status, codes),
    failures,
  };
}

/** Gathers what failed: failed rows with their logs, what hosts say of themselves, and their failed tasks. Kept until one of them changes. */
export function failedOf(context: Context): Failed {
  const { db } = context;
  const failedRows = db.prepare(`
    SELECT r.host_key, u.update_id, d.history
    FROM host_updates r
    JOIN updates u ON u.id = r.update_key
    LEFT JOIN host_update_details d ON d.host_key = r.host_key AND d.update_key = r.update_key
    WHERE r.state = ${FAILED} ORDER BY r.host_key, u.update_id`);
  const windows = db.prepare(`
    SELECT h.id, h.uuid, h.last_scan, h.facts ->> '$.groups' AS groups, h.details ->> '$.wuaStatus.status' AS status,
           CASE WHEN json_type(h.details, '$.wuaStatus.last_error') = 'text' THEN h.details ->> '$.wuaStatus.last_error' END AS last_error,
           h.details -> '$.wuaStatus.last_install_batch' AS batch,
           CASE WHEN json_type(h.details, '$.wuaStatus.last_install_date') = 'text' THEN h.details ->> '$.wuaStatus.last_install_date' END
             AS last_install,
           t.message, t.failed_on
    FROM hosts h LEFT JOIN failed_tasks t ON t.uuid = h.uuid
    WHERE h.is_windows = 1 ORDER BY h.id`);
  const gathered = kept(
    () => context.revision.hosts + context.revision.rows + context.revision.updates,
    (): readonly HostFailures[] => {
      const rows = Map.groupBy(all<RowLine>(failedRows), (row) => row.host_key);
      return all<HostLine>(windows)
        .map((line) => failuresOf(line, rows.get(line.id) ?? []))
        .filter((host) => host.failures.length > 0 || host.lacksSpace);
    },
  );
  return ({ staleDays, now = Date.now() }) =>
    gathered().flatMap(({ lastScan, groups, lacksSpace: lacks, failures }) => {
      const placed = { isStale: isStale(lastScan, staleDays, now), groups, lacksSpace: lacks };
      return failures.map((failure) => ({ ...failure, ...placed }));
    });
}
