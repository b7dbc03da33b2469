import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Identity as Certificate } from './certificates.ts';
import { nginxPage } from './envelope.ts';
import type { Faults } from './faults.ts';
import type { HostPackages } from './host-packages.ts';
import { installRoutes, type Route, send } from './routing.ts';
import { fileAnswer } from './static-files.ts';
import type { Cookies } from './users.ts';

/** What the HTTPS server of a lab is made of. */
export type AppParts = {
  readonly certificate: Certificate;
  readonly clock: Clock;
  readonly cookies: Cookies;
  readonly routes: readonly Route[];
  readonly faults: Faults;
  /** Folders that are served without password, by first segment of the path. */
  readonly folders: Readonly<Record<string, string>>;
  /** What else is served without password: the folder, and the names in it. */
  readonly documents: { readonly folder: string; readonly names: readonly string[] };
  readonly hostPackages: HostPackages;
};

/** Builds the server: the routes of the application, and the static trees that nginx serves in front of it. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const { certificate, keyPem } = { certificate: parts.certificate.certificatePem, keyPem: parts.certificate.keyPem };
  const app = Fastify({
    https: { cert: certificate, key: keyPem },
    forceCloseConnections: true,
    bodyLimit: 4 * 1024 ** 3,
    routerOptions: { ignoreTrailingSlash: false },
  }) as unknown as FastifyInstance;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  await app.register(multipart, { limits: { fileSize: 1024 ** 3, files: 100 } });

  parts.faults.install(app);
  app.addHook('onSend', async (_request, reply, payload) => {
    void reply.header('Date', parts.clock.date().toUTCString());
    return payload;
  });

  for (const [segment, folder] of Object.entries(parts.folders)) {
    app.route({
      method: ['GET', 'HEAD'],
      url: `/${segment}/*`,
      handler: async (request: FastifyRequest, reply: FastifyReply) => {
        const name = decodeURIComponent((request.raw.url?.split('?')[0] ?? '').slice(segment.length + 2));
        const answer = await fileAnswer(folder, name, request.headers, request.method === 'HEAD');
        return send(reply, answer);
      },
    });
  }
  for (const name of parts.documents.names) {
    app.route({
      method: ['GET', 'HEAD'],
      url: `/${name}`,
      handler: async (request: FastifyRequest, reply: FastifyReply) =>
        send(reply, await fileAnswer(parts.documents.folder, name, request.headers, request.method === 'HEAD')),
    });
  }
  app.route({
    method: ['GET', 'HEAD'],
    url: '/wapt-host/*',
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      if (request.url.endsWith('/Packages')) return send(reply, nginxPage(403, 'Forbidden'));
      const name = decodeURIComponent((request.raw.url?.split('?')[0] ?? '').slice('/wapt-host/'.length));
      await parts.hostPackages.prepare(name);
      const { directory } = parts.hostPackages;
      return send(reply, await fileAnswer(directory, name, request.headers, request.method === 'HEAD'));
    },
  });

  installRoutes(app, parts.routes, parts.cookies, parts.clock);
  return app;
}
