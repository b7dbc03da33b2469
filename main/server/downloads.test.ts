import { describe, expect, it } from 'vitest';
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
import { absent, json, line, setStage, yes } from './testing.ts';
import { listUpdates } from './updates.ts';

const stage = setStage();

describe('updates and downloads on v3', () => {
  it('lists updates by pages', async () => {
    const mine = await stage.v3();
    const sample = { update_id: 'u_1', title: 'T', kbids: ['1'], severity: '', max_download_size: '12' };
    stage.reply = (_asked, response) => yes(response, [sample, 7]);
    expect(await listUpdates(mine, { limit: 5, offset: 10 })).toMatchObject({
      ok: true,
      value: {
        isCutOff: false,
        skipped: 1,
        updates: [{ updateId: 'u_1', severity: null, maxDownloadSize: 12, downloadedOn: null }],
      },
    });
    expect(line(stage.lastAsked())).toBe('GET /api/v3/windows_updates?limit=5&offset=10');
  });

  it('asks each operation as assumed (protocol 4.8)', async () => {
    const mine = await stage.v3();
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
    stage.reply = (asked, response) => {
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
    expect(stage.server.asked.map(line)).toEqual([
      'GET /api/v3/wsusscan2_history?limit=1',
      'POST /api/v3/download_windows_updates {"update_ids":["u_1"]}',
      'POST /api/v3/download_wsusscan {"force":true}',
      'POST /api/v3/download_wsusscan {"force":false,"missing":true}',
      'DELETE /api/v3/wsusscan2_history?id=5,6',
      'POST /api/v3/delete_windows_updates {"update_ids":["u_1"]}',
    ]);
  });

  it('tells the state of the index by its route, and where there is none by the file', async () => {
    const mine = await stage.v3();
    stage.reply = (_asked, response) => yes(response, { wsus_timestamp: 1_700_000_000, wsus_size: 7 });
    expect(await indexState(mine)).toMatchObject({
      value: { date: '2023-11-14T22:13:20.000Z', size: 7, lastCheck: null },
    });
    stage.reply = (_asked, response) => json(response, { success: false, msg: 'no cab', error_code: '' });
    expect(await indexState(mine)).toMatchObject({ value: { date: null, size: null } });
    stage.reply = (asked, response, request) => {
      if (asked.method !== 'HEAD') return absent(asked, response, request);
      response.writeHead(200, { 'content-length': '9', 'last-modified': 'Tue, 14 Nov 2023 22:13:20 GMT' });
      response.end();
      return undefined;
    };
    expect(await indexState(mine)).toMatchObject({ value: { date: '2023-11-14T22:13:20.000Z', size: 9 } });
    expect(mine.info.capabilities['index-state']).toEqual({ available: true });
  });

  it('finds a file flat (1.8) or under the path of its address (before), and nothing outside', async () => {
    const mine = await stage.v3();
    const url = 'http://download.windowsupdate.com/d/msdownload/a_00.cab';
    stage.reply = (asked, response) => {
      const isThere = asked.url === '/waptwua/d/msdownload/a_00.cab';
      response.writeHead(isThere ? 200 : 404, isThere ? { 'content-length': '3' } : {});
      response.end();
    };
    expect(await fileOnServer(mine, url)).toMatchObject({
      value: { path: '/waptwua/d/msdownload/a_00.cab', size: 3, date: null },
    });
    expect(await fileOnServer(mine, 'http://x/b.cab')).toEqual({ ok: true, value: null });
    stage.server.asked.length = 0;
    expect(await fileOnServer(mine, 'not a url')).toEqual({ ok: true, value: null });
    await fileOnServer(mine, 'http://x/%2e%2e/%2e%2e%2fapi');
    expect(stage.server.asked.every((asked) => asked.url.startsWith('/waptwua/') && !asked.url.includes('..'))).toBe(
      true,
    );
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
    stage.reply = (asked, response) => {
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
    const mine = await stage.client({ dialect: 'v2' });
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
    expect(line(stage.lastAsked())).toBe('DELETE /api/v2/wsusscan2_history?uuid=job');
  });
});
