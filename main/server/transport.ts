import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import axios, { AxiosError, type AxiosInstance } from 'axios';
import { Cookie, CookieJar } from 'tough-cookie';
import type { ConsoleError, ErrorFact } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { ServerAddress } from './address.ts';
import { readBody } from './body.ts';
import { ServerAgent } from './channel.ts';
import { codeOf, WayError, wantsClientCertificate } from './failures.ts';
import { LIMITS, type Limits } from './limits.ts';
import type { TlsSide } from './trust.ts';

/** What one asks of a server. `path` starts below its root: `/api/v3/hosts`. */
export interface Request {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly json?: unknown;
  /** A body with its length, for uploads. */
  readonly upload?: { readonly open: () => Readable; readonly length: number };
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds until the answer begins; the read limit without it. */
  readonly waitMs?: number;
  /** Asked without credentials: before the server is known, and at login, whose body carries them. */
  readonly isAnonymous?: boolean;
  /** Long polls have connections of their own: other work never queues behind them. */
  readonly isPoll?: boolean;
}

/** An answer whose body has not been read yet. Header names are in lower case. */
export interface OpenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly response: IncomingMessage;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
  readonly receivedAt: number;
}

/** An answer with its body. */
export interface Answer extends Omit<OpenAnswer, 'response'> {
  readonly body: Buffer;
}

/** Speaks HTTP to one server. Follows no redirect, uses no proxy but the given one, sends credentials to API routes only. */
export interface Transport {
  readonly address: ServerAddress;
  readonly limits: Limits;
  /** With Basic and cookie where there are; the body whole, at most `limits.json`. */
  readonly api: (request: Request, signal: AbortSignal) => Promise<Result<Answer, ConsoleError>>;
  /** A file below `/wapt` or `/waptwua`: no credentials, no cookie. */
  readonly file: (request: Request, signal: AbortSignal) => Promise<Result<OpenAnswer, ConsoleError>>;
  /** The facts that any failure of this request carries. */
  readonly factsOf: (request: Pick<Request, 'path'>) => Readonly<Record<string, ErrorFact>>;
  /** Forgets the cookie. */
  readonly forget: () => void;
  readonly close: () => void;
}

/** Folders that nginx serves without a password (protocol 1.1): credentials never go there. */
const STATIC = /^\/(wapt|waptwua|wapt-host|wapt-diff-repos|static|ssl)(\/|$)/i;

/** The Basic header of a user, as UTF-8. */
export const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;

