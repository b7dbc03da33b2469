import type { ConsoleError } from '../../contract/errors.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { HistoryEntry, HostUpdate, Update } from '../../domain/update.ts';
import type { ServerClient } from './client.ts';
import { anything, flag, isRecord, readRecord, readRows, type Source, text, textOrTexts } from './tolerant.ts';
import { toUpdate, updateShape } from './update-shape.ts';

/** What a host reports of updates, and the updates themselves as its rows describe them. */
export interface HostUpdates {
  readonly rows: readonly HostUpdate[];
  readonly updates: readonly Update[];
  readonly skipped: number;
}

const ROUTE = '/api/v1/host_data';

/** The keys of `wsusupdates` that are about the host (protocol 2.4). `delayed` is not in the public projection and read under both names. */
const statusShape = {
  update_id: text,
  local_status_status: text,
  local_status_allowed: flag,
  local_status_installed: flag,
  local_status_present: flag,
  local_status_hidden: flag,
  local_status_downloaded: flag,
  local_status_delayed: flag,
  delayed: flag,
  local_status_install_date: text,
  local_status_history: anything,
} as const;

const historyShape = {
  date: text,
  operation: text,
  result_code: text,
  categories: textOrTexts,
  application_id: text,
  title: text,
  description: text,
} as const;

const NO_HISTORY: readonly HistoryEntry[] = [];

function readHistory(value: unknown, source: Source): readonly HistoryEntry[] {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return NO_HISTORY;
  const read = readRows(historyShape, value, source, (entry) => ({
    date: entry.date,
    operation: entry.operation,
    resultCode: entry.result_code,
    categories: entry.categories,
    applicationId: entry.application_id,
    title: entry.title,
    description: entry.description,
  }));
  if (read.ok) return read.value.rows;
  source.onOdd({ route: source.route, key: 'local_status_history', expected: 'list', got: typeof value });
  return NO_HISTORY;
}

/** Says whether an update is already known as the server describes it now. */
export type IsKnown = (updateId: string, updatedOn: unknown, downloadedOn: unknown) => boolean;

/**
 * Remembers the updates of one sync: hosts repeat the same descriptions, and reading each once is most of the work saved. To be made anew for
 * each sync, since it knows nothing of what was stored.
 */
export function eachUpdateOnce(): IsKnown {
  const seen = new Map<string, string>();
  return (updateId, updatedOn, downloadedOn) => {
    const stamp = `${String(updatedOn)} ${String(downloadedOn)}`;
    if (seen.get(updateId) === stamp) return true;
    seen.set(updateId, stamp);
    return false;
  };
}

/** Reads the rows of one host; updates that `isKnown` names are left out. */
function readHostUpdates(
  uuid: string,
  result: unknown,
  onOdd: Source['onOdd'],
  isKnown: IsKnown = () => false,
): Result<HostUpdates, ConsoleError> {
  const source = { route: `${ROUTE} wsusupdates`, onOdd };
  const read = readRows(statusShape, result, source, (raw): HostUpdate | null =>
    raw.update_id === null || raw.update_id === ''
      ? null
      : {
          uuid,
          updateId: raw.update_id,
          status: raw.local_status_status,
          allowed: raw.local_status_allowed,
          installed: raw.local_status_installed,
          present: raw.local_status_present,
          hidden: raw.local_status_hidden,
          delayed: raw.local_status_delayed ?? raw.delayed,
          downloaded: raw.local_status_downloaded,
          installDate: raw.local_status_install_date,
          history: readHistory(raw.local_status_history, source),
        },
  );
  if (!read.ok) return read;
  const updates = new Map<string, Update>();
  for (const item of Array.isArray(result) ? (result as readonly unknown[]) : []) {
    if (!isRecord(item)) continue;
    const id = item['update_id'];
    if (typeof id !== 'string' || updates.has(id) || isKnown(id, item['updated_on'], item['downloaded_on'])) continue;
    const raw = readRecord(updateShape, item, source);
    const update = raw === null ? null : toUpdate(raw);
    if (update !== null) updates.set(id, update);
  }
  return ok({ rows: read.value.rows, updates: [...updates.values()], skipped: read.value.skipped });
}

/** What one host reports (protocol 2.4, `wsusupdates`). An unknown or never scanned host has no rows: this server does not tell them apart. */
export async function hostUpdates(
  client: ServerClient,
  uuid: string,
  signal?: AbortSignal,
  isKnown?: IsKnown,
): Promise<Result<HostUpdates, ConsoleError>> {
  const answer = await client.ask({ method: 'GET', path: ROUTE, query: { uuid, field: 'wsusupdates' } }, signal);
  return answer.ok ? readHostUpdates(uuid, answer.value.result, client.onOdd, isKnown) : answer;
}
