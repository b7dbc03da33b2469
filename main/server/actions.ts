import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { ServerClient } from './client.ts';

/** What the server counted of the actions it was given; null where its message has no counts. */
export interface ActionsAnswer {
  /** Sent on to connected hosts. Fewer than posted: the others were not connected, which the server does not say (protocol 3.2). */
  readonly launched: number | null;
  readonly errors: number | null;
  /** Hosts that belong to another server. */
  readonly skipped: number | null;
  readonly serverErrors: number | null;
  /** As the server said it. */
  readonly message: string;
  /** From servers that wait for the hosts: what the agents answered. */
  readonly results: readonly unknown[];
}

function counted(message: string, pattern: RegExp): number | null {
  const found = pattern.exec(message)?.[1];
  return found === undefined ? null : Number(found);
}

/**
 * Posts signed actions, one for each host (protocol 3.2). The server neither verifies nor waits: what a host does with its action is seen in its
 * tasks. `server-said` with `ewaptbadsignature` when one has no signature; then none was sent on. With some errors among them the server
 * still says what it counted.
 */
export async function postActions(
  client: ServerClient,
  actions: readonly object[],
  signal?: AbortSignal,
): Promise<Result<ActionsAnswer, ConsoleError>> {
  const path = '/api/v3/trigger_host_action';
  if (actions.length === 0) return fail({ code: 'nothing-selected', facts: client.transport.factsOf({ path }) });
  const answer = await client.ask({ method: 'POST', path, query: { timeout: 5 }, json: actions }, signal);
  if (answer.ok) return ok(readAnswer(answer.value.message, answer.value.result));
  const message = answer.error.facts?.['serverMessage'];
  const read = typeof message === 'string' ? readAnswer(message, null) : null;
  // `success` is false as soon as one of the counts is an error.
  return read === null || read.launched === null ? answer : ok(read);
}

function readAnswer(message: string, result: unknown): ActionsAnswer {
  return {
    launched: counted(message, /(\d+) actions? launched/i),
    errors: counted(message, /(\d+) errors?\b/i),
    skipped: counted(message, /(\d+) skipped/i),
    serverErrors: counted(message, /(\d+) server errors?/i),
    message,
    results: Array.isArray(result) ? result : [],
  };
}
