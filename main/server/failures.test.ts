import { createServer as createTcpServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConsoleError } from '../../contract/errors.ts';
import type { Result } from '../../domain/result.ts';
import { inspect } from './inspect.ts';
import type { Limits } from './limits.ts';
import { type ServerClient, signIn } from './session.ts';
import {
  json,
  listen,
  localAddress,
  makeCertificate,
  makeChain,
  optionsFor,
  page,
  signedIn,
  standIn,
  startServer,
  type TestServer,
  yes,
} from './testing.ts';

type Handler = Parameters<typeof startServer>[1];

let chain: Awaited<ReturnType<typeof makeChain>>;
let server: TestServer;
let client: ServerClient;
let answer: Handler = (_asked, response) => yes(response, []);

const LIMITS: Partial<Limits> = { json: 2_000, connectMs: 300, readMs: 500, bodyMs: 1_200 };
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  chain = await makeChain();
  server = await startServer(chain.served, (asked, response, request) => {
    if (!standIn(asked, response, 'right', asked.body)) return answer(asked, response, request);
    return undefined;
  });
});
beforeEach(async () => {
  client = await signedIn(optionsFor(server, chain.ca.cert, { limits: LIMITS }));
});
afterEach(async () => {
  client.close();
  for (const close of closers.splice(0)) await close();
});
afterAll(async () => {
  await server.close();
});

const failure = <T>(result: Result<T, ConsoleError>): ConsoleError => {
  if (result.ok) throw new Error('it succeeded');
  return result.error;
};

const hosts = (signal?: AbortSignal) => client.ask({ method: 'GET', path: '/api/v3/hosts' }, signal);

const signInAt = async (port: number, host = 'localhost', pem = chain.ca.cert) =>
  failure(
    await signIn(optionsFor({ address: localAddress(port, host) }, pem, { limits: LIMITS }), {
      user: 'admin',
      password: 'right',
    }),
  );

/** A TCP server that treats each connection as told. */
async function tcp(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const raw = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    raw.close();
  });
  return await listen(raw);
}

