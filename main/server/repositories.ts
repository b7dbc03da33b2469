import type { ConsoleError } from '../../contract/errors.ts';
import type { RepositoryRule } from '../../contract/schemas/downloads.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { readBody } from './body.ts';
import type { ServerClient } from './client.ts';
import { statusFailure } from './envelope.ts';
import { headFile } from './files.ts';
import { count, flag, isRecord, readRows, text, texts } from './tolerant.ts';

const RULES = '/rules.json';

/** Rules are few: more than this is no file of rules. */
const MOST_BYTES = 4 * 1024 ** 2;

const ruleShape = {
  id: count,
  name: text,
  condition: text,
  value: text,
  repo_url: text,
  repositories: texts,
  active: flag,
  no_fallback: flag,
} as const;

/** The rules of a text: a list, or an object with a list of them. */
function listOf(body: string): unknown {
  const value: unknown = JSON.parse(body);
  if (isRecord(value)) return Object.values(value).find((each) => Array.isArray(each)) ?? [];
  return value;
}

/**
 * The rules by which hosts choose their repository, as nginx serves them without a password (protocol 6.4). The format is not documented: what is
 * understood is shown. Null where the server publishes none.
 */
export async function repositoryRules(
  client: ServerClient,
  signal?: AbortSignal,
): Promise<Result<readonly RepositoryRule[] | null, ConsoleError>> {
  const request = { method: 'GET', path: RULES } as const;
  const opened = await client.file(request, signal);
  if (!opened.ok) return opened;
  const { response, status } = opened.value;
  if (status === 404) {
    response.resume();
    return ok(null);
  }
  const facts = { ...client.transport.factsOf(request), status };
  const body = await readBody(response, {
    limit: MOST_BYTES,
    readMs: client.transport.limits.readMs,
    facts,
    signal: opened.value.signal,
  });
  if (!body.ok) return body;
  const written = body.value.toString('utf8');
  const failure = statusFailure(opened.value, written, request, 'file');
  if (failure !== null) return fail({ code: failure.code, facts: { ...facts, ...failure.facts } });
  let list: unknown;
  try {
    list = listOf(written);
  } catch {
    return fail({ code: 'malformed', facts });
  }
  const read = readRows(ruleShape, list, { route: RULES, onOdd: client.onOdd }, (raw) => ({
    name: raw.name,
    condition: raw.condition,
    value: raw.value,
    url: raw.repo_url === null ? null : raw.repo_url.replace(/\/+$/, ''),
    covers: raw.repositories,
    isActive: raw.active,
    hasFallback: raw.no_fallback === null ? null : !raw.no_fallback,
  }));
  return read.ok ? ok(read.value.rows) : read;
}

/** When the server last wrote the list by which secondary repositories synchronise (protocol 6.4); null where it publishes none. */
export async function syncListDate(
  client: ServerClient,
  signal?: AbortSignal,
): Promise<Result<string | null, ConsoleError>> {
  const head = await headFile(client, '/sync.json', signal);
  return head.ok ? ok(head.value?.date ?? null) : head;
}
