import { describe, expect, it } from 'vitest';
import { actionName, type ConfiguredDialect, parseConfiguredDialect, selectionAttribute } from './dialect.ts';
import { deleteFiles } from './downloads.ts';
import { absent, json, line, page, setStage, yes } from './testing.ts';
import { listUpdates } from './updates.ts';

const stage = setStage();

describe('dialects', () => {
  it('v3: when its reads have the expected shape; nothing that changes something is probed', async () => {
    stage.reply = (asked, response, request) =>
      asked.url.startsWith('/api/v3/')
        ? yes(response, asked.url.includes('status') ? {} : [])
        : absent(asked, response, request);
    const { info } = await stage.client({ dialect: 'auto' });
    expect(info.dialect).toBe('v3');
    expect(Object.values(info.capabilities).every(({ available }) => available)).toBe(true);
    expect(stage.server.asked.slice(2).map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
    expect(stage.server.asked.some(({ url }) => url.includes('download_'))).toBe(false);
  });

  it('v2: where only the routes of 2015 answer; what they lack is absent', async () => {
    stage.reply = (asked, response, request) => {
      if (!asked.url.startsWith('/api/v2/')) return absent(asked, response, request);
      // No index yet.
      if (asked.url.includes('status')) return json(response, { success: false, msg: 'absent', error_code: '' });
      return yes(response, []);
    };
    const { info } = await stage.client({ dialect: 'auto' });
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
    stage.reply = (_asked, response) => page(response, 403, 'Restricted access.\n');
    const { info } = await stage.client({ dialect: 'auto' });
    expect(info.dialect).toBe('v3');
    expect(info.capabilities['list-updates']).toEqual({ available: false, reason: 'forbidden' });
  });

  it('derived: on the recorded server, and where something else answers 200', async () => {
    stage.reply = (_asked, response) => page(response, 200, '<html>intranet');
    expect((await stage.client({ dialect: 'auto' })).info.dialect).toBe('derived');
    stage.reply = absent;
    const derived = await stage.client({ dialect: 'auto' });
    expect(derived.info.dialect).toBe('derived');
    expect(await listUpdates(derived)).toMatchObject({
      ok: false,
      error: { code: 'absent', facts: { dialect: 'derived' } },
    });
  });

  it('a probe that breaks on its way fails the sign-in, instead of taking the server for a lesser one', async () => {
    stage.reply = (_asked, response) => void response.destroy();
    await expect(stage.client({ dialect: 'auto' })).rejects.toThrow('cut-off');
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
    stage.reply = (asked, response) =>
      yes(response, asked.method === 'GET' ? [{ update_id: 'a_1' }] : { deleted: ['a_1'], freed: 5 });
    const mine = await stage.client({ dialect: 'auto', configured });
    expect(mine.info.dialect).toBe('configured');
    expect(mine.info.capabilities['download-updates']).toEqual({ available: false, reason: 'not-configured' });
    expect(await listUpdates(mine, { limit: 1 })).toMatchObject({
      ok: true,
      value: { isCutOff: true, updates: [{ updateId: 'a_1' }] },
    });
    expect(line(stage.lastAsked())).toBe('GET /api/v3/wsus?all=1&max=1');
    expect(await deleteFiles(mine, ['a_1', 'b_2'])).toEqual({ ok: true, value: { deleted: ['a_1'], freed: 5 } });
    expect(line(stage.lastAsked())).toBe('DELETE /api/v3/wsus_files?ids=a_1,b_2');
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
