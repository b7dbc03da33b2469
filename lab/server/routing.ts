import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import {
  type Answer,
  exception,
  internalError,
  loginRequired,
  methodNotAllowed,
  notFound,
  restricted,
} from './envelope.ts';
import { authenticate, type Cookies, expiredCookie, type Session } from './users.ts';

/** One request as the routes see it. */
export type Call = {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly raw: IncomingMessage;
  readonly request: FastifyRequest;
  /** The whole body as text. */
  readonly text: () => Promise<string>;
  /** Who asks; null only on routes without rights. */
  readonly session: Session | null;
  /** Seconds since the request arrived. */
  readonly elapsed: () => number;
};

/** What a route may do with the session besides answering. */
export type RouteAnswer = Answer & { readonly cookie?: Session | 'clear' };

/** One path of the server: which rights open it (any of them), and what it answers. */
export type Route = {
  readonly methods: readonly ('GET' | 'POST' | 'DELETE')[];
  readonly paths: readonly string[];
  /** `none`: no sign-in needed. `any`: whoever signed in. `admin` is part of every list (protocol 1.7). */
  readonly rights: 'none' | 'any' | readonly string[];
  readonly answer: (call: Call) => Promise<RouteAnswer> | RouteAnswer;
};

const textOf = async (raw: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of raw) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

/** A JSON body, or the answer that the real server gives to a body that is none (protocol 12.2). */
export async function jsonBody(
  call: Call,
): Promise<{ readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly answer: Answer }> {
  const body = await call.text();
  if (body === '') return { ok: false, answer: exception("ValueError('Expected object or value',)") };
  try {
    return { ok: true, value: JSON.parse(body) as unknown };
  } catch {
    return { ok: false, answer: exception("<BadRequest '400: Bad Request'>") };
  }
}

/** A comma separated parameter as a list; null when it is absent or empty. */
export const csv = (value: string | null): string[] | null => {
  const parts = (value ?? '').split(',').filter((part) => part !== '');
  return parts.length === 0 ? null : parts;
};

/** Sends an answer; bodies are bytes so that content types stay as they are written here. */
export function send(reply: FastifyReply, answer: Answer): FastifyReply {
  if (answer.type !== null) void reply.header('Content-Type', answer.type);
  for (const [name, value] of Object.entries(answer.headers ?? {})) void reply.header(name, value);
  return reply.code(answer.status).send(answer.body);
}

const mayUse = (rights: Route['rights'], session: Session): boolean =>
  typeof rights === 'string' || session.user.rights.some((right) => right === 'admin' || rights.includes(right));

/** Puts the routes on the server, with sign-in, rights, cookies, HEAD probes (protocol 1.2), 404 and 405. */
export function installRoutes(app: FastifyInstance, routes: readonly Route[], cookies: Cookies, clock: Clock): void {
  const methodsOf = new Map<string, Set<string>>();
  const rightsOf = new Map<string, Route['rights']>();
  for (const route of routes) {
    for (const path of route.paths) {
      const known = methodsOf.get(path) ?? new Set();
      for (const method of route.methods) known.add(method);
      methodsOf.set(path, known);
      rightsOf.set(path, route.rights);
      app.route({
        method: [...route.methods],
        url: path,
        exposeHeadRoute: false,
        handler: async (request, reply) => {
          const started = performance.now();
          const session = authenticate(cookies, clock, request.headers);
          if (route.rights !== 'none') {
            if (session === null) return send(reply, loginRequired());
            if (!mayUse(route.rights, session)) return send(reply, restricted());
          }
          const call: Call = {
            method: request.method,
            query: new URLSearchParams(request.raw.url?.split('?')[1] ?? ''),
            headers: request.headers,
            raw: request.raw,
            request,
            text: () => textOf(request.raw),
            session,
            elapsed: () => (performance.now() - started) / 1000,
          };
          const answer = await route.answer(call);
          if (answer.cookie === 'clear') void reply.header('Set-Cookie', expiredCookie);
          else if (answer.cookie !== undefined) void reply.header('Set-Cookie', cookies.write(answer.cookie));
          else if (route.rights !== 'none' && session !== null) {
            void reply.header('Set-Cookie', cookies.write(session)).header('Vary', 'Cookie');
          }
          return send(reply, answer);
        },
      });
    }
  }
  for (const [path, rights] of rightsOf) {
    app.head(path, (request, reply) => {
      const session = authenticate(cookies, clock, request.headers);
      if (rights !== 'none') {
        if (session === null) return send(reply, loginRequired());
        void reply.header('Set-Cookie', cookies.write(session)).header('Vary', 'Cookie');
      }
      return send(reply, { status: 200, type: 'text/html; charset=utf-8', body: Buffer.alloc(0) });
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const path = request.raw.url?.split('?')[0] ?? '';
    const methods = methodsOf.get(path);
    return send(reply, methods === undefined ? notFound() : methodNotAllowed([...methods, 'OPTIONS']));
  });
  app.setErrorHandler((error, _request, reply) => {
    process.stderr.write(`lab: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return send(reply, internalError());
  });
}
