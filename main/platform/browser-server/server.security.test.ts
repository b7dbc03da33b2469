import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../../domain/result.ts';
import { createDownloads, DOWNLOAD_MS, type Downloads } from '../../exports/downloads.ts';
import { createEventHub, type EventHub } from '../../ipc/events.ts';
import type { Handler } from '../../ipc/handle.ts';
import { jsonList } from '../../json-text.ts';
import { temporaryFolder } from '../testing.ts';
import { type BrowserServer, type PageSender, startBrowserServer } from './server.ts';
import { TOKEN_MINUTES } from './sessions.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let folder: ReturnType<typeof temporaryFolder>;
let server: BrowserServer;
let events: EventHub;
let asked: [PageSender, unknown, unknown, unknown][];
let downloads: Downloads;
let now: number;
let answered: Awaited<ReturnType<Handler<PageSender>>>;

const handle: Handler<PageSender> = (sender, name, request, desk) => {
  asked.push([sender, name, request, desk]);
  return Promise.resolve(answered);
};

beforeEach(async () => {
  folder = temporaryFolder();
  const renderer = join(folder.path, 'renderer');
  mkdirSync(join(renderer, 'assets'), { recursive: true });
  writeFileSync(
    join(renderer, 'index.html'),
    '<!doctype html><html><head lang="en"><meta name="n" content="__CSP_NONCE__"></head></html>',
  );
  writeFileSync(join(renderer, 'assets', 'index-1a2b.js'), 'export {};');
  writeFileSync(join(renderer, 'assets', 'index.js.map'), '{}');
  writeFileSync(join(renderer, '.env.js'), 'hidden');
  writeFileSync(join(folder.path, 'secret.js'), 'secret');
  symlinkSync(join(folder.path, 'secret.js'), join(renderer, 'linked.js'));
  writeFileSync(join(folder.path, 'bridge.js'), '"bridge"');
  asked = [];
  answered = ok('answer');
  now = Date.now();
  events = createEventHub();
  downloads = createDownloads(() => now);
  server = await startBrowserServer({
    port: 0,
    renderer,
    bridge: join(folder.path, 'bridge.js'),
    handle,
    events,
    downloads,
    log: { error: (message, facts) => expect.unreachable(`${message} ${JSON.stringify(facts)}`) },
    now: () => now,
  });
});

afterEach(async () => {
  await server.stop();
  await downloads.clear();
  folder.remove();
});