describe('the way to the server', () => {
  it('dns: a name that nobody has', async () => {
    expect(await signInAt(443, 'srvwapt.invalid')).toMatchObject({ code: 'dns', facts: { host: 'srvwapt.invalid' } });
  });

  it('refused: nothing listens', async () => {
    const port = await tcp(() => undefined);
    for (const close of closers.splice(0)) await close();
    expect(await signInAt(port)).toMatchObject({ code: 'refused', facts: { host: 'localhost', port } });
  });

  it('timeout: connected, but no handshake', async () => {
    expect(await signInAt(await tcp(() => undefined))).toMatchObject({ code: 'timeout', facts: { phase: 'tls' } });
  });

  it('unreachable: the connection is closed before a certificate was seen', async () => {
    expect(await signInAt(await tcp((socket) => socket.resetAndDestroy()))).toMatchObject({ code: 'unreachable' });
  });

  it('tls-failed: something else than TLS answers', async () => {
    const port = await tcp((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    expect(await signInAt(port)).toMatchObject({
      code: 'tls-failed',
      facts: { reason: 'ERR_SSL_WRONG_VERSION_NUMBER' },
    });
  });

  it('tls-untrusted, tls-expired, tls-wrong-name: with what the certificate says', async () => {
    const other = await makeCertificate({ name: 'Other CA', names: [], isCa: true });
    expect(await signInAt(server.address.port, 'localhost', other.cert)).toMatchObject({
      code: 'tls-untrusted',
      facts: { fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(await signInAt(server.address.port, '127.0.0.1')).toMatchObject({
      code: 'tls-wrong-name',
      facts: { names: 'localhost' },
    });
    const notAfter = new Date(Math.floor(Date.now() / 1_000) * 1_000 - 60_000);
    const old = await makeCertificate({ name: 'localhost', notBefore: new Date(Date.now() - 9e8), notAfter }, chain.ca);
    const expired = await startServer(old, (_asked, response) => yes(response, {}));
    closers.push(expired.close);
    expect(await signInAt(expired.address.port)).toMatchObject({
      code: 'tls-expired',
      facts: { notAfter: notAfter.toISOString() },
    });
    expect(expired.asked).toHaveLength(0);
  });

  it('client-certificate-needed: by alert, and once it is shown all is well', async () => {
    const strict = await startServer(chain.served, (asked, response) => void standIn(asked, response), {
      requestCert: true,
      rejectUnauthorized: true,
      ca: chain.ca.cert,
    });
    closers.push(strict.close);
    expect(await signInAt(strict.address.port)).toMatchObject({ code: 'client-certificate-needed' });
    const mine = await makeCertificate({ name: 'console' }, chain.ca);
    const clientCertificate = { certificatePem: mine.cert, keyPem: mine.key };
    const shown = await signedIn(optionsFor(strict, chain.ca.cert, { clientCertificate }));
    shown.close();
  });

  it('key-mismatch: the client certificate and its key are not a pair', async () => {
    const [mine, other] = [await makeCertificate({ name: 'a' }), await makeCertificate({ name: 'b' })];
    const clientCertificate = { certificatePem: mine.cert, keyPem: other.key };
    const options = { trust: null, proxy: '', clientCertificate };
    expect(failure(await inspect(server.address, options)).code).toBe('key-mismatch');
  });

  it('proxy: nobody there', async () => {
    const port = await tcp(() => undefined);
    for (const close of closers.splice(0)) await close();
    const options = optionsFor(server, chain.ca.cert, { proxy: `http://127.0.0.1:${port}` });
    expect(failure(await signIn(options, { user: 'admin', password: 'right' }))).toMatchObject({
      code: 'proxy',
      facts: { reason: 'ECONNREFUSED' },
    });
  });

  it.each(['http://a:b:c', 'http://proxy.example:99999', 'http://'])('proxy: %s is none', async (proxy) => {
    const options = { ...optionsFor(server, chain.ca.cert, { limits: LIMITS }), proxy };
    expect(failure(await signIn(options, { user: 'admin', password: 'right' }))).toMatchObject({ code: 'proxy' });
    expect(failure(await inspect(server.address, { trust: null, proxy, clientCertificate: null }))).toMatchObject({
      code: 'proxy',
    });
  });

  it('timeout: no answer, and an answer that stops in its middle', async () => {
    answer = () => undefined;
    expect(failure(await hosts())).toMatchObject({
      code: 'timeout',
      facts: { phase: 'answer', route: '/api/v3/hosts' },
    });
    answer = (_asked, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"success"');
    };
    expect(failure(await hosts())).toMatchObject({ code: 'timeout', facts: { phase: 'read' } });
  });

  it('timeout: an answer that drips, each byte in time and the whole never', async () => {
    answer = (_asked, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 100);
      response.once('close', () => clearInterval(drip));
    };
    const started = Date.now();
    expect(failure(await hosts())).toMatchObject({ code: 'timeout', facts: { phase: 'read' } });
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  it('cancelled: by the person, before and while the answer comes', async () => {
    answer = (_asked, response) => {
      response.writeHead(200);
      response.write('{');
    };
    const controller = new AbortController();
    const asked = hosts(controller.signal);
    setTimeout(() => controller.abort(), 50);
    expect(failure(await asked).code).toBe('cancelled');
    expect(failure(await hosts(AbortSignal.abort())).code).toBe('cancelled');
  });

  it('kept connections that the server closed meanwhile are no failure of a read, and nothing that changes something uses one', async () => {
    answer = (_asked, response) => yes(response, []);
    await Promise.all([hosts(), hosts(), hosts()]);
    const kept = new Set<Socket>();
    answer = (asked, _response, request) => {
      if (asked.url !== '/api/v3/hosts') return;
      kept.add(request.socket);
      request.socket.destroy();
    };
    const fresh = new Set<Socket>();
    const first = server.asked.length;
    server.server.prependOnceListener('secureConnection', (socket: Socket) => {
      fresh.add(socket);
      answer = (_asked, response) => yes(response, ['anew']);
    });
    expect(await hosts()).toMatchObject({ ok: true, value: { result: ['anew'] } });
    expect(kept.size).toBeGreaterThanOrEqual(3);
    expect(server.asked.length).toBe(first + kept.size + 1);
    answer = (_asked, response, request) => {
      fresh.add(request.socket);
      yes(response, []);
    };
    fresh.clear();
    for (let i = 0; i < 3; i++) await client.ask({ method: 'POST', path: '/api/v3/trigger_host_action', json: [] });
    expect(fresh.size).toBe(3);
  });

  it('a POST whose connection breaks is not sent twice', async () => {
    answer = (_asked, response) => void response.destroy();
    const before = server.asked.length;
    const answered = failure(await client.ask({ method: 'POST', path: '/api/v3/trigger_host_action', json: [] }));
    expect(answered.code).toBe('cut-off');
    expect(server.asked).toHaveLength(before + 1);
  });
});

describe('the body', () => {
  it('too-large: by its announced length, by what comes, and by what is unpacked', async () => {
    answer = (_asked, response) => void response.end(JSON.stringify({ success: true, result: 'x'.repeat(3_000) }));
    expect(failure(await hosts())).toMatchObject({ code: 'too-large', facts: { limit: 2_000, size: 3_028 } });
    answer = (_asked, response) => {
      response.write('{');
      response.end(' '.repeat(3_000));
    };
    expect(failure(await hosts())).toMatchObject({ code: 'too-large', facts: { limit: 2_000 } });
    answer = (_asked, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync(' '.repeat(1_000_000)));
    };
    expect(failure(await hosts())).toMatchObject({ code: 'too-large', facts: { limit: 2_000 } });
  });

  it('cut-off: fewer bytes than announced, plain and compressed', async () => {
    answer = (_asked, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"success":', () => response.destroy());
    };
    expect(failure(await hosts())).toMatchObject({ code: 'cut-off', facts: { size: 11 } });
    answer = (_asked, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync(JSON.stringify({ success: true })).subarray(0, -12));
    };
    expect(failure(await hosts()).code).toBe('cut-off');
  });

  it('cut-off: the connection ends before an answer', async () => {
    answer = (_asked, response) => void response.destroy();
    expect(failure(await hosts()).code).toBe('cut-off');
  });

  it('reads gzip', async () => {
    answer = (asked, response) => {
      expect(asked.headers['accept-encoding']).toBe('gzip');
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync(JSON.stringify({ success: true, msg: 'é', result: [1] })));
    };
    expect(await hosts()).toEqual({ ok: true, value: { result: [1], message: 'é' } });
  });

  it('malformed: what is no HTTP', async () => {
    answer = (_asked, response) => {
      response.socket?.end('hello\r\n\r\n');
    };
    expect(failure(await hosts()).code).toBe('malformed');
  });
});

describe('what the server says', () => {
  const html = '<!DOCTYPE html><html><head><title>401 Authorization Required</title></head></html>';

  it.each([
    ['server-broken', 502, html, {}],
    ['server-broken', 500, html, {}],
    ['too-large', 413, html, {}],
    ['absent', 404, html, {}],
    ['absent', 405, html, {}],
    ['not-wapt', 200, html, {}],
    ['not-wapt', 302, '', { location: '/' }],
    ['malformed', 200, 'hello', {}],
    ['malformed', 200, '[]', {}],
    ['malformed', 200, '{"result":[]}', {}],
    ['malformed', 418, 'teapot', {}],
    ['client-certificate-needed', 401, html, {}],
    ['client-certificate-needed', 400, '<html>400 No required SSL certificate was sent</html>', {}],
    ['forbidden', 403, 'Restricted access.\n', {}],
  ] as const)('%s: %d', async (code, status, body, headers) => {
    answer = (_asked, response) => page(response, status, body, headers);
    expect(failure(await hosts())).toMatchObject({
      code,
      facts: { status, route: '/api/v3/hosts', host: 'localhost' },
    });
  });

  it('forbidden: with the right that is missing, by the route', async () => {
    answer = (_asked, response) => page(response, 403, 'Restricted access.\n');
    const right = async (method: 'GET' | 'POST' | 'DELETE', path: string) =>
      failure(await client.ask({ method, path })).facts?.['right'];
    expect(await right('GET', '/api/v1/host_data')).toBe('view');
    expect(await right('POST', '/api/v3/trigger_host_action')).toBe('trigger_host_action');
    expect(await right('POST', '/api/v3/upload_packages')).toBe('edit_wua_package');
    expect(await right('POST', '/api/v3/packages_delete')).toBe('edit_base_package');
    expect(await right('POST', '/api/v3/packages_for_hosts')).toBeNull();
    expect(await right('GET', '/api/v3/wsusscan2_history')).toBe('view');
    expect(await right('DELETE', '/api/v3/wsusscan2_history')).toBe('admin');
  });

  it('server-said: an envelope that says no, with any status', async () => {
    const no = { success: false, error_code: 'dataerror', msg: "Error on server:\nDataError('x',)" };
    for (const status of [200, 201, 500]) {
      answer = (_asked, response) => json(response, no, status);
      expect(failure(await hosts())).toMatchObject({
        code: 'server-said',
        facts: { serverCode: 'dataerror', serverMessage: no.msg, status },
      });
    }
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'takes the code %s of a server for a word and nothing else',
    async (code) => {
      answer = (_asked, response) => json(response, { success: false, error_code: code, msg: 'no' });
      expect(failure(await hosts())).toMatchObject({ code: 'server-said', facts: { serverCode: code } });
    },
  );

  it('a success without result and an empty column are null', async () => {
    answer = (_asked, response) => json(response, { success: true, msg: 'ok' });
    expect(await hosts()).toEqual({ ok: true, value: { result: null, message: 'ok' } });
    answer = (_asked, response) => json(response, { success: false, error_code: 'empty_data', msg: 'none' });
    expect(await hosts()).toEqual({ ok: true, value: { result: null, message: 'none' } });
  });
});
