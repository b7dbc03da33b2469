import type { ConsoleError } from '../../contract/errors.ts';
import type { HostTask, HostTasks } from '../../contract/schemas/hosts.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { ServerClient } from './client.ts';
import { count, isRecord, type Read, readRecord, readRows, type Source, text } from './tolerant.ts';

/** What a host said of its tasks. */
export type HostTasksAnswer =
  | { readonly kind: 'tasks'; readonly tasks: HostTasks }
  /** Nothing happened since the event one named. */
  | { readonly kind: 'unchanged'; readonly lastEventId: number | null }
  /** The agent has no task support, or gave no answer that the server could pass on. */
  | { readonly kind: 'unsupported' };

const ROUTE = '/api/v3/host_tasks_status';

const taskShape = {
  id: count,
  classname: text,
  description: text,
  summary: text,
  progress: count,
  runstatus: text,
  create_date: text,
  start_date: text,
  finish_date: text,
  created_by: text,
  logs: text,
} as const;

const toTask = (raw: Read<typeof taskShape>): HostTask | null =>
  raw.id === null
    ? null
    : {
        id: raw.id,
        classname: raw.classname,
        description: raw.description,
        summary: raw.summary,
        progress: raw.progress,
        runStatus: raw.runstatus,
        createdOn: raw.create_date,
        startedOn: raw.start_date,
        finishedOn: raw.finish_date,
        createdBy: raw.created_by,
        logs: raw.logs ?? '',
      };

function taskList(value: unknown, source: Source): readonly HostTask[] {
  const read = readRows(taskShape, value ?? null, source, toTask);
  if (read.ok) return read.value.rows;
  source.onOdd({ route: source.route, key: 'tasks', expected: 'list', got: typeof value });
  return [];
}

/**
 * Asks a host for its tasks by a long poll (protocol 3.9): answers when something changed since `lastEventId`, after `seconds` at the latest.
 * Where `lastEventId` comes back null the agent does not poll: wait before asking again. A host that is not connected is `server-said` with
 * `serverCode` `ewapthostunreachable`, one that keeps silent `ewapttimeoutwaitingforresult`.
 */
export async function hostTasks(
  client: ServerClient,
  uuid: string,
  options: { readonly lastEventId?: number | null; readonly seconds?: number } = {},
  signal?: AbortSignal,
): Promise<Result<HostTasksAnswer, ConsoleError>> {
  const timeout = options.seconds ?? 10;
  const answer = await client.ask(
    {
      method: 'GET',
      path: ROUTE,
      query: { uuid, timeout, client_tasks_timeout: timeout + 5, last_event_id: options.lastEventId ?? -1 },
      waitMs: (timeout + 15) * 1_000,
      isPoll: true,
    },
    signal,
  );
  if (!answer.ok) return answer;
  const { result } = answer.value;
  if (!isRecord(result)) return ok({ kind: 'unsupported' });
  const source = { route: ROUTE, onOdd: client.onOdd };
  const lastEventId = typeof result['last_event_id'] === 'number' ? result['last_event_id'] : null;
  const hasTasks = ['running', 'pending', 'done', 'errors', 'cancelled'].some((key) => key in result);
  if (!hasTasks) return ok({ kind: 'unchanged', lastEventId });
  const running = readRecord(taskShape, result['running'], source);
  return ok({
    kind: 'tasks',
    tasks: {
      running: running === null ? null : toTask(running),
      pending: taskList(result['pending'], source),
      done: taskList(result['done'], source),
      errors: taskList(result['errors'], source),
      cancelled: taskList(result['cancelled'], source),
      lastEventId,
    },
  });
}
