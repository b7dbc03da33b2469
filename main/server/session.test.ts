import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ServerInfo } from '../../contract/schemas/session.ts';
import { listHosts } from './hosts.ts';
import { signIn } from './session.ts';
import {
  type Asked,
  json,
  makeChain,
  optionsFor,
  page,
  recorded,
  replay,
  signedIn,
  startServer,
  type TestServer,
  yes,
} from './testing.ts';

let chain: Awaited<ReturnType<typeof makeChain>>;
let server: TestServer;
let reply: Parameters<typeof startServer>[1];

const pathOf = ({ url }: Asked): string => url.split('?')[0] ?? '';
const pong = (changes: Readonly<Record<string, unknown>>) => ({
  success: true,
  msg: 'WAPT Server running',
  result: { ...(recorded('00-ping').response.body as { result: object }).result, ...changes },
});
const login = (result: unknown) => ({ success: true, msg: 'Authentication OK', result });
const signInNow = (user = 'admin', password = 'right') => signIn(optionsFor(server, chain.ca.cert), { user, password });

beforeAll(async () => {
  chain = await makeChain();
  server = await startServer(chain.served, (asked, response, request) => reply(asked, response, request));
});
afterEach(() => {
  server.asked.length = 0;
});
afterAll(async () => {
  await server.close();
});

describe('signing in', () => {
  it('tells what the server is, as recorded', async () => {
    reply = (asked, response) => {
      const path = pathOf(asked);
      replay(
        response,
        recorded(path === '/ping' ? '00-ping' : path === '/api/v3/login' ? '01-login-ok-json' : '12-unknown-route-404'),
      );
    };
    const client = await signedIn(optionsFor(server, chain.ca.cert, { dialect: 'auto' }));
    expect(client.info).toMatchObject({
      version: '1.8.2',
      edition: 'community',
      uuid: '11111111-2222-11ec-8000-0123456789ab',
      dialect: 'derived',
      user: 'admin',
      rights: ['admin'],
      hostCount: 6,
    });
    client.close();
  });

  it.each([
    ['a page', (response: Parameters<typeof page>[0]) => page(response, 200, '<html>intranet')],
    ['a 404', (response: Parameters<typeof page>[0]) => page(response, 404, '<html>')],
    ['other JSON', (response: Parameters<typeof page>[0]) => json(response, { hello: 'world' })],
    ['an envelope without version', (response: Parameters<typeof page>[0]) => yes(response, {})],
    ['a list', (response: Parameters<typeof page>[0]) => yes(response, [])],
    [
      'a 401 of its own',
      (response: Parameters<typeof page>[0]) => page(response, 401, 'who?', { 'www-authenticate': 'Basic realm="x"' }),
    ],
  ])('not-wapt: %s instead of a ping', async (_name, answer) => {
    reply = (_asked, response) => answer(response);
    expect(await signInNow()).toMatchObject({ ok: false, error: { code: 'not-wapt' } });
    expect(server.asked).toHaveLength(1);
  });

  it('too-old: before the password is sent', async () => {
    reply = (_asked, response) => json(response, pong({ version: '1.6.2.7' }));
    expect(await signInNow()).toMatchObject({
      ok: false,
      error: { code: 'too-old', facts: { version: '1.6.2.7', limit: '1.7' } },
    });
    expect(server.asked).toHaveLength(1);
  });

  it('server-broken, client-certificate-needed: nginx stands before a server that is down, or wants a certificate', async () => {
    reply = (_asked, response) => page(response, 502, '<html>502 Bad Gateway');
    expect(await signInNow()).toMatchObject({ ok: false, error: { code: 'server-broken', facts: { status: 502 } } });
    reply = (_asked, response) => page(response, 401, '<html><title>401 Authorization Required</title>');
    expect(await signInNow()).toMatchObject({ ok: false, error: { code: 'client-certificate-needed' } });
  });

  it('password-refused: as recorded; server-said where the database is down', async () => {
    reply = (asked, response) =>
      replay(response, recorded(pathOf(asked) === '/ping' ? '00-ping' : '01-login-bad-password'));
    expect(await signInNow()).toMatchObject({ ok: false, error: { code: 'password-refused', facts: { status: 401 } } });
    reply = (asked, response) =>
      pathOf(asked) === '/ping'
        ? json(response, pong({}))
        : json(response, { success: false, error_code: 'operationalerror', msg: 'Error on server:\n…' });
    expect(await signInNow()).toMatchObject({
      ok: false,
      error: { code: 'server-said', facts: { serverCode: 'operationalerror' } },
    });
  });

  it('takes the clock difference from the Date of the ping', async () => {
    reply = (asked, response) => {
      response.setHeader('date', new Date(Date.now() - 600_000).toUTCString());
      json(response, pathOf(asked) === '/ping' ? pong({}) : login({}));
    };
    const client = await signedIn(optionsFor(server, chain.ca.cert));
    expect(Math.abs((client.info.clockDifference ?? 0) + 600)).toBeLessThanOrEqual(2);
    client.close();
  });

  it('asks old servers for the rights, and says null where they do not tell', async () => {
    let infos: unknown = { user: 'jane', user_acls: { abc: ['view', 'edit_wua_package'], '*': ['view'] } };
    reply = (asked, response) => {
      if (pathOf(asked) === '/ping') json(response, pong({}));
      else if (pathOf(asked) === '/api/v3/login')
        json(response, login({ edition: 'enterprise', hosts_count: 3, version: '1.7.4', server_uuid: 'u' }));
      else yes(response, infos);
    };
    const options = optionsFor(server, chain.ca.cert);
    const first = await signedIn(options);
    expect(first.info).toMatchObject({
      user: 'jane',
      rights: ['edit_wua_package', 'view'],
      edition: 'enterprise',
      hostCount: 3,
    });
    infos = { user: null, user_acls: null };
    const second = await signedIn(options);
    expect(second.info).toMatchObject({ user: 'admin', rights: null });
    first.close();
    second.close();
  });

  it('moves below the root that the server names, if a ping is answered there', async () => {
    for (const [answersThere, root] of [
      [true, '/wapt1'],
      [false, ''],
    ] as const) {
      reply = (asked, response) => {
        const path = pathOf(asked);
        if (path === '/ping' || (answersThere && path === '/wapt1/ping'))
          json(response, pong({ application_root: 'wapt1/' }));
        else if (path === `${root}/api/v3/login`) json(response, login({ user_acls: { '*': ['admin'] } }));
        else if (path === `${root}/api/v3/hosts`) yes(response, []);
        else page(response, 404, '<html>');
      };
      const client = await signedIn(optionsFor(server, chain.ca.cert));
      expect(await listHosts(client)).toMatchObject({ ok: true });
      client.close();
    }
  });
});

