import { createServer as createHttpServer } from 'node:http';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseConfiguredDialect } from './dialect.ts';
import { downloadIndex, indexState } from './downloads.ts';
import { fileOnServer } from './files.ts';
import { listHosts } from './hosts.ts';
import { LIMITS } from './limits.ts';
import { readIndex, readPackageBytes } from './repository.ts';
import { signIn } from './session.ts';
import {
  listen,
  makeChain,
  optionsFor,
  page,
  signedIn,
  standIn,
  startServer,
  type TestServer,
  yes,
} from './testing.ts';
import { mayCarryCredentials } from './transport.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

let chain: Awaited<ReturnType<typeof makeChain>>;
let server: TestServer;
beforeAll(async () => {
  chain = await makeChain();
  server = await startServer(chain.served, (asked, response) => {
    if (!standIn(asked, response)) yes(response, []);
  });
});
afterEach(() => {
  server.asked.length = 0;
});
afterAll(async () => {
  await server.close();
});

/** A proxy that keeps the heads it was sent, and opens tunnels or answers `refusal`. */
async function startProxy(refusal: string | null) {
  const heads: { readonly method: string; readonly url: string; readonly headers: object }[] = [];
  const proxy = createHttpServer((request, response) => {
    heads.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    response.end();
  });
  proxy.on('connect', (request, socket) => {
    heads.push({ method: 'CONNECT', url: request.url ?? '', headers: request.headers });
    socket.on('error', () => undefined);
    if (refusal !== null) {
      socket.end(refusal);
      return;
    }
    const [host, port] = (request.url ?? '').split(':');
    const target = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(socket);
      socket.pipe(target);
    });
    target.on('error', () => socket.destroy());
    socket.on('close', () => target.destroy());
  });
  const port = await listen(proxy);
  closers.push(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return { url: `http://127.0.0.1:${port}`, heads };
}

describe('the bounds', () => {
  it('are those of the design', () => {
    const mb = 1024 ** 2;
    expect(LIMITS).toMatchObject({ json: 64 * mb, package: 4_096 * mb });
    expect(LIMITS).toMatchObject({ connectMs: 4_000, readMs: 60_000, uploadMs: 300_000 });
  });
});

describe('redirects', () => {
  it('are followed nowhere, neither to another server nor on the same one', async () => {
    const elsewhere = await startServer(chain.served, (_asked, response) => yes(response, {}));
    const moved = await startServer(chain.served, (asked, response) => {
      const target = asked.url === '/ping' ? `${elsewhere.address.origin}/ping` : '/api/v3/other';
      page(response, 302, '<html>moved', { location: target });
    });
    closers.push(elsewhere.close, moved.close);
    const refused = await signIn(optionsFor(moved, chain.ca.cert), { user: 'admin', password: 'right' });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'not-wapt', facts: { reason: 'redirect', status: 302 } },
    });
    expect(moved.asked).toHaveLength(1);
    expect(elsewhere.asked).toHaveLength(0);
  });

  it('of a file are not followed either', async () => {
    const moving = await startServer(chain.served, (asked, response) => {
      if (!standIn(asked, response)) page(response, 301, '', { location: `${server.address.origin}/wapt/Packages` });
    });
    closers.push(moving.close);
    const client = await signedIn(optionsFor(moving, chain.ca.cert));
    expect(await readIndex(client, null)).toMatchObject({ ok: false, error: { code: 'not-wapt' } });
    expect(server.asked).toHaveLength(0);
    client.close();
  });
});

