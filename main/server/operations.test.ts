import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildPackagesIndex } from '../../wapt/index.ts';
import { postActions } from './actions.ts';
import { actionName, type ConfiguredDialect, parseConfiguredDialect, selectionAttribute } from './dialect.ts';
import {
  deleteFiles,
  downloadIndex,
  downloadUpdates,
  fileOnServer,
  forgetDownloads,
  indexState,
  likelyCause,
  listDownloads,
} from './downloads.ts';
import { packagesForHosts } from './host-packages.ts';
import { hostTasks } from './host-tasks.ts';
import { hostUpdates, listHosts } from './hosts.ts';
import { downloadPackage, readIndex, readPackageBytes, uploadPackage } from './repository.ts';
import type { ServerClient, ServerOptions } from './session.ts';
import {
  type Asked,
  json,
  makeChain,
  optionsFor,
  page,
  recorded,
  replay,
  signedIn,
  standIn,
  startServer,
  type TestServer,
  yes,
} from './testing.ts';
import type { Odd } from './tolerant.ts';
import { listUpdates } from './updates.ts';

type Reply = Parameters<typeof startServer>[1];

let chain: Awaited<ReturnType<typeof makeChain>>;
let server: TestServer;
let reply: Reply;
let folder: string;
const odd: Odd[] = [];
const open: ServerClient[] = [];