/** Makes the transport of one server; `authorization` is asked at each API call and gives the header or null. */
export function createTransport(options: {
  readonly address: ServerAddress;
  readonly side: TlsSide;
  readonly proxy: string;
  readonly authorization: () => string | null;
  readonly limits?: Partial<Limits>;
}): Transport {
  const { address, side } = options;
  const limits: Limits = { ...LIMITS, ...options.limits };
  const way = { address, side, proxy: options.proxy, connectMs: limits.connectMs };
  const agents = {
    read: new ServerAgent(way, { keepAlive: true, maxSockets: 12 }),
    poll: new ServerAgent(way, { keepAlive: true, maxSockets: 16 }),
    // What changes something gets a connection of its own: on a kept one that the server is closing, nobody could tell whether it arrived.
    change: new ServerAgent(way, { keepAlive: false, maxSockets: 12 }),
  };
  const agentFor = (request: Request): ServerAgent => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return agents.change;
    return request.isPoll === true ? agents.poll : agents.read;
  };
  const jar = new CookieJar();
  const client = axios.create({
    adapter: 'http',
    responseType: 'stream',
    decompress: false,
    maxRedirects: 0,
    maxBodyLength: Number.POSITIVE_INFINITY,
    proxy: false,
    validateStatus: () => true,
    transformRequest: [(data: unknown) => data],
  });

  const factsOf = (request: Pick<Request, 'path'>) => ({ host: address.host, route: request.path });

  const keepCookies = async (headers: readonly string[]): Promise<void> => {
    for (const header of headers) {
      const cookie = Cookie.parse(header, { loose: true });
      if (cookie === undefined) continue;
      // The server writes `Path=` with nothing behind it; read by the RFC the cookie would not reach /api/v1 (protocol 12.1).
      cookie.path = '/';
      await jar.setCookie(cookie, address.origin, { ignoreError: true });
    }
  };

  const send = async (
    request: Request,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Result<OpenAnswer, ConsoleError>> => {
    const facts = factsOf(request);
    const sentAt = Date.now();
    const answer = await exchange(client, {
      url: urlOf(address, request),
      request,
      headers,
      agent: agentFor(request),
      waitMs: request.waitMs ?? limits.readMs,
      signal,
      facts,
    });
    if (!answer.ok) return answer;
    const response = answer.value;
    await keepCookies(response.headers['set-cookie'] ?? []);
    return ok({
      status: response.statusCode ?? 0,
      headers: Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [
          name,
          Array.isArray(value) ? value.join(', ') : value,
        ]),
      ),
      response,
      sentAt,
      receivedAt: Date.now(),
    });
  };

  return {
    address,
    limits,
    factsOf,
    api: async (request, signal) => {
      if (!mayCarryCredentials(address, request)) {
        return fail({ code: 'bad-request', facts: { ...factsOf(request), reason: 'not-an-api-route' } });
      }
      const authorization = request.isAnonymous === true ? null : options.authorization();
      const cookie = await jar.getCookieString(address.origin);
      const opened = await send(
        request,
        {
          accept: 'application/json',
          'accept-encoding': 'gzip',
          ...(authorization === null ? {} : { authorization }),
          ...(cookie === '' ? {} : { cookie }),
        },
        signal,
      );
      if (!opened.ok) return opened;
      const { response, ...answer } = opened.value;
      const body = await readBody(response, {
        limit: limits.json,
        readMs: limits.readMs,
        bodyMs: limits.bodyMs,
        facts: { ...factsOf(request), status: answer.status },
        signal,
      });
      return body.ok ? ok({ ...answer, body: body.value }) : body;
    },
    file: (request, signal) => send(request, { 'accept-encoding': 'identity' }, signal),
    forget: () => jar.removeAllCookiesSync(),
    close: () => {
      jar.removeAllCookiesSync();
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

/** Whether a path, however it is spelt, stays below the server's root and outside the folders that need no password. */
export function mayCarryCredentials(address: ServerAddress, request: Pick<Request, 'path'>): boolean {
  // A path that begins with two slashes would name another host.
  if (!/^\/[^/\\]/.test(request.path) || /[\\\0%]|\.\.|\/\//.test(request.path)) return false;
  const { origin, pathname } = new URL(`${address.root}${request.path}`, address.origin);
  return origin === address.origin && pathname === `${address.root}${request.path}` && !STATIC.test(request.path);
}

function urlOf(address: ServerAddress, request: Pick<Request, 'path' | 'query'>): string {
  const url = new URL(`${address.root}${request.path}`, address.origin);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, String(value));
  return url.href;
}

interface Exchange {
  readonly url: string;
  readonly request: Request;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: ServerAgent;
  readonly waitMs: number;
  readonly signal: AbortSignal;
  readonly facts: Readonly<Record<string, ErrorFact>>;
}

async function exchange(client: AxiosInstance, exchanged: Exchange): Promise<Result<IncomingMessage, ConsoleError>> {
  const { request, agent, signal } = exchanged;
  const upload = request.upload;
  const attempt = async (): Promise<IncomingMessage> => {
    const answer = await client.request<IncomingMessage>({
      url: exchanged.url,
      method: request.method,
      headers: {
        'user-agent': 'waptwua-console',
        ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...(upload === undefined
          ? {}
          : { 'content-type': 'binary/octet-stream', 'content-length': String(upload.length) }),
        ...request.headers,
        ...exchanged.headers,
      },
      data:
        upload === undefined ? (request.json === undefined ? undefined : JSON.stringify(request.json)) : upload.open(),
      httpsAgent: agent,
      timeout: exchanged.waitMs,
      signal,
    });
    return answer.data;
  };
  for (;;) {
    try {
      return ok(await attempt());
    } catch (error) {
      // Each try uses up one of the kept connections; on a new one the failure is real.
      if (signal.aborted || !metClosingConnection(error)) return fail(requestFailure(error, exchanged));
    }
  }
}

/** Whether a kept connection was closed by the server in the moment we used it again; only reads use kept ones, and may be asked anew. */
function metClosingConnection(error: unknown): boolean {
  if (!(error instanceof AxiosError) || error.response !== undefined) return false;
  const request: unknown = error.request;
  const isReused =
    typeof request === 'object' && request !== null && 'reusedSocket' in request && request.reusedSocket === true;
  return isReused && (codeOf(error) === 'ECONNRESET' || codeOf(error) === 'EPIPE');
}

function requestFailure(error: unknown, exchanged: Exchange): ConsoleError {
  const { facts, signal } = exchanged;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof WayError) return { ...cause.failure, facts: { ...facts, ...cause.failure.facts } };
    if (wantsClientCertificate(cause))
      return { code: 'client-certificate-needed', facts: { ...facts, reason: codeOf(cause) } };
  }
  const reason = codeOf(error);
  if (signal.aborted || reason === 'ERR_CANCELED') return { code: 'cancelled', facts };
  if (reason === 'ECONNABORTED' || reason === 'ETIMEDOUT')
    return { code: 'timeout', facts: { ...facts, phase: 'answer' } };
  if (reason === 'ECONNRESET' || reason === 'EPIPE') return { code: 'cut-off', facts: { ...facts, reason } };
  // What remains are answers that are not HTTP (HPE_…).
  if (reason.startsWith('HPE_')) return { code: 'malformed', facts: { ...facts, reason } };
  return { code: 'unreachable', facts: { ...facts, reason } };
}
