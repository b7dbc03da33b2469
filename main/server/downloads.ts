import type { ConsoleError } from '../../contract/errors.ts';
import type { DownloadList, DownloadTask, IndexState } from '../../contract/schemas/downloads.ts';
import type { DeletedFiles } from '../../contract/schemas/updates.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { ServerClient } from './client.ts';
import { operate } from './dialect.ts';
import { headFile } from './files.ts';
import { likelyCause } from './likely-cause.ts';
import { count, flag, isRecord, type Read, readRecord, readRows, text, texts } from './tolerant.ts';

export { fileOnServer } from './files.ts';
export { likelyCause } from './likely-cause.ts';

/** Tasks of 4.4, and job records of 4.6, which are named by `uuid` and dated by `run_date`. */
const taskShape = {
  id: text,
  uuid: text,
  task_id: text,
  kind: text,
  status: text,
  msg: text,
  reason: text,
  url: text,
  run_date: text,
  started_on: text,
  finished_on: text,
  local_filename: text,
  file_size: count,
  target_size: count,
  file_date: text,
  error: text,
  skipped: flag,
  forced: flag,
  created_on: text,
} as const;

const toTask =
  (updateOf: (url: string) => string | null) =>
  (raw: Read<typeof taskShape>): DownloadTask | null => {
    const id = raw.id ?? raw.uuid;
    if (id === null) return null;
    return {
      id: /^\d{1,15}$/.test(id) ? Number(id) : id,
      taskId: raw.task_id,
      kind: raw.kind,
      status: raw.status,
      message: raw.msg ?? raw.reason,
      url: raw.url,
      startedOn: raw.started_on ?? raw.run_date,
      finishedOn: raw.finished_on,
      localFilename: raw.local_filename,
      fileSize: raw.file_size,
      targetSize: raw.target_size,
      fileDate: raw.file_date,
      error: raw.error === '' ? null : raw.error,
      skipped: raw.skipped,
      forced: raw.forced,
      createdOn: raw.created_on,
      cause: likelyCause(raw.error),
      updateId: raw.url === null ? null : updateOf(raw.url),
    };
  };

const nobody = (): null => null;

const sourceOf = (
  client: ServerClient,
  operation: 'list-downloads' | 'download-index' | 'download-updates' | 'delete-files',
) => ({
  route: client.dialect.routes[operation]?.path ?? operation,
  onOdd: client.onOdd,
});

/** The server's downloads, newest first. `updateOf` may tell which update a url belongs to. */
export async function listDownloads(
  client: ServerClient,
  options: { readonly limit?: number; readonly updateOf?: (url: string) => string | null } = {},
  signal?: AbortSignal,
): Promise<Result<DownloadList, ConsoleError>> {
  const limit = options.limit ?? 1_000;
  const answer = await operate(client, 'list-downloads', { limit }, signal);
  if (!answer.ok) return answer;
  const read = readRows(
    taskShape,
    answer.value.result,
    sourceOf(client, 'list-downloads'),
    toTask(options.updateOf ?? nobody),
  );
  if (!read.ok) return read;
  const { rows, skipped } = read.value;
  return ok({ tasks: rows, isCutOff: rows.length + skipped >= limit });
}

/** Deletes records of downloads. The server says how many in its message; where it does not, all that were asked for are meant. */
export async function forgetDownloads(
  client: ServerClient,
  ids: readonly (number | string)[],
  signal?: AbortSignal,
): Promise<Result<{ readonly forgotten: number }, ConsoleError>> {
  const answer = await operate(client, 'forget-downloads', { ids }, signal);
  if (!answer.ok) return answer;
  const counted = /\d+/.exec(answer.value.message)?.[0];
  return ok({ forgotten: counted === undefined ? ids.length : Number(counted) });
}

const statusShape = { wsus_timestamp: count, wsus_size: count, last_check: text, checked_on: text } as const;

/** Date, size and last check of the index (protocol 4.5, 4.6): by the server's route, else as nginx serves the file. */
export async function indexState(
  client: ServerClient,
  signal?: AbortSignal,
): Promise<Result<IndexState, ConsoleError>> {
  const readAt = new Date().toISOString();
  if (client.dialect.routes['index-state'] !== undefined) {
    const answer = await operate(client, 'index-state', {}, signal);
    // The server says `success: false` where it has no index.
    if (!answer.ok && answer.error.code === 'server-said')
      return ok({ date: null, size: null, lastCheck: null, readAt, task: null });
    if (answer.ok) {
      const read = readRecord(statusShape, answer.value.result ?? {}, {
        route: 'wsusscan2_status',
        onOdd: client.onOdd,
      });
      if (read === null) return fail({ code: 'malformed', facts: { route: 'wsusscan2_status' } });
      const date = read.wsus_timestamp === null ? null : new Date(read.wsus_timestamp * 1_000).toISOString();
      return ok({ date, size: read.wsus_size, lastCheck: read.last_check ?? read.checked_on, readAt, task: null });
    }
    if (answer.error.code !== 'absent' && answer.error.code !== 'forbidden') return answer;
  }
  const head = await headFile(client, '/waptwua/wsusscn2.cab', signal);
  if (!head.ok) return head;
  client.learn('index-state', { available: true });
  return ok({ date: head.value?.date ?? null, size: head.value?.size ?? null, lastCheck: null, readAt, task: null });
}

/** Has the server fetch the index, and with `missing` the files that hosts need. While one such job runs the server answers that one. */
export async function downloadIndex(
  client: ServerClient,
  options: { readonly force: boolean; readonly missing: boolean },
  signal?: AbortSignal,
): Promise<Result<DownloadTask, ConsoleError>> {
  const answer = await operate(client, options.missing ? 'download-missing' : 'download-index', options, signal);
  if (!answer.ok) return answer;
  const raw = readRecord(taskShape, answer.value.result, sourceOf(client, 'download-index'));
  const task = raw === null ? null : toTask(nobody)(raw);
  return task === null ? fail({ code: 'malformed', facts: { ...sourceFacts(client, 'download-index') } }) : ok(task);
}

const sourceFacts = (client: ServerClient, operation: 'download-index' | 'delete-files') => ({
  host: client.transport.address.host,
  route: sourceOf(client, operation).route,
});

/** Has the server fetch the files of updates; answers the tasks it made. */
export async function downloadUpdates(
  client: ServerClient,
  updateIds: readonly string[],
  signal?: AbortSignal,
): Promise<Result<readonly DownloadTask[], ConsoleError>> {
  const answer = await operate(client, 'download-updates', { updateIds }, signal);
  if (!answer.ok) return answer;
  const read = readRows(taskShape, answer.value.result, sourceOf(client, 'download-updates'), toTask(nobody));
  return read.ok ? ok(read.value.rows) : read;
}

const deletedShape = { deleted: texts, freed: count } as const;

/** Has the server delete the cached files of updates; hosts that need them find them missing until they are fetched again. */
export async function deleteFiles(
  client: ServerClient,
  updateIds: readonly string[],
  signal?: AbortSignal,
): Promise<Result<DeletedFiles, ConsoleError>> {
  const answer = await operate(client, 'delete-files', { updateIds }, signal);
  if (!answer.ok) return answer;
  const { result } = answer.value;
  const read = isRecord(result) ? readRecord(deletedShape, result, sourceOf(client, 'delete-files')) : null;
  return read === null ? fail({ code: 'malformed', facts: sourceFacts(client, 'delete-files') }) : ok(read);
}
