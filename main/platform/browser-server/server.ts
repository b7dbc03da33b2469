import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { BROWSER } from '../../../contract/names.ts';
import type { Downloads } from '../../exports/downloads.ts';
import type { EventHub } from '../../ipc/events.ts';
import type { CallLog, Handler } from '../../ipc/handle.ts';
import { REQUEST_LIMIT } from '../../ipc/size.ts';
import { JsonText } from '../../json-text.ts';
import { readBundleFile } from '../../security/bundle.ts';
import { hardeningHeaders } from '../../security/csp.ts';
import { preparePage } from '../../security/page.ts';
import { sendDownload } from './download.ts';
import { streamEvents } from './event-stream.ts';
import { isOurHost, isOurPage, pathOf, readJsonBody } from './requests.ts';
import { JSON_HEADERS, sendText } from './send-text.ts';
import { createSessions } from './sessions.ts';

/** The sender of a call in browser mode: the name of its session, or null. */
export type PageSender = string | null;

/** A running server. */
export interface BrowserServer {
  readonly port: number;
  /** The address that opens the console, with a fresh one-time token in its fragment. */
  readonly address: () => string;
  /** Ends every connection. */
  readonly stop: () => Promise<void>;
}

const BRIDGE_PATH = '/bridge.js';
const TOKEN_LIMIT = 1024;

/**
 * Serves the window to a browser on this computer, and nothing to anybody else: 127.0.0.1 only, `Host` and `Origin`
 * checked on each request, calls and events only with the secret of a session. Rejects when the port is taken or when
 * the window is not built.
 */
export async function startBrowserServer(options: {
  readonly port: number;
  readonly renderer: string;
  readonly bridge: string;
  readonly handle: Handler<PageSender>;
  readonly events: EventHub;
  readonly downloads: Pick<Downloads, 'take'>;
  readonly log: CallLog;
  readonly now?: () => number;
}): Promise<BrowserServer> {
  const { renderer, handle, events, downloads, log } = options;
  const [page, bridge] = await Promise.all([readFile(join(renderer, 'index.html'), 'utf8'), readFile(options.bridge)]);
  const sessions = createSessions(options.now);
  let port = options.port;

  const answer = (response: ServerResponse, status: number, value: unknown): void => {
    response.writeHead(status, JSON_HEADERS);
    response.end(JSON.stringify(value));
  };
  const refuse = (response: ServerResponse, status: 400 | 401 | 403 | 404 | 405 | 413, code: string): void => {
    // The rest of a body that nobody reads would be taken for the next request.
    response.setHeader('connection', 'close');
    answer(response, status, { ok: false, error: { code } });
  };

  const exchange = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readJsonBody(request, TOKEN_LIMIT);
    const value = body.kind === 'json' ? body.value : null;
    const token = typeof value === 'object' && value !== null && 'token' in value ? value.token : null;
    const secret = sessions.exchange(token);
    if (secret === null) refuse(response, 401, 'foreign-sender');
    else answer(response, 200, { secret });
  };

  const call = async (request: IncomingMessage, response: ServerResponse, session: string): Promise<void> => {
    const body = await readJsonBody(request, REQUEST_LIMIT);
    if (body.kind === 'too-large') return refuse(response, 413, 'too-large');
    if (body.kind === 'broken') return refuse(response, 400, 'bad-request');
    const desk = request.headers[BROWSER.desk];
    const result = await handle(session, pathOf(request).slice(BROWSER.call.length), body.value, desk);
    if (result.ok && result.value instanceof JsonText) return sendText(response, result.value);
    answer(response, 200, result);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathOf(request);
    if (path === '/' || path === '/index.html') {
      const prepared = preparePage(page, { bridge: BRIDGE_PATH });
      response.writeHead(200, prepared.headers).end(prepared.html);
      return;
    }
    const file =
      path === BRIDGE_PATH
        ? { bytes: bridge, type: 'text/javascript; charset=utf-8', isImmutable: false }
        : await readBundleFile(renderer, path);
    if (file === null) return refuse(response, 404, 'not-found');
    const cached = file.isImmutable ? 'private, max-age=31536000, immutable' : 'no-store';
    response.writeHead(200, { 'content-type': file.type, 'cache-control': cached }).end(file.bytes);
  };

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(hardeningHeaders)) response.setHeader(name, value);
    response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    if (!isOurHost(request, port)) return refuse(response, 403, 'foreign-sender');
    const path = pathOf(request);
    const method = request.method ?? '';
    const isCall = path.startsWith(BROWSER.call);
    if (path === BROWSER.exchange || path === BROWSER.events || isCall) {
      if (method !== (path === BROWSER.events ? 'GET' : 'POST')) return refuse(response, 405, 'bad-request');
      if (!isOurPage(request, port)) return refuse(response, 403, 'foreign-sender');
      if (path === BROWSER.exchange) return exchange(request, response);
      const session = sessions.find(request.headers[BROWSER.header]);
      if (session === null) return refuse(response, 401, 'foreign-sender');
      return isCall ? call(request, response, session) : streamEvents(request, response, events);
    }
    if (method !== 'GET') return refuse(response, 405, 'bad-request');
    if (path.startsWith(BROWSER.download)) {
      // A navigation carries no header of ours: the token stands for the session that was given it, and the browser says which page asks.
      if (!isOurPage(request, port)) return refuse(response, 403, 'foreign-sender');
      const download = downloads.take(path.slice(BROWSER.download.length));
      return download === null ? refuse(response, 404, 'not-found') : sendDownload(response, download);
    }
    return serve(request, response);
  };

  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 60_000 }, (request, response) => {
    route(request, response).catch((error: unknown) => {
      log.error('a request of browser mode failed by a bug', { path: pathOf(request).slice(0, 100), error });
      response.destroy();
    });
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, done);
  });
  const bound = server.address();
  port = typeof bound === 'object' && bound !== null ? bound.port : port;

  return {
    port,
    address: () => `http://127.0.0.1:${port}/#token=${sessions.issueToken()}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
