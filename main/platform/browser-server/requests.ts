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

/** Reads a JSON body; null when it is larger than `limit` bytes, no JSON, or was cut off. */
export async function readJsonBody(
  request: IncomingMessage,
  limit: number,
): Promise<{ readonly value: unknown } | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) return null;
      chunks.push(chunk);
    }
    return { value: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown };
  } catch {
    return null;
  }
}
