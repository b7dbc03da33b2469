import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Download } from '../../exports/downloads.ts';

/** Sends a file that is fetched once, for saving and never for showing, and removes it whether it arrived or not. */
export async function sendDownload(response: ServerResponse, { file, name, type, bytes }: Download): Promise<void> {
  response.writeHead(200, {
    'content-type': type,
    'content-length': bytes,
    'content-disposition': `attachment; filename="${name}"`,
    // Shown all the same, it would be a page without script and without our origin.
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'cache-control': 'no-store',
  });
  try {
    await pipeline(createReadStream(file), response);
  } catch {
    // The page went away, or the file did: what was sent is cut off, which the length tells.
    response.destroy();
  } finally {
    await rm(file, { force: true });
  }
}