beforeAll(async () => {
  chain = await makeChain();
  folder = await mkdtemp(join(tmpdir(), 'server-'));
  server = await startServer(chain.served, (asked, response, request) => {
    if (!standIn(asked, response)) return reply(asked, response, request);
    return undefined;
  });
});
beforeEach(() => {
  odd.length = 0;
  server.asked.length = 0;
});
afterEach(() => {
  for (const client of open.splice(0)) client.close();
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const absent: Reply = (_asked, response) => replay(response, recorded('12-unknown-route-404'));

const client = async (more: Partial<ServerOptions> = {}): Promise<ServerClient> => {
  const opened = await signedIn(optionsFor(server, chain.ca.cert, { onOdd: (one) => odd.push(one), ...more }));
  open.push(opened);
  return opened;
};

/** A client whose server has every v3 route. */
const v3 = async (): Promise<ServerClient> => {
  reply = (asked, response) => yes(response, asked.url.includes('status') ? {} : []);
  const opened = await client({ dialect: 'v3' });
  server.asked.length = 0;
  return opened;
};

const lastAsked = (): Asked => {
  const last = server.asked.at(-1);
  if (last === undefined) throw new Error('nothing was asked');
  return last;
};
const line = ({ method, url, body }: Asked): string => `${method} ${decodeURIComponent(url)} ${body.toString()}`.trim();

describe('dialects', () => {
  it('v3: when its reads have the expected shape; nothing that changes something is probed', async () => {
    reply = (asked, response) => {
      if (!asked.url.startsWith('/api/v3/')) absent(asked, response, undefined as never);
      else yes(response, asked.url.includes('status') ? {} : []);
    };
    const { info } = await client({ dialect: 'auto' });
    expect(info.dialect).toBe('v3');
    expect(Object.values(info.capabilities).every(({ available }) => available)).toBe(true);
    expect(server.asked.slice(2).map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
    expect(server.asked.some(({ url }) => url.includes('download_'))).toBe(false);
  });

  it('v2: where only the routes of 2015 answer; what they lack is absent', async () => {
    reply = (asked, response, request) => {
      if (!asked.url.startsWith('/api/v2/')) return absent(asked, response, request);
      // No index yet.
      if (asked.url.includes('status')) return json(response, { success: false, msg: 'absent', error_code: '' });
      return yes(response, []);
    };
    const { info } = await client({ dialect: 'auto' });
    expect(info.dialect).toBe('v2');
    expect(info.capabilities).toMatchObject({
      'list-updates': { available: true },
      'forget-downloads': { available: true },
      'download-index': { available: true },
      'download-missing': { available: false, reason: 'absent' },
      'download-updates': { available: false, reason: 'absent' },
      'delete-files': { available: false, reason: 'absent' },
    });
  });

  it('forbidden: the routes are there for users with more rights', async () => {
    reply = (_asked, response) => page(response, 403, 'Restricted access.\n');
    const { info } = await client({ dialect: 'auto' });
    expect(info.dialect).toBe('v3');
    expect(info.capabilities['list-updates']).toEqual({ available: false, reason: 'forbidden' });
  });

  it('derived: on the recorded server, and where something else answers 200', async () => {
    reply = (_asked, response) => page(response, 200, '<html>intranet');
    expect((await client({ dialect: 'auto' })).info.dialect).toBe('derived');
    reply = absent;
    const derived = await client({ dialect: 'auto' });
    expect(derived.info.dialect).toBe('derived');
    expect(await listUpdates(derived)).toMatchObject({
      ok: false,
      error: { code: 'absent', facts: { dialect: 'derived' } },
    });
  });

  it('a probe that breaks on its way fails the sign-in, instead of taking the server for a lesser one', async () => {
    reply = (_asked, response) => void response.destroy();
    await expect(client({ dialect: 'auto' })).rejects.toThrow('cut-off');
  });

  it('configured: methods, paths, names, actions and the selection attribute are the administrator’s', async () => {
    const file = {
      operations: {
        'list-updates': { method: 'GET', path: '/api/v3/wsus', parameters: { limit: 'max' }, fixed: { all: '1' } },
        'delete-files': { method: 'DELETE', path: '/api/v3/wsus_files', parameters: { updateIds: 'ids' } },
      },
      actions: { scan: 'wua_scan' },
      selectionAttribute: 'update_ids',
    };
    const parsed = parseConfiguredDialect(JSON.stringify(file));
    const configured = (parsed as { value: ConfiguredDialect }).value;
    reply = (asked, response) =>
      yes(response, asked.method === 'GET' ? [{ update_id: 'a_1' }] : { deleted: ['a_1'], freed: 5 });
    const mine = await client({ dialect: 'auto', configured });
    expect(mine.info.dialect).toBe('configured');
    expect(mine.info.capabilities['download-updates']).toEqual({ available: false, reason: 'not-configured' });
    expect(await listUpdates(mine, { limit: 1 })).toMatchObject({
      ok: true,
      value: { isCutOff: true, updates: [{ updateId: 'a_1' }] },
    });
    expect(line(lastAsked())).toBe('GET /api/v3/wsus?all=1&max=1');
    expect(await deleteFiles(mine, ['a_1', 'b_2'])).toEqual({ ok: true, value: { deleted: ['a_1'], freed: 5 } });
    expect(line(lastAsked())).toBe('DELETE /api/v3/wsus_files?ids=a_1,b_2');
    expect([actionName(mine, 'scan'), actionName(mine, 'install'), selectionAttribute(mine)]).toEqual([
      'wua_scan',
      'trigger_waptwua_install',
      'update_ids',
    ]);
  });

  it.each([
    '',
    '{',
    '{"operations":{"list-updates":{"method":"PATCH","path":"/api"}}}',
    '{"operations":{"fly":{"method":"GET","path":"/api"}}}',
    '{"operations":{},"more":1}',
  ])('configured: refuses %s', (text) => {
    expect(parseConfiguredDialect(text)).toMatchObject({ ok: false, error: { code: 'bad-request', field: 'dialect' } });
  });
});

describe('hosts', () => {
  it('asks for its columns with a limit, and says when the answer has exactly that many rows', async () => {
    reply = (_asked, response) =>
      yes(response, [
        { uuid: 'A', depends: 'g1,g2' },
        { uuid: 'B', status_hashes: { wmi: 'x', n: 1 } },
      ]);
    const mine = await client();
    const page2 = await listHosts(mine, { limit: 2 });
    expect(page2).toMatchObject({ ok: true, value: { isCutOff: true, skipped: 0 } });
    expect(page2.ok && page2.value.hosts.map(({ groups, statusHashes }) => [groups, statusHashes])).toEqual([
      [['g1', 'g2'], null],
      [[], { wmi: 'x' }],
    ]);
    const query = new URL(lastAsked().url, 'https://s.invalid').searchParams;
    expect(query.get('limit')).toBe('2');
    for (const column of [
      'reachable',
      'waptwua_status',
      'wuauserv_status',
      'status_hashes',
      'updated_on',
      'audit_status',
    ]) {
      expect(query.get('columns')?.split(',')).toContain(column);
    }
    expect(await listHosts(mine, { limit: 3 })).toMatchObject({ value: { isCutOff: false } });
  });

  it('reads odd rows as far as they go: wrong types told once, what is no host skipped and counted, unknown keys of objects kept', async () => {
    const rows = [
      {
        uuid: 'A',
        computer_fqdn: ['x'],
        connected_ips: '192.0.2.1, 192.0.2.2',
        waptwua_status: { status: 'NEW', other: { deep: 1 } },
        surprise: 1,
      },
      { uuid: 'B', computer_fqdn: { a: 1 }, connected_ips: [null, 1, 'x'], waptwua_status: 'broken' },
      null,
      'text',
      { computer_fqdn: 'no uuid' },
    ];
    reply = (_asked, response) => yes(response, rows);
    const read = await listHosts(await client());
    expect(read).toMatchObject({
      ok: true,
      value: {
        skipped: 3,
        hosts: [
          {
            uuid: 'A',
            fqdn: null,
            ipAddresses: ['192.0.2.1', '192.0.2.2'],
            wuaStatus: { status: 'NEW', other: { deep: 1 } },
          },
          { uuid: 'B', fqdn: null, ipAddresses: ['1', 'x'], wuaStatus: null },
        ],
      },
    });
    expect(odd).toEqual([
      { route: '/api/v3/hosts', key: 'computer_fqdn', expected: 'text', got: 'list' },
      { route: '/api/v3/hosts', key: 'waptwua_status', expected: 'object', got: 'string' },
    ]);
  });

  it('malformed: no list at all; null is an empty one', async () => {
    reply = (_asked, response) => yes(response, { a: 1 });
    const mine = await client();
    expect(await listHosts(mine)).toMatchObject({
      ok: false,
      error: { code: 'malformed', facts: { route: '/api/v3/hosts' } },
    });
    reply = (_asked, response) => yes(response, null);
    expect(await listHosts(mine)).toMatchObject({ ok: true, value: { hosts: [] } });
  });

  it('reads 10,000 rows full of nulls, and both names of delayed', async () => {
    const blank = (recorded('06-host_data-wsusupdates').response.body as { result: readonly object[] }).result[0] ?? {};
    const nulls = Object.fromEntries(Object.keys(blank).map((key) => [key, null]));
    const rows = Array.from({ length: 10_000 }, (_, i) => ({
      ...nulls,
      update_id: `u_${i}`,
      ...(i % 2 === 0 ? { delayed: true } : { local_status_delayed: false }),
    }));
    reply = (_asked, response) => yes(response, rows);
    const read = await hostUpdates(await client(), 'A', undefined, (id) => id !== 'u_7');
    expect(read.ok && read.value.rows.length).toBe(10_000);
    expect(read.ok && read.value.rows.slice(0, 2).map(({ delayed }) => delayed)).toEqual([true, false]);
    expect(read.ok && read.value.updates.map(({ updateId, title, kbids }) => [updateId, title, kbids])).toEqual([
      ['u_7', '', []],
    ]);
    expect(odd).toEqual([]);
  });

  it('keeps the history of an update on a host, and bare KBs', async () => {
    const local_status_history = [{ date: '2026-01-01', result_code: -2145124329, operation: 'install' }, 'x'];
    reply = (_asked, response) => yes(response, [{ update_id: 'u_1', kbids: ['KB501', 502], local_status_history }]);
    const read = await hostUpdates(await client(), 'A');
    expect(read.ok && read.value.rows[0]?.history).toMatchObject([
      { date: '2026-01-01', resultCode: '-2145124329', title: null },
    ]);
    expect(read.ok && read.value.updates[0]?.kbids).toEqual(['501', '502']);
  });

  it('asks for the packages of hosts by section', async () => {
    reply = (_asked, response) =>
      yes(response, [{ package: 'p', version: '1', host_uuids: ['A', 'B'], install_status: 'OK', section: 'wsus' }]);
    const read = await packagesForHosts(await client(), { sections: ['wsus'] });
    expect(read.ok && read.value.rows.map(({ uuid }) => uuid)).toEqual(['A', 'B']);
    expect(JSON.parse(lastAsked().body.toString())).toEqual({ limit: 100_000, sections: ['wsus'] });
  });
});

describe('tasks of a host', () => {
  it('are read with progress and logs; what has not changed says so', async () => {
    const task = {
      id: 3,
      classname: 'WaptWUAScanTask',
      progress: 40.5,
      runstatus: 'scanning',
      logs: 'a\nb',
      create_date: 'd',
      result: 'null',
    };
    reply = (_asked, response) =>
      yes(response, {
        running: task,
        pending: [],
        done: null,
        errors: [{ ...task, id: 2 }],
        cancelled: [],
        last_event_id: 9,
      });
    const mine = await client();
    expect(await hostTasks(mine, 'A', { lastEventId: 4, seconds: 2 })).toMatchObject({
      ok: true,
      value: {
        kind: 'tasks',
        tasks: {
          running: { id: 3, progress: 40.5, logs: 'a\nb', createdOn: 'd' },
          done: [],
          errors: [{ id: 2 }],
          lastEventId: 9,
        },
      },
    });
    expect(lastAsked().url).toBe('/api/v3/host_tasks_status?uuid=A&timeout=2&client_tasks_timeout=7&last_event_id=4');
    reply = (_asked, response) => yes(response, { last_event_id: 9 });
    expect(await hostTasks(mine, 'A')).toEqual({ ok: true, value: { kind: 'unchanged', lastEventId: 9 } });
    reply = (_asked, response) => yes(response, null);
    expect(await hostTasks(mine, 'A')).toEqual({ ok: true, value: { kind: 'unsupported' } });
  });

  it('do not keep other work waiting, however many are asked', async () => {
    const mine = await client();
    const held: (() => void)[] = [];
    reply = (asked, response) => {
      if (asked.url.includes('host_tasks_status')) held.push(() => yes(response, []));
      else yes(response, []);
    };
    const polls = Array.from({ length: 40 }, async (_, i) => await hostTasks(mine, `host-${i}`));
    expect(await listHosts(mine)).toMatchObject({ ok: true });
    reply = (_asked, response) => yes(response, []);
    for (const answer of held) answer();
    expect((await Promise.all(polls)).every(({ ok }) => ok)).toBe(true);
  });
});

describe('updates and downloads on v3', () => {
  it('lists updates by pages', async () => {
    const mine = await v3();
    const sample = { update_id: 'u_1', title: 'T', kbids: ['1'], severity: '', max_download_size: '12' };
    reply = (_asked, response) => yes(response, [sample, 7]);
    expect(await listUpdates(mine, { limit: 5, offset: 10 })).toMatchObject({
      ok: true,
      value: {
        isCutOff: false,
        skipped: 1,
        updates: [{ updateId: 'u_1', severity: null, maxDownloadSize: 12, downloadedOn: null }],
      },
    });
    expect(line(lastAsked())).toBe('GET /api/v3/windows_updates?limit=5&offset=10');
  });

  it('asks each operation as assumed (protocol 4.8)', async () => {
    const mine = await v3();
    const task = {
      id: 5,
      kind: 'update',
      url: 'http://x/a.cab',
      status: 'pending',
      file_size: 1,
      target_size: 10,
      error: null,
      skipped: false,
    };
    reply = (asked, response) => {
      if (asked.method === 'DELETE') yes(response, null, '2 tasks deleted');
      else if (asked.url.includes('delete_')) yes(response, { deleted: ['u_1'], freed: 9 });
      else yes(response, asked.url.includes('download_wsusscan') ? task : [task]);
    };
    const updateOf = (url: string) => (url.endsWith('a.cab') ? 'u_1' : null);
    expect(await listDownloads(mine, { limit: 1, updateOf })).toMatchObject({
      value: {
        isCutOff: true,
        tasks: [{ id: 5, updateId: 'u_1', fileSize: 1, targetSize: 10, cause: null, error: null }],
      },
    });
    expect(await downloadUpdates(mine, ['u_1'])).toMatchObject({ value: [{ id: 5 }] });
    expect(await downloadIndex(mine, { force: true, missing: false })).toMatchObject({ value: { id: 5 } });
    expect(await downloadIndex(mine, { force: false, missing: true })).toMatchObject({ value: { id: 5 } });
    expect(await forgetDownloads(mine, [5, 6])).toEqual({ ok: true, value: { forgotten: 2 } });
    expect(await deleteFiles(mine, ['u_1'])).toEqual({ ok: true, value: { deleted: ['u_1'], freed: 9 } });
    expect(server.asked.map(line)).toEqual([
      'GET /api/v3/wsusscan2_history?limit=1',
      'POST /api/v3/download_windows_updates {"update_ids":["u_1"]}',
      'POST /api/v3/download_wsusscan {"force":true}',
      'POST /api/v3/download_wsusscan {"force":false,"missing":true}',
      'DELETE /api/v3/wsusscan2_history?id=5,6',
      'POST /api/v3/delete_windows_updates {"update_ids":["u_1"]}',
    ]);
  });

  it('tells the state of the index by its route, and where there is none by the file', async () => {
    const mine = await v3();
    reply = (_asked, response) => yes(response, { wsus_timestamp: 1_700_000_000, wsus_size: 7 });
    expect(await indexState(mine)).toMatchObject({
      value: { date: '2023-11-14T22:13:20.000Z', size: 7, lastCheck: null },
    });
    reply = (_asked, response) => json(response, { success: false, msg: 'no cab', error_code: '' });
    expect(await indexState(mine)).toMatchObject({ value: { date: null, size: null } });
    reply = (asked, response, request) => {
      if (asked.method !== 'HEAD') return absent(asked, response, request);
      response.writeHead(200, { 'content-length': '9', 'last-modified': 'Tue, 14 Nov 2023 22:13:20 GMT' });
      response.end();
      return undefined;
    };
    expect(await indexState(mine)).toMatchObject({ value: { date: '2023-11-14T22:13:20.000Z', size: 9 } });
    expect(mine.info.capabilities['index-state']).toEqual({ available: true });
  });

  it('finds a file flat (1.8) or under the path of its address (before), and nothing outside', async () => {
    const mine = await v3();
    const url = 'http://download.windowsupdate.com/d/msdownload/a_00.cab';
    reply = (asked, response) => {
      const isThere = asked.url === '/waptwua/d/msdownload/a_00.cab';
      response.writeHead(isThere ? 200 : 404, isThere ? { 'content-length': '3' } : {});
      response.end();
    };
    expect(await fileOnServer(mine, url)).toMatchObject({
      value: { path: '/waptwua/d/msdownload/a_00.cab', size: 3, date: null },
    });
    expect(await fileOnServer(mine, 'http://x/b.cab')).toEqual({ ok: true, value: null });
    server.asked.length = 0;
    expect(await fileOnServer(mine, 'not a url')).toEqual({ ok: true, value: null });
    await fileOnServer(mine, 'http://x/%2e%2e/%2e%2e%2fapi');
    expect(server.asked.every((asked) => asked.url.startsWith('/waptwua/') && !asked.url.includes('..'))).toBe(true);
  });

  it.each([
    [
      "HTTPConnectionPool(host='download.windowsupdate.com', port=80): Max retries exceeded (Caused by ProxyError('Cannot connect to proxy.', timeout))",
      'proxy',
    ],
    ['407 Proxy Authentication Required', 'proxy'],
    ['[Errno -2] Name or service not known', 'dns'],
    ['socket.gaierror: getaddrinfo failed', 'dns'],
    ['Read timed out. (read timeout=60)', 'timeout'],
    ['404 Client Error: Not Found for url', 'not-found'],
    ['sha1 of a.cab does not match', 'hash'],
    ['[Errno 28] No space left on device', 'disk'],
    ['[Errno 111] Connection refused', 'refused'],
    ['Out of cheese', 'unknown'],
    ['', null],
    [null, null],
  ] as const)('guesses the cause of %s: %s', (text, cause) => {
    expect(likelyCause(text)).toBe(cause);
  });
});

describe('updates and downloads on v2', () => {
  it('reads the documents and jobs of 2015', async () => {
    reply = (asked, response) => {
      if (asked.url.includes('windows_updates')) {
        yes(response, [
          {
            update_id: 'g',
            title: 'T',
            kb_article_id: '2929961',
            msrc_severity: 'Critical',
            security_bulletin_id: 'MS14-013',
            categories: { Product: 'p', UpdateClassification: ['c'] },
            creation_date: 'd',
          },
        ]);
      } else
        yes(response, [
          { uuid: 'job', status: 'finished', run_date: 'r', reason: 'newer available', skipped: true, file_size: 1.5 },
        ]);
    };
    const mine = await client({ dialect: 'v2' });
    expect(await listUpdates(mine, { limit: 1 })).toMatchObject({
      value: {
        isCutOff: false,
        updates: [
          {
            updateId: 'g',
            kbids: ['2929961'],
            severity: 'Critical',
            product: 'p',
            classification: 'c',
            changetime: 'd',
            securityBulletinIds: ['MS14-013'],
          },
        ],
      },
    });
    expect(await listDownloads(mine)).toMatchObject({
      value: { tasks: [{ id: 'job', startedOn: 'r', message: 'newer available', skipped: true }] },
    });
    await forgetDownloads(mine, ['job']);
    expect(line(lastAsked())).toBe('DELETE /api/v2/wsusscan2_history?uuid=job');
  });
});

describe('the repository', () => {
  const record = {
    package: 'tis-wua',
    version: '3',
    section: 'wsus',
    filename: 'tis-wua_3.wapt',
    size: 5,
    md5sum: 'x',
    description: 'é',
  };

  it('reads the index, and asks for it again only if it changed', async () => {
    const index = await buildPackagesIndex({ records: [record], certificates: [] });
    reply = (asked, response) => {
      const isKnown = asked.headers['if-none-match'] === '"1"';
      response.writeHead(isKnown ? 304 : 200, { etag: '"1"', 'last-modified': 'Tue, 14 Nov 2023 22:13:20 GMT' });
      response.end(isKnown ? '' : index);
    };
    const mine = await client();
    const first = await readIndex(mine, null);
    expect(first).toMatchObject({
      value: {
        kind: 'index',
        size: index.length,
        validators: { etag: '"1"', lastModified: 'Tue, 14 Nov 2023 22:13:20 GMT' },
      },
    });
    if (!first.ok || first.value.kind !== 'index') throw new Error('index');
    expect(first.value.index.records[0]).toMatchObject({
      package: 'tis-wua',
      filename: 'tis-wua_3.wapt',
      description: 'é',
    });
    expect(await readIndex(mine, first.value.validators)).toEqual({ ok: true, value: { kind: 'unchanged' } });
    expect(lastAsked().headers['if-modified-since']).toBe('Tue, 14 Nov 2023 22:13:20 GMT');
  });

  it('absent, malformed, client-certificate-needed: no index, no zip, a nginx that wants a certificate', async () => {
    const mine = await client();
    reply = absent;
    expect(await readIndex(mine, null)).toMatchObject({
      ok: false,
      error: { code: 'absent', facts: { route: '/wapt/Packages' } },
    });
    reply = (_asked, response) => page(response, 200, '<html>');
    expect(await readIndex(mine, null)).toMatchObject({ ok: false, error: { code: 'malformed' } });
    reply = (_asked, response) => page(response, 401, '<html>401');
    expect(await readIndex(mine, null)).toMatchObject({ ok: false, error: { code: 'client-certificate-needed' } });
  });

  const bytes = Buffer.alloc(200_000, 'wapt');
  const md5sum = createHash('md5').update(bytes).digest('hex');

  it('reads a package and compares the hash of the index', async () => {
    reply = (asked, response) => {
      if (asked.url === '/wapt/a%20b.wapt') response.end(bytes);
      else page(response, 404, '<html>');
    };
    const mine = await client();
    expect(await readPackageBytes(mine, { filename: './a b.wapt', md5sum })).toEqual({ ok: true, value: bytes });
    expect(await readPackageBytes(mine, { filename: 'a b.wapt', md5sum: '0'.repeat(32) })).toMatchObject({
      error: { code: 'package-refused', facts: { reason: 'md5' } },
    });
    expect(await readPackageBytes(mine, { filename: 'gone.wapt' })).toMatchObject({
      error: { code: 'not-found', facts: { filename: 'gone.wapt' } },
    });
    server.asked.length = 0;
    for (const filename of ['../api/v3/hosts', 'a/b.wapt', '..', '', 'a\\b']) {
      expect(await readPackageBytes(mine, { filename })).toMatchObject({ error: { code: 'malformed' } });
    }
    expect(server.asked).toHaveLength(0);
  });

  it('saves a package as a file of its owner, whole or not at all', async () => {
    reply = (asked, response) => {
      if (asked.url.includes('cut')) {
        response.writeHead(200, { 'content-length': String(bytes.length) });
        response.write(bytes.subarray(0, 100_000), () => response.destroy());
      } else response.end(bytes);
    };
    const mine = await client();
    const path = join(folder, 'a.wapt');
    let received = 0;
    const onProgress = (size: number) => {
      received = size;
    };
    expect(await downloadPackage(mine, { filename: 'a.wapt', md5sum }, path, { onProgress })).toEqual({
      ok: true,
      value: { path, size: bytes.length, md5: md5sum },
    });
    expect(received).toBe(bytes.length);
    expect((await readFile(path)).equals(bytes)).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await downloadPackage(mine, { filename: 'cut.wapt' }, join(folder, 'b.wapt'))).toMatchObject({
      error: { code: 'cut-off' },
    });
    expect(
      await downloadPackage(mine, { filename: 'a.wapt', md5sum: '1'.repeat(32) }, join(folder, 'b.wapt')),
    ).toMatchObject({ error: { code: 'package-refused' } });
    expect(await downloadPackage(mine, { filename: 'a.wapt' }, join(folder, 'none', 'b.wapt'))).toMatchObject({
      error: { code: 'disk' },
    });
    expect(await readdir(folder)).toEqual(['a.wapt']);
  });

  it('uploads bytes or a file as one raw stream with its length, after a HEAD', async () => {
    reply = (asked, response) =>
      replay(response, recorded(asked.method === 'HEAD' ? '08-upload-head' : '08-upload-stream-ok'));
    const mine = await client();
    const path = join(folder, 'up.wapt');
    await writeFile(path, bytes);
    const progress: number[] = [];
    for (const source of [{ bytes }, { path }]) {
      server.asked.length = 0;
      expect(await uploadPackage(mine, source, { onProgress: (sent) => progress.push(sent) })).toMatchObject({
        ok: true,
        value: { package: 'tis-grp' },
      });
      expect(server.asked.map(({ method }) => method)).toEqual(['HEAD', 'POST']);
      const { headers, body } = lastAsked();
      expect([headers['content-length'], headers['content-type'], headers['transfer-encoding']]).toEqual([
        String(bytes.length),
        'binary/octet-stream',
        undefined,
      ]);
      expect(headers.authorization).toMatch(/^Basic /);
      expect(body.equals(bytes)).toBe(true);
    }
    expect(progress.at(-1)).toBe(2 * bytes.length - bytes.length);
    await rm(path);
  });

  it('sends nothing when the HEAD is refused, and says cut-off when the way breaks half-way', async () => {
    const mine = await client();
    reply = (_asked, response) => page(response, 403, '');
    expect(await uploadPackage(mine, { bytes })).toMatchObject({
      error: { code: 'forbidden', facts: { right: 'edit_wua_package' } },
    });
    expect(server.asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
    const cutting = await startServer(chain.served, (asked, response) => {
      if (!standIn(asked, response)) replay(response, recorded('08-upload-head'));
    });
    cutting.server.prependListener('request', (request) => {
      if (request.method === 'POST' && request.url?.includes('upload') === true)
        request.once('data', () => request.socket.destroy());
    });
    const other = await signedIn(optionsFor(cutting, chain.ca.cert));
    expect(await uploadPackage(other, { bytes: Buffer.alloc(5_000_000) })).toMatchObject({
      error: { code: 'cut-off', facts: { route: '/api/v3/upload_packages' } },
    });
    other.close();
    await cutting.close();
  });
});

describe('actions', () => {
  it('are posted as they are signed, and the counts are read', async () => {
    reply = (_asked, response) => yes(response, [], '3 actions launched, 1 errors, 2 skipped, 4 server errors');
    const mine = await client();
    const action = { action: 'trigger_host_update', uuid: 'A', signature: 'é' };
    expect(await postActions(mine, [action])).toEqual({
      ok: true,
      value: {
        launched: 3,
        errors: 1,
        skipped: 2,
        serverErrors: 4,
        message: '3 actions launched, 1 errors, 2 skipped, 4 server errors',
        results: [],
      },
    });
    expect(line(lastAsked())).toBe(`POST /api/v3/trigger_host_action?timeout=5 ${JSON.stringify([action])}`);
    expect(await postActions(mine, [])).toMatchObject({ error: { code: 'nothing-selected' } });
  });

  it('that failed in part are still counted; answers of agents are kept; a message without counts has none', async () => {
    const mine = await client();
    reply = (_asked, response) =>
      json(response, {
        success: false,
        error_code: '',
        msg: '1 actions launched, 0 errors, 0 skipped, 2 server errors',
      });
    expect(await postActions(mine, [{}])).toMatchObject({ ok: true, value: { launched: 1, serverErrors: 2 } });
    reply = (_asked, response) => yes(response, [[{ id: 1 }]], 'done');
    expect(await postActions(mine, [{}])).toMatchObject({
      ok: true,
      value: { launched: null, errors: null, results: [[{ id: 1 }]] },
    });
    reply = (_asked, response) =>
      json(response, { success: false, error_code: 'exception', msg: 'socketio unavailable' });
    expect(await postActions(mine, [{}])).toMatchObject({ ok: false, error: { code: 'server-said' } });
  });
});
