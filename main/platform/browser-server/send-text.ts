import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { JsonText } from '../../json-text.ts';

/** How an answer is labelled, however it is sent. */
export const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' } as const;

const [HEAD, TAIL] = [Buffer.from('{"ok":true,"value":'), Buffer.from('}')];

/** Sends an answer that is text already, a piece at a time as the page takes them, and frees it: it is neither parsed nor copied. */
export async function sendText(response: ServerResponse, text: JsonText<unknown>): Promise<void> {
  response.writeHead(200, { ...JSON_HEADERS, 'content-length': HEAD.length + text.bytes + TAIL.length });
  try {
    await pipeline(Readable.from([HEAD, ...text.pieces, TAIL]), response);
    if (response.writableFinished) text.free();
  } catch {
    // The page went away: what was sent is cut off, which the length tells.
    response.destroy();
  }
}
