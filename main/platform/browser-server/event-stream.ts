import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EventHub } from '../../ipc/events.ts';

const HEARTBEAT_MS = 15_000;

/** A page that reads this slowly is cut off; it asks again and gets what it missed. */
const BACKLOG_BYTES = 4 * 1024 * 1024;

/** The id of the last event that the page has seen, when it says so. */
const lastSeen = (request: IncomingMessage): number | undefined => {
  const after = /[?&]after=(\d{1,15})$/.exec(request.url ?? '')?.[1];
  return after === undefined ? undefined : Number(after);
};

/** Sends events as lines of JSON until the page leaves; an empty line now and then keeps the way open. */
export function streamEvents(request: IncomingMessage, response: ServerResponse, events: EventHub): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' });
  const end = events.subscribe((event) => {
    if (response.writableLength > BACKLOG_BYTES) response.destroy();
    else response.write(`${JSON.stringify(event)}\n`);
  }, lastSeen(request));
  // Where the page stands now, so that it can ask for what it misses from here on.
  response.write(`{"id":${events.lastId()}}\n`);
  const heartbeat = setInterval(() => response.write('\n'), HEARTBEAT_MS);
  response.once('close', () => {
    clearInterval(heartbeat);
    end();
  });
}