const ask = (
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> =>
  new Promise((done, failed) => {
    const { method = 'GET', headers = {}, body } = options;
    const request = httpRequest({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    request.on('error', failed);
    request.end(body);
  });

const origin = (): string => `http://127.0.0.1:${server.port}`;
const tokenOf = (address: string): string => address.split('#token=')[1] ?? '';
const post = (path: string, value: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(path, { method: 'POST', headers: { origin: origin(), ...headers }, body: JSON.stringify(value) });

const exchange = async (token: string): Promise<string | null> => {
  const answer = await post('/session', { token });
  return answer.status === 200 ? (JSON.parse(answer.body) as { secret: string }).secret : null;
};
const signedIn = async (): Promise<string> => (await exchange(tokenOf(server.address()))) ?? '';

describe('who may ask', () => {
  it('answers a page that has changed its token for a secret', async () => {
    const secret = await signedIn();
    const answer = await post('/call/app.info', {}, { 'x-console-session': secret });
    expect(answer).toMatchObject({ status: 200, body: '{"ok":true,"value":"answer"}' });
    expect(asked).toEqual([['page-1', 'app.info', {}, undefined]]);
  });

  it('takes a token once', async () => {
    const token = tokenOf(server.address());
    expect(await exchange(token)).not.toBeNull();
    expect(await exchange(token)).toBeNull();
  });

  it('takes a token while it is fresh', async () => {
    const token = tokenOf(server.address());
    now += TOKEN_MINUTES * 60_000;
    expect(await exchange(token)).toBeNull();
  });

  it('takes the newest token only', async () => {
    const first = tokenOf(server.address());
    const second = tokenOf(server.address());
    expect(await exchange(first)).toBeNull();
    expect(await exchange(second)).not.toBeNull();
  });

  it.each([[null], [''], ['x'.repeat(43)], [{ length: 43 }], [['a']]])('takes no token like %j', async (token) => {
    server.address();
    expect((await post('/session', { token })).status).toBe(401);
  });

  it.each([
    ['no secret', {}],
    ['a wrong secret', { 'x-console-session': 'x'.repeat(43) }],
    ['a secret in a cookie', { cookie: 'x-console-session=SECRET; waptwua.session=SECRET' }],
    ['a secret as authorization', { authorization: 'Bearer SECRET' }],
  ] as const)('refuses a call with %s', async (_what, headers) => {
    const secret = await signedIn();
    const filled = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replaceAll('SECRET', secret)]),
    );
    expect((await post('/call/app.info', {}, filled)).status).toBe(401);
    expect((await ask('/events', { headers: filled })).status).toBe(401);
    expect((await ask(`/events?x-console-session=${secret}`, { headers: filled })).status).toBe(401);
    expect(asked).toEqual([]);
  });

  it.each([
    ['localhost:PORT'],
    ['evil.example'],
    ['127.0.0.1'],
    ['127.0.0.1:1'],
    ['127.0.0.1.evil.example:PORT'],
    ['[::1]:PORT'],
  ])('refuses the host %s, for the page as for calls', async (name) => {
    const host = name.replace('PORT', String(server.port));
    const secret = await signedIn();
    expect((await ask('/', { headers: { host } })).status).toBe(403);
    expect((await post('/call/app.info', {}, { host, 'x-console-session': secret })).status).toBe(403);
    expect((await post('/session', { token: tokenOf(server.address()) }, { host })).status).toBe(403);
    expect(asked).toEqual([]);
  });

  it.each([
    ['https://evil.example'],
    ['http://127.0.0.1:1'],
    ['https://127.0.0.1:PORT'],
    ['http://localhost:PORT'],
    ['null'],
    [''],
  ])('refuses the origin %j', async (text) => {
    const foreign = text.replace('PORT', String(server.port));
    const secret = await signedIn();
    const headers = { origin: foreign, 'x-console-session': secret };
    expect((await post('/call/app.info', {}, headers)).status).toBe(403);
    expect((await ask('/events', { headers })).status).toBe(403);
    expect((await post('/session', { token: tokenOf(server.address()) }, { origin: foreign })).status).toBe(403);
    expect(asked).toEqual([]);
  });

  it('refuses what is posted without an origin, and what a browser calls cross-site', async () => {
    const secret = await signedIn();
    const headers = { 'x-console-session': secret };
    expect((await ask('/call/app.info', { method: 'POST', headers, body: '{}' })).status).toBe(403);
    expect((await post('/call/app.info', {}, { ...headers, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post('/call/app.info', {}, { ...headers, 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await ask('/events', { headers: { ...headers, 'sec-fetch-site': 'none' } })).status).toBe(403);
    expect(asked).toEqual([]);
  });

  it('listens on 127.0.0.1 and on no other address', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .map(({ address }) => address)
      .filter((address) => address !== '127.0.0.1' && !address.startsWith('fe80'));
    for (const host of [...others, '127.0.0.2']) {
      const reached = await new Promise<boolean>((done) => {
        const socket = connect({ host, port: server.port, timeout: 500 }, () => done(true));
        socket.on('error', () => done(false));
        socket.on('timeout', () => done(false));
        socket.on('connect', () => socket.destroy());
      });
      expect([host, reached]).toEqual([host, false]);
    }
  });

  it('sets no cookie and allows no other origin', async () => {
    const answers = [await ask('/'), await post('/session', { token: tokenOf(server.address()) }), await ask('/x')];
    for (const { headers } of answers) {
      expect(headers['set-cookie']).toBeUndefined();
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

describe('what is sent', () => {
  it.each([
    ['no JSON', '{"a":', 400, 'bad-request'],
    ['a body over the limit', JSON.stringify('x'.repeat(33 * 1024 * 1024)), 413, 'too-large'],
  ])('refuses %s, and says so', async (_what, body, status, code) => {
    const headers = { origin: origin(), 'x-console-session': await signedIn() };
    const answer = await ask('/call/app.info', { method: 'POST', headers, body });
    expect(answer).toMatchObject({ status, body: JSON.stringify({ ok: false, error: { code } }) });
    expect(asked).toEqual([]);
  });

  it('does not read on for ever what is far too large', async () => {
    const headers = { origin: origin(), 'x-console-session': await signedIn() };
    const options = { host: '127.0.0.1', port: server.port, path: '/call/app.info', method: 'POST', headers };
    const sent = await new Promise<number>((done) => {
      const request = httpRequest(options);
      const block = Buffer.alloc(4 * 1024 * 1024, 0x20);
      let bytes = 0;
      const more = (): void => {
        bytes += block.length;
        if (bytes > 1024 ** 3) request.destroy();
        else request.write(block, (error) => (error ? undefined : more()));
      };
      request.once('close', () => done(bytes));
      request.on('error', () => undefined);
      more();
    });
    expect(sent).toBeLessThan(256 * 1024 * 1024);
    expect(asked).toEqual([]);
  });

  it('is judged by name before it is read: nobody without a secret fills the memory', async () => {
    const body = 'x'.repeat(5 * 1024 * 1024);
    const answer = await ask('/call/app.info', { method: 'POST', headers: { origin: origin() }, body }).catch(
      () => null,
    );
    if (answer) expect(answer.status).toBe(401);
    const token = JSON.stringify({ token: tokenOf(server.address()), more: 'x'.repeat(2048) });
    expect((await ask('/session', { method: 'POST', headers: { origin: origin() }, body: token })).status).toBe(401);
  });

  it.each([['GET'], ['PUT'], ['DELETE'], ['OPTIONS']])('answers no call by %s', async (method) => {
    const headers = { origin: origin(), 'x-console-session': await signedIn() };
    expect((await ask('/call/app.info', { method, headers })).status).toBe(405);
    expect(asked).toEqual([]);
  });
});

describe('a large answer', () => {
  const rows = Array.from({ length: 60_000 }, (_, n) => ({ n, title: `更新 🖥 ${'x'.repeat(n % 300)}` }));
  const large = () =>
    ok(
      jsonList(
        rows.map((each) => JSON.stringify(each)),
        '{"rows":',
        '}',
      ),
    );

  it('is sent as the text that it is, its length told before', async () => {
    answered = large();
    const answer = await post('/call/updates.list', {}, { 'x-console-session': await signedIn() });
    expect(answer.status).toBe(200);
    expect(answer.body === JSON.stringify(ok({ rows }))).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(answer.body)),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });

  it('is sent to no page without a secret', async () => {
    answered = large();
    const refused = await post('/call/updates.list', {}, { 'x-console-session': 'x'.repeat(43) });
    expect(refused).toMatchObject({ status: 401, body: '{"ok":false,"error":{"code":"foreign-sender"}}' });
    expect(asked).toEqual([]);
  });

  it('comes whole to a page that reads slowly, and its memory is given back only then', async () => {
    const { value: text } = large();
    answered = ok(text);
    const { bytes } = text;
    const headers = { origin: origin(), 'x-console-session': await signedIn() };
    const body = await new Promise<string>((done, failed) => {
      const options = { host: '127.0.0.1', port: server.port, path: '/call/updates.list', method: 'POST', headers };
      const request = httpRequest(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          response.pause();
          setTimeout(() => response.resume(), chunks.length === 1 ? 300 : 1);
        });
        response.on('end', () => done(Buffer.concat(chunks).toString()));
        // More than the buffers of a connection take is still here.
        setTimeout(() => text.bytes === bytes || failed(new Error('freed too early')), 150);
      });
      request.on('error', failed);
      request.end('{}');
    });
    expect(body === JSON.stringify(ok({ rows }))).toBe(true);
    await expect.poll(() => text.bytes).toBe(0);
  });

  it('that a page leaves in the middle harms nobody else', async () => {
    answered = large();
    const secret = await signedIn();
    await new Promise<void>((done) => {
      const headers = { origin: origin(), 'x-console-session': secret };
      const options = { host: '127.0.0.1', port: server.port, path: '/call/updates.list', method: 'POST', headers };
      const request = httpRequest(options, (response) => {
        response.once('data', () => request.destroy());
        response.once('close', done);
      });
      request.on('error', () => {});
      request.end('{}');
    });
    const again = await post('/call/updates.list', {}, { 'x-console-session': secret });
    expect(again.status).toBe(200);
  });
});

describe('what is served', () => {
  it('gives the page with a policy of its own for each load', async () => {
    const [first, second] = [await ask('/'), await ask('/index.html')];
    const policy = String(first.headers['content-security-policy']);
    const nonce = /'nonce-([A-Za-z0-9+/=]+)'/.exec(policy)?.[1] ?? '';
    expect(nonce.length).toBeGreaterThanOrEqual(22);
    expect(policy).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; ` +
        "font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    );
    expect(first.body).toContain(
      `<head lang="en"><script src="/bridge.js"></script><meta name="n" content="${nonce}">`,
    );
    expect(second.body).not.toContain(nonce);
    expect(first.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  });

  it('gives files of the bundle with their type', async () => {
    const script = await ask('/assets/index-1a2b.js');
    expect(script).toMatchObject({ status: 200, body: 'export {};' });
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect((await ask('/bridge.js')).body).toBe('"bridge"');
  });

  it.each([
    ['/../secret.js'],
    ['/assets/../../secret.js'],
    ['/..%2fsecret.js'],
    ['/%2e%2e/secret.js'],
    ['/%2e%2e%2fsecret.js'],
    ['/..\\secret.js'],
    ['/assets/..%5c..%5csecret.js'],
    ['//secret.js'],
    ['/./secret.js'],
    ['/linked.js'],
    ['/.env.js'],
    ['/assets/index.js.map'],
    ['/assets'],
    ['/index.html/'],
    ['/secret.js%00.html'],
    ['/etc/passwd'],
    ['/C:/Windows/win.js'],
    ['http://127.0.0.1/secret.js'],
    [''],
    ['*'],
  ])('gives nothing for %j', async (path) => {
    const answer = await ask(path === '' ? '?x' : path).catch(() => null);
    if (!answer) return;
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toContain('secret\n');
    expect(answer.body).not.toMatch(/^(secret|hidden)$/);
  });
});

describe('events', () => {
  it('go to a page with a secret as lines, those missed first', async () => {
    const secret = await signedIn();
    events.emit('hosts.tasks', { uuid: 'one' });
    events.emit('hosts.tasks', { uuid: 'two' });
    const lines = await new Promise<string[]>((done, failed) => {
      const headers = { 'x-console-session': secret };
      const options = { host: '127.0.0.1', port: server.port, path: '/events?after=1', headers };
      const request = httpRequest(options, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
          if (text.includes('three')) {
            request.destroy();
            done(text.trim().split('\n'));
          }
        });
        events.emit('hosts.tasks', { uuid: 'three' });
      });
      request.on('error', failed);
      request.end();
    });
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      { id: 2, name: 'hosts.tasks', payload: { uuid: 'two' }, desk: null },
      { id: 2 },
      { id: 3, name: 'hosts.tasks', payload: { uuid: 'three' }, desk: null },
    ]);
  });
});

describe('a file that is fetched once', () => {
  const offer = (text = 'Secret;list'): { readonly path: string; readonly file: string } => {
    const file = join(folder.path, 'export.part');
    writeFileSync(file, text);
    return {
      file,
      path: downloads.offer({ file, name: 'hosts.csv', type: 'text/csv; charset=utf-8', bytes: text.length }),
    };
  };

  it('is sent for saving, never for showing, and is gone afterwards', async () => {
    const { path, file } = offer();
    const answer = await ask(path, { headers: { 'sec-fetch-site': 'same-origin' } });
    expect(answer).toMatchObject({ status: 200, body: 'Secret;list' });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="hosts.csv"',
      'content-length': '11',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
    });
    await expect.poll(() => existsSync(file)).toBe(false);
  });

  it('is not sent twice', async () => {
    const { path } = offer();
    expect((await ask(path)).status).toBe(200);
    expect((await ask(path)).status).toBe(404);
  });

  it('is not sent once its minute is over, and is removed', async () => {
    const { path, file } = offer();
    now += DOWNLOAD_MS;
    expect((await ask(path)).status).toBe(404);
    await expect.poll(() => existsSync(file)).toBe(false);
  });

  it.each<[string, Record<string, string>]>([
    ['under another name of this computer', { host: 'evil.example' }],
    ['for a page of another origin', { origin: 'https://evil.example' }],
    ['for a link on another site', { 'sec-fetch-site': 'cross-site' }],
    ['for another port of this computer', { 'sec-fetch-site': 'same-site' }],
    ['for an address that somebody typed', { 'sec-fetch-site': 'none' }],
  ])('is not sent %s', async (_why, headers) => {
    const { path } = offer();
    const refused = await ask(path, { headers });
    expect(refused.status).toBe(403);
    expect(refused.body).not.toContain('Secret');
    // The window that was given it still gets it.
    expect((await ask(path, { headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(200);
  });

  it.each([
    [''],
    ['../secret.js'],
    ['%2e%2e%2fsecret.js'],
    ['export.part'],
    ['..%2fexport.part'],
    ['__proto__'],
    ['x'.repeat(43)],
  ])('is found by its token and by nothing else: %j', async (token) => {
    offer();
    expect((await ask(`/download/${token}`)).status).toBe(404);
  });

  it.each([['POST'], ['PUT'], ['DELETE'], ['HEAD']])('is not sent to %s', async (method) => {
    const { path } = offer();
    expect((await ask(path, { method, headers: { origin: origin() } })).status).toBe(405);
    expect((await ask(path)).status).toBe(200);
  });
});
