/** What the tests of this folder share: certificates made on the spot and real HTTPS servers on the loopback. */
import 'reflect-metadata';
import type { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type ServerOptions as HttpsOptions, type Server } from 'node:https';
import type { AddressInfo, Server as NetServer } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { parseAddress, type ServerAddress } from './address.ts';
import { type ServerClient, type ServerOptions, signIn } from './session.ts';
import type { Odd } from './tolerant.ts';

/** A certificate with its key, both PEM. */
export interface Pair {
  readonly cert: string;
  readonly key: string;
}

/** What a made certificate says. */
export interface Wanted {
  readonly name: string;
  readonly names?: readonly string[];
  readonly addresses?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly isCa?: boolean;
}

/** A certificate that can issue others. */
export interface Issuer extends Pair {
  readonly signingKey: webcrypto.CryptoKey;
  readonly subject: string;
}

const DAY = 86_400_000;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

async function pem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/(.{64})/g, '$1\n').trimEnd()}\n-----END PRIVATE KEY-----\n`;
}

/** Makes a certificate, self-signed without an issuer. */
export async function makeCertificate(wanted: Wanted, issuer?: Issuer): Promise<Issuer> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const subject = `CN=${wanted.name}`;
  const certificate = await X509CertificateGenerator.create({
    serialNumber: Buffer.from(crypto.getRandomValues(new Uint8Array(8)))
      .toString('hex')
      .replace(/^./, '1'),
    subject,
    issuer: issuer?.subject ?? subject,
    notBefore: wanted.notBefore ?? new Date(Date.now() - DAY),
    notAfter: wanted.notAfter ?? new Date(Date.now() + 30 * DAY),
    publicKey: keys.publicKey,
    signingKey: issuer?.signingKey ?? keys.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(wanted.isCa ?? false, undefined, true),
      ...(wanted.isCa === true ? [] : [new ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'])]),
      new SubjectAlternativeNameExtension([
        ...(wanted.names ?? ['localhost']).map((value) => ({ type: 'dns' as const, value })),
        ...(wanted.addresses ?? []).map((value) => ({ type: 'ip' as const, value })),
      ]),
    ],
  });
  return {
    cert: `${certificate.toString('pem')}\n`,
    key: await pem(keys.privateKey),
    signingKey: keys.privateKey,
    subject,
  };
}

/** A CA, a certificate of it, and what a server shows of both. */
export interface Chain {
  readonly ca: Issuer;
  readonly leaf: Issuer;
  readonly served: Pair;
}

/** A CA and a server certificate of it for `localhost`. */
export async function makeChain(wanted: Partial<Wanted> = {}): Promise<Chain> {
  const ca = await makeCertificate({ name: 'Test CA', names: [], isCa: true });
  const leaf = await makeCertificate({ name: 'localhost', ...wanted }, ca);
  return { ca, leaf, served: { cert: `${leaf.cert}${ca.cert}`, key: leaf.key } };
}

/** What a server was asked. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** A running server. */
export interface TestServer {
  readonly address: ServerAddress;
  readonly asked: Asked[];
  readonly server: Server;
  readonly close: () => Promise<void>;
}

/** How a test server answers. */
export type Reply = (asked: Asked, response: ServerResponse, request: IncomingMessage) => void | Promise<void>;

/** Listens on a free port of the loopback. */
export async function listen(server: NetServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** The address of a port on this machine. */
export function localAddress(port: number, host = 'localhost'): ServerAddress {
  const parsed = parseAddress(`${host}:${port}`);
  if (!parsed.ok) throw new Error('address');
  return parsed.value;
}

/** An HTTPS server that keeps what it was asked and answers as told. */
export async function startServer(pair: Pair, reply: Reply, options: HttpsOptions = {}): Promise<TestServer> {
  const asked: Asked[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer({ ...pair, ...options }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one: Asked = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks),
      };
      asked.push(one);
      void reply(one, response, request);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const port = await listen(server);
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { address: localAddress(port), asked, server, close };
}

/** Sends a JSON answer. */
export function json(
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Readonly<Record<string, string | string[]>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

/** Sends an envelope that says yes. */
export function yes(response: ServerResponse, result: unknown, msg = ''): void {
  json(response, { success: true, msg, result, request_time: null });
}

/** Sends a text or a page. */
export function page(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'text/html', ...headers });
  response.end(body);
}

/** An answer of the real server as it was recorded. */
export interface Recorded {
  readonly request: {
    readonly method: string;
    readonly target: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly text?: string;
  };
}

/** Where the recorded exchanges are. */
export const RECORDED = new URL('../../lab/recorded/', import.meta.url);

/** Reads one recorded exchange. */
export function recorded(name: string): Recorded {
  return JSON.parse(readFileSync(new URL(`${name}.json`, RECORDED), 'utf8')) as Recorded;
}

/** Answers as it was recorded. What a recorder writes into `text` of a HEAD is the head itself. */
export function replay(response: ServerResponse, { request, response: said }: Recorded): void {
  const body =
    said.body === undefined ? (request.method === 'HEAD' ? '' : (said.text ?? '')) : JSON.stringify(said.body);
  response.writeHead(said.status, { ...said.headers });
  response.end(body);
}

/** Answers ping, login, user_infos and logout as the recorded server does; false where the request is another. */
export function standIn({ method, url }: Asked, response: ServerResponse, password = 'right', body?: Buffer): boolean {
  const path = url.split('?')[0];
  if (path === '/ping') replay(response, recorded('00-ping'));
  else if (path === '/api/v3/login' && method === 'POST') {
    const given =
      body === undefined ? password : String((JSON.parse(body.toString()) as { password?: string }).password);
    replay(response, recorded(given === password ? '01-login-ok-json' : '01-login-bad-password'));
  } else if (path === '/api/v3/logout') replay(response, recorded('19-logout'));
  else return false;
  return true;
}

/** Options to sign in to a test server. */
export function optionsFor(
  server: Pick<TestServer, 'address'>,
  caPem: string,
  more: Partial<ServerOptions> = {},
): ServerOptions {
  return {
    address: server.address,
    trust: { kind: 'ca', pem: caPem },
    clientCertificate: null,
    proxy: '',
    dialect: 'derived',
    configured: null,
    ...more,
  };
}

/** Signs in as admin, or throws the failure. */
export async function signedIn(options: ServerOptions, password = 'right'): Promise<ServerClient> {
  const client = await signIn(options, { user: 'admin', password });
  if (!client.ok) throw new Error(JSON.stringify(client.error));
  return client.value;
}

/** A server for the tests of one file: how it answers beyond signing in, and clients of it that are closed after each test. */
export interface Stage {
  /** What the server answers from now on. */
  reply: Reply;
  readonly server: TestServer;
  readonly chain: Chain;
  /** Wrong types that clients of this test told. */
  readonly odd: Odd[];
  readonly client: (more?: Partial<ServerOptions>) => Promise<ServerClient>;
  /** A client of a server with every v3 route; what was asked so far is forgotten. */
  readonly v3: () => Promise<ServerClient>;
  readonly lastAsked: () => Asked;
}

/** Answers as the recorded server does where it has no such route. */
export const absent: Reply = (_asked, response) => replay(response, recorded('12-unknown-route-404'));

/** Sets up a stage for the file that calls it. */
export function setStage(): Stage {
  let server: TestServer | undefined;
  let chain: Chain | undefined;
  const odd: Odd[] = [];
  const open: ServerClient[] = [];
  const there = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('outside of a test');
    return value;
  };
  const stage: Stage = {
    reply: absent,
    odd,
    get server() {
      return there(server);
    },
    get chain() {
      return there(chain);
    },
    client: async (more = {}) => {
      const options = optionsFor(stage.server, stage.chain.ca.cert, { onOdd: (one) => odd.push(one), ...more });
      const client = await signedIn(options);
      open.push(client);
      return client;
    },
    v3: async () => {
      stage.reply = (asked, response) => yes(response, asked.url.includes('status') ? {} : []);
      const client = await stage.client({ dialect: 'v3' });
      stage.server.asked.length = 0;
      return client;
    },
    lastAsked: () => there(stage.server.asked.at(-1)),
  };
  beforeAll(async () => {
    chain = await makeChain();
    server = await startServer(chain.served, (asked, response, request) =>
      standIn(asked, response) ? undefined : stage.reply(asked, response, request),
    );
  });
  beforeEach(() => {
    odd.length = 0;
    stage.server.asked.length = 0;
  });
  afterEach(() => {
    for (const client of open.splice(0)) client.close();
  });
  afterAll(async () => {
    await stage.server.close();
  });
  return stage;
}

/** One request in a line: method, address, body. */
export const line = ({ method, url, body }: Asked): string =>
  `${method} ${decodeURIComponent(url)} ${body.toString()}`.trim();