describe('a session that ends in the middle of work', () => {
  let password: string;
  const waiting: (() => void)[] = [];
  const told: string[] = [];

  const options = () => optionsFor(server, chain.ca.cert, { onExpired: () => told.push('expired') });

  const guarded: typeof reply = (asked, response) => {
    const path = pathOf(asked);
    if (path === '/ping') json(response, pong({}));
    else if (path === '/api/v3/login') {
      const given = JSON.parse(asked.body.toString()) as { password: string };
      replay(response, recorded(given.password === password ? '01-login-ok-json' : '01-login-bad-password'));
    } else if (path === '/api/v3/slow') waiting.push(() => yes(response, 'late'));
    else if (asked.headers.authorization === `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`)
      yes(response, []);
    else replay(response, recorded('03-hosts-anonymous'));
  };

  it('answers signed-out to all that is pending, sends nothing more, and goes on after the password was given again', async () => {
    password = 'right';
    reply = guarded;
    told.length = 0;
    const client = await signedIn(options());
    const pending = client.ask({ method: 'GET', path: '/api/v3/slow' });
    password = 'changed';
    expect(await listHosts(client)).toMatchObject({
      ok: false,
      error: { code: 'signed-out', facts: { route: '/api/v3/hosts' } },
    });
    expect(await pending).toMatchObject({ ok: false, error: { code: 'signed-out' } });
    expect(client.isExpired).toBe(true);
    const before = server.asked.length;
    expect(await listHosts(client)).toMatchObject({ ok: false, error: { code: 'signed-out' } });
    expect(server.asked).toHaveLength(before);
    expect(await client.reSignIn('wrong')).toMatchObject({ ok: false, error: { code: 'password-refused' } });
    expect(client.isExpired).toBe(true);
    expect(await client.reSignIn('changed')).toMatchObject({ ok: true });
    expect(client.isExpired).toBe(false);
    expect(await listHosts(client)).toMatchObject({ ok: true });
    expect(told).toEqual(['expired']);
    client.close();
  });

  it('is not opened again once it was closed, whatever comes of a sign-in that was under way', async () => {
    password = 'right';
    reply = guarded;
    const client = await signedIn(options());
    password = 'changed';
    await listHosts(client);
    const again = client.reSignIn('changed');
    client.close();
    expect(await again).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    const before = server.asked.length;
    expect(await listHosts(client)).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(server.asked).toHaveLength(before);
  });

  it('is not taken for the end of the session by a missing client certificate', async () => {
    password = 'right';
    reply = guarded;
    told.length = 0;
    const client = await signedIn(options());
    reply = (_asked, response) => page(response, 401, '<html>401');
    expect(await listHosts(client)).toMatchObject({ ok: false, error: { code: 'client-certificate-needed' } });
    expect(client.isExpired).toBe(false);
    expect(told).toEqual([]);
    client.close();
  });
});

describe('what a server lacks', () => {
  it('is learned when it is used, and told', async () => {
    const infos: ServerInfo[] = [];
    reply = (asked, response) => {
      if (pathOf(asked) === '/ping') json(response, pong({}));
      else if (pathOf(asked) === '/api/v3/login') json(response, login({ user_acls: { '*': ['view'] } }));
      else if (asked.method === 'GET') yes(response, pathOf(asked).endsWith('status') ? {} : []);
      else if (pathOf(asked).endsWith('delete_windows_updates')) page(response, 403, 'Restricted access.\n');
      else page(response, 404, '<html>');
    };
    const { deleteFiles, downloadUpdates } = await import('./downloads.ts');
    const client = await signedIn(
      optionsFor(server, chain.ca.cert, { dialect: 'auto', onInfo: (info) => infos.push(info) }),
    );
    expect(client.info.dialect).toBe('v3');
    expect(client.info.capabilities['download-updates']).toEqual({ available: true });
    expect(await downloadUpdates(client, ['a'])).toMatchObject({
      ok: false,
      error: { code: 'absent', facts: { operation: 'download-updates' } },
    });
    expect(await deleteFiles(client, ['a'])).toMatchObject({
      ok: false,
      error: { code: 'forbidden', facts: { right: 'admin' } },
    });
    expect(client.info.capabilities['download-updates']).toEqual({ available: false, reason: 'absent' });
    expect(client.info.capabilities['delete-files']).toEqual({ available: false, reason: 'forbidden' });
    expect(infos).toHaveLength(2);
    client.close();
  });
});
