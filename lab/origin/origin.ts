import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, day, hour } from '../clock.ts';
import type { Catalogue } from './catalogue.ts';
import { contentOf } from './content.ts';

/** Microsoft's address of the index (protocol 4.5). */
export const indexUrl = 'http://download.windowsupdate.com/microsoftupdate/v6/wsusscan/wsusscn2.cab';

const indexSize = 1_400_000;
const tick = 40;

/** When the index that Microsoft offers at a moment was published: each day at 05:00 UTC, in milliseconds. */
export const publishedIndex = (now: number): number => {
  const today = Math.floor(now / day) * day + 5 * hour;
  return today <= now ? today : today - day;
};

/** The bytes of the index of one day. */
export const indexContent = (published: number): Buffer => contentOf(`wsusscn2 ${published}`, indexSize);

/** The lab's stand-in for Microsoft's download servers, spoken to as a proxy. */
export type Origin = { readonly port: number; readonly stop: () => Promise<void> };

type Offer = { readonly bytes: Buffer; readonly modified: number; readonly stalled: boolean };

/** Starts the origin; `bytesPerSecond` is the bandwidth of each download. */
export async function startOrigin(catalogue: Catalogue, clock: Clock, bytesPerSecond: number): Promise<Origin> {
  const offerOf = (url: URL): Offer | null => {
    const name = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
    if (name === 'wsusscn2.cab') {
      const modified = publishedIndex(clock.now());
      return { bytes: indexContent(modified), modified, stalled: false };
    }
    const file = catalogue.files.get(name);
    if (file === undefined || file.fault === 'not-found') return null;
    const bytes = contentOf(file.fault === 'wrong-hash' ? `damaged ${file.key}` : file.key, file.size);
    return { bytes, modified: publishedIndex(clock.now()) - 30 * day, stalled: file.fault === 'stalled' };
  };

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const offer = offerOf(new URL(request.url ?? '/', 'http://download.windowsupdate.com'));
    if (offer === null) {
      response.writeHead(404, { 'Content-Type': 'text/html' }).end('<h1>404 - File or directory not found.</h1>');
      return;
    }
    response.writeHead(200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': offer.bytes.length,
      'Last-Modified': new Date(offer.modified).toUTCString(),
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    const end = offer.stalled ? Math.floor(offer.bytes.length / 3) : offer.bytes.length;
    const started = performance.now();
    let sent = 0;
    const timer = setInterval(() => {
      const due = Math.min(end, Math.ceil(((performance.now() - started) / 1000) * bytesPerSecond));
      if (due > sent) response.write(offer.bytes.subarray(sent, due));
      sent = due;
      if (sent < end) return;
      clearInterval(timer);
      if (!offer.stalled) response.end();
    }, tick);
    response.on('close', () => clearInterval(timer));
  };

  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