describe('credentials', () => {
  it('do not leave before the ping said that a WAPT server is there', async () => {
    const other = await startServer(chain.served, (_asked, response) => page(response, 200, '<html>intranet'));
    closers.push(other.close);
    await signIn(optionsFor(other, chain.ca.cert), { user: 'admin', password: 'right' });
    expect(other.asked.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /ping']);
    expect(other.asked[0]?.headers.authorization).toBeUndefined();
  });

  it('go with each API call, as Basic and as the cookie, which is kept at path / (protocol 12.1)', async () => {
    const client = await signedIn(optionsFor(server, chain.ca.cert));
    await listHosts(client);
    await client.ask({ method: 'GET', path: '/api/v1/host_data', query: { uuid: 'a', field: 'dmi' } });
    for (const asked of server.asked.slice(-2)) {
      expect(asked.headers.authorization).toBe(`Basic ${Buffer.from('admin:right').toString('base64')}`);
      expect(asked.headers.cookie).toBe('session=<opaque>');
    }
    client.close();
  });

  it('never go to the folders that need none', async () => {
    const client = await signedIn(optionsFor(server, chain.ca.cert));
    server.asked.length = 0;
    await readIndex(client, { etag: '"1"', lastModified: null });
    await readPackageBytes(client, { filename: 'tis-wua_1.wapt' });
    await indexState(client);
    await fileOnServer(client, 'http://download.windowsupdate.com/d/msdownload/a_0123.cab');
    expect(server.asked.map(({ url }) => url)).toEqual([
      '/wapt/Packages',
      '/wapt/tis-wua_1.wapt',
      '/waptwua/wsusscn2.cab',
      '/waptwua/a_0123.cab',
    ]);
    for (const { headers } of server.asked) {
      expect(headers.authorization).toBeUndefined();
      expect(headers.cookie).toBeUndefined();
    }
    client.close();
  });

  it.each([
    '/wapt/x',
    '/WAPT/x',
    '/waptwua',
    '//evil.example/api',
    '/\\evil.example',
    '/api/../wapt/x',
    '/%77apt/x',
    '/api//x',
    'api/x',
    '/wapt-host/a',
  ])('are kept from %s, also when a configured dialect says so', async (path) => {
    expect(mayCarryCredentials(server.address, { path })).toBe(false);
    expect(
      parseConfiguredDialect(JSON.stringify({ operations: { 'list-updates': { method: 'GET', path } } })),
    ).toMatchObject({
      ok: false,
      error: { code: 'bad-request' },
    });
    const client = await signedIn(optionsFor(server, chain.ca.cert));
    server.asked.length = 0;
    expect(await client.ask({ method: 'GET', path })).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(server.asked).toHaveLength(0);
    client.close();
  });

  it('are forgotten when one signs out', async () => {
    const client = await signedIn(optionsFor(server, chain.ca.cert));
    await client.signOut();
    server.asked.length = 0;
    expect(await listHosts(client)).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(server.asked).toHaveLength(0);
    expect(JSON.stringify(client)).not.toContain('right');
  });
});

describe('a proxy', () => {
  it('sees the name of the server and nothing else', async () => {
    const proxy = await startProxy(null);
    const client = await signedIn(optionsFor(server, chain.ca.cert, { proxy: proxy.url }));
    expect(await listHosts(client)).toMatchObject({ ok: true });
    expect(proxy.heads.length).toBeGreaterThan(0);
    for (const head of proxy.heads) {
      expect(head.method).toBe('CONNECT');
      expect(head.url).toBe(`localhost:${server.address.port}`);
      expect(JSON.stringify(head.headers)).not.toMatch(/authorization|cookie|Basic/i);
    }
    client.close();
  });

  it.each([401, 403, 404, 407, 502])('that answers %d is not taken for the server', async (status) => {
    const proxy = await startProxy(
      `HTTP/1.1 ${status} No\r\ncontent-length: 0\r\nwww-authenticate: Basic realm="x"\r\n\r\n`,
    );
    const options = optionsFor(server, chain.ca.cert, { proxy: proxy.url });
    const answer = await signIn(options, { user: 'admin', password: 'right' });
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'proxy', facts: { status, proxy: new URL(proxy.url).host } },
    });
    expect(server.asked).toHaveLength(0);
  });

  it('is never taken from the environment', async () => {
    const proxy = await startProxy('HTTP/1.1 502 No\r\n\r\n');
    process.env['HTTPS_PROXY'] = proxy.url;
    process.env['https_proxy'] = proxy.url;
    closers.push(() => {
      delete process.env['HTTPS_PROXY'];
      delete process.env['https_proxy'];
    });
    const client = await signedIn(optionsFor(server, chain.ca.cert));
    expect(proxy.heads).toEqual([]);
    client.close();
  });
});

describe('a configured dialect', () => {
  it('is asked where it says, on the same server', async () => {
    const parsed = parseConfiguredDialect(
      JSON.stringify({
        operations: { 'download-index': { method: 'POST', path: '/api/v3/fetch', parameters: { force: 'again' } } },
      }),
    );
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
    const client = await signedIn(
      optionsFor(server, chain.ca.cert, { configured: parsed.value, dialect: 'configured' }),
    );
    await downloadIndex(client, { force: true, missing: false });
    const last = server.asked.at(-1);
    expect([last?.method, last?.url, last?.body.toString()]).toEqual(['POST', '/api/v3/fetch', '{"again":true}']);
    client.close();
  });
});
