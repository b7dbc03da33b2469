import { describe, expect, it } from 'vitest';
import { postActions } from './actions.ts';
import { json, line, setStage, yes } from './testing.ts';

const stage = setStage();

describe('actions', () => {
  it('are posted as they are signed, and the counts are read', async () => {
    stage.reply = (_asked, response) => yes(response, [], '3 actions launched, 1 errors, 2 skipped, 4 server errors');
    const mine = await stage.client();
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
    expect(line(stage.lastAsked())).toBe(`POST /api/v3/trigger_host_action?timeout=5 ${JSON.stringify([action])}`);
    expect(await postActions(mine, [])).toMatchObject({ error: { code: 'nothing-selected' } });
  });

  it('that failed in part are still counted; answers of agents are kept; a message without counts has none', async () => {
    const mine = await stage.client();
    stage.reply = (_asked, response) =>
      json(response, {
        success: false,
        error_code: '',
        msg: '1 actions launched, 0 errors, 0 skipped, 2 server errors',
      });
    expect(await postActions(mine, [{}])).toMatchObject({ ok: true, value: { launched: 1, serverErrors: 2 } });
    stage.reply = (_asked, response) => yes(response, [[{ id: 1 }]], 'done');
    expect(await postActions(mine, [{}])).toMatchObject({
      ok: true,
      value: { launched: null, errors: null, results: [[{ id: 1 }]] },
    });
    stage.reply = (_asked, response) =>
      json(response, { success: false, error_code: 'exception', msg: 'socketio unavailable' });
    expect(await postActions(mine, [{}])).toMatchObject({ ok: false, error: { code: 'server-said' } });
  });
});
