import type { IncomingMessage } from 'node:http';

/** Whether the request names us: another name for 127.0.0.1 would be a page of somebody else (DNS rebinding). */
export const isOurHost = (request: IncomingMessage, port: number): boolean =>
  request.headers.host === `127.0.0.1:${port}`;

/**
 * Whether a page of ours asks. What a page posts always carries an `Origin`; what it gets from its own origin need not.
 * Browsers add `Sec-Fetch-Site`, which no page can set.
 */
export function isOurPage(request: IncomingMessage, port: number): boolean {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  return origin === undefined ? request.method === 'GET' : origin === `http://127.0.0.1:${port}`;
}

/** The path of a request, as it was sent: nothing is decoded or normalised, so that nothing can hide in it. */
export const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?', 1)[0] ?? '';

/** A body that is larger than this many limits is not even thrown away: the connection ends. */
const PATIENCE = 4;

/** What reading a JSON body gave. */
export type JsonBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'too-large' }
  /** No JSON, or cut off. */
  | { readonly kind: 'broken' };

/**
 * Reads a JSON body of at most `limit` bytes. What is larger is read on and thrown away, since a browser that is still sending does not
 * hear the answer.
 */
export async function readJsonBody(request: IncomingMessage, limit: number): Promise<JsonBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
      if (size > PATIENCE * limit) break;
    }
    if (size > limit) return { kind: 'too-large' };
    return { kind: 'json', value: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown };
  } catch {
    return { kind: 'broken' };
  }
}
