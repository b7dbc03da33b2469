import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { ServerClient } from './client.ts';
import { statusFailure } from './envelope.ts';

/** A file that nginx serves: its size in bytes, and its date as ISO. */
export interface ServedFile {
  readonly path: string;
  readonly size: number | null;
  readonly date: string | null;
}

/** The ISO date of an HTTP date, null where there is none. */
function isoDate(header: string | undefined): string | null {
  const time = Date.parse(header ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** Looks at a served file without fetching it; null where it is not there. `client-certificate-needed` where nginx wants one. */
export async function headFile(
  client: ServerClient,
  path: string,
  signal?: AbortSignal,
): Promise<Result<ServedFile | null, ConsoleError>> {
  const request = { method: 'HEAD', path } as const;
  const answer = await client.file(request, signal);
  if (!answer.ok) return answer;
  answer.value.response.resume();
  const { status, headers } = answer.value;
  if (status === 404) return ok(null);
  const failure = statusFailure(answer.value, '', request, 'file');
  if (failure !== null) {
    return fail({ code: failure.code, facts: { ...client.transport.factsOf(request), status, ...failure.facts } });
  }
  const length = headers['content-length'];
  return ok({ path, size: length === undefined ? null : Number(length), date: isoDate(headers['last-modified']) });
}

/** Path segments as a URL carries them, or null where one would leave the folder. */
function segments(path: string): string | null {
  const parts = path.split('/').filter((part) => part !== '');
  if (parts.length === 0 || parts.some((part) => part === '.' || part === '..' || /[\\\0]/.test(part))) return null;
  return parts.map(encodeURIComponent).join('/');
}

/**
 * Whether the server has the file of one of Microsoft's addresses: flat below `/waptwua` since 1.8, under the whole path of the address
 * before (protocol 4.5). Null where it has not.
 */
export async function fileOnServer(
  client: ServerClient,
  downloadUrl: string,
  signal?: AbortSignal,
): Promise<Result<ServedFile | null, ConsoleError>> {
  let path: string;
  try {
    path = decodeURIComponent(new URL(downloadUrl).pathname);
  } catch {
    return ok(null);
  }
  const whole = segments(path);
  const flat = segments(path.slice(path.lastIndexOf('/') + 1));
  for (const candidate of [flat, whole]) {
    if (candidate === null) continue;
    const found = await headFile(client, `/waptwua/${candidate}`, signal);
    if (!found.ok || found.value !== null) return found;
  }
  return ok(null);
}
