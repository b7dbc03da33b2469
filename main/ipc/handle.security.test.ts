import { describe, expect, it } from 'vitest';
import { CALL_NAMES } from '../../contract/names.ts';
import { ok } from '../../domain/result.ts';
import { JsonText, jsonText } from '../json-text.ts';
import type { Calls } from './calls.ts';
import { createHandler, createTextHandler } from './handle.ts';
import { REQUEST_LIMIT, sizeOf } from './size.ts';

const makers = { createHandler, createTextHandler };

const madeBy = (maker: keyof typeof makers, over: Partial<Record<string, (request: unknown) => unknown>> = {}) => {
  const asked: [string, unknown][] = [];
  const logged: unknown[] = [];
  const calls = Object.fromEntries(
    CALL_NAMES.map((name) => [
      name,
      over[name] ??
        ((request: unknown) => {
          asked.push([name, request]);
          return ok(null);
        }),
    ]),
  ) as unknown as Calls;
  const answer = makers[maker]<string>((desk) => (desk === null || desk === 'd1' ? calls : null), {
    log: { error: (message, facts) => logged.push([message, facts]) },
    admit: (sender) => (sender === 'window' ? { sender } : null),
  });
  const handle = (sender: string, name: unknown, request: unknown, desk: unknown = 'd1') =>
    answer(sender, name, request, desk);
  return { handle, asked, logged };
};

describe.each(['createHandler', 'createTextHandler'] as const)('the one way into main (%s)', (maker) => {
  const made = (over: Parameters<typeof madeBy>[1] = {}) => madeBy(maker, over);

  it('answers a sender it does not know before it looks at anything else', async () => {
    const { handle, asked } = made();
    expect(await handle('stranger', 'app.info', {})).toEqual({ ok: false, error: { code: 'foreign-sender' } });
    expect(await handle('stranger', 'no.such', null)).toEqual({ ok: false, error: { code: 'foreign-sender' } });
    expect(asked).toEqual([]);
  });

  it.each([['no.such'], ['constructor'], ['__proto__'], ['toString'], [''], [null], [7], [['app.info']]])(
    'refuses the call %j',
    async (name) => {
      const { handle, asked } = made();
      expect(await handle('window', name, {})).toEqual({ ok: false, error: { code: 'bad-request', field: 'name' } });
      expect(asked).toEqual([]);
    },
  );

  it.each<[string, unknown, string]>([
    ['app.info', { extra: 1 }, ''],
    ['app.info', null, ''],
    ['signer.open', { certificateId: 'a', keyId: null, passphrase: 7 }, 'passphrase'],
    ['signer.open', { certificateId: 'a', keyId: null, passphrase: 'x'.repeat(1001) }, 'passphrase'],
    ['files.list', { kind: '/etc/passwd' }, 'kind'],
    ['session.trust', { profileId: 'p', trust: { kind: 'ca', fileId: 'f', path: '/etc/shadow' } }, 'trust'],
    ['session.trust', { profileId: 'p', trust: { kind: 'ignore-errors' } }, 'trust.kind'],
    ['app.open', { page: 'url', url: 'https://evil.example' }, 'page'],
    ['actions.trigger', { action: 'format', uuids: ['u'] }, 'action'],
  ])('refuses %s with %j, naming the field', async (name, request, field) => {
    const { handle, asked } = made();
    expect(await handle('window', name, request)).toEqual({ ok: false, error: { code: 'bad-request', field } });
    expect(asked).toEqual([]);
  });

  it.each([['d2'], [''], [null], [7], [['d1']], [{ toString: () => 'd1' }]])(
    'refuses a call for the desk %j before it looks at the request',
    async (desk) => {
      const { handle, asked } = made();
      const refused = { ok: false, error: { code: 'no-desk' } };
      expect(await handle('window', 'actions.trigger', { action: 'format' }, desk)).toEqual(refused);
      expect(await handle('window', 'session.state', {}, desk)).toEqual(refused);
      expect(asked).toEqual([]);
    },
  );

  it('asks no desk for what belongs to the whole console', async () => {
    const { handle, asked } = made();
    for (const name of ['app.info', 'settings.get', 'desks.list', 'profiles.list'])
      expect(await handle('window', name, {}, 'd2')).toEqual({ ok: true, value: null });
    expect(asked).toHaveLength(4);
  });

  it('hands the parsed request to the call', async () => {
    const { handle, asked } = made();
    await handle('window', 'profiles.save', { id: null, name: 'n', address: 'srv', user: 'u' });
    expect(asked).toEqual([
      [
        'profiles.save',
        {
          id: null,
          name: 'n',
          address: 'srv',
          user: 'u',
          proxy: '',
          dialect: 'auto',
          clientCertificate: null,
          staleDays: 14,
        },
      ],
    ]);
  });

  it('logs an exception and tells the window nothing of it', async () => {
    const { handle, logged } = made({
      'signer.open': () => {
        throw new Error('secret detail');
      },
    });
    const request = { certificateId: 'a', keyId: null, passphrase: 'correct horse' };
    const answer = await handle('window', 'signer.open', request);
    expect(answer).toEqual({ ok: false, error: { code: 'internal' } });
    expect(logged).toHaveLength(1);
    expect(JSON.stringify(logged)).not.toContain('correct horse');
  });

  it('refuses a request that is too large before it is parsed', async () => {
    const { handle, asked } = made();
    const filters = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`f${i}`, 'x'.repeat(20_000)]));
    const answer = await handle('window', 'settings.set', { filters });
    expect(answer).toMatchObject({ ok: false, error: { code: 'too-large' } });
    expect(asked).toEqual([]);
  });

  it('measures depth and cycles without recursion', () => {
    let deep: unknown = 'x';
    for (let i = 0; i < 100_000; i += 1) deep = [deep];
    expect(sizeOf(deep, REQUEST_LIMIT)).toBeGreaterThan(100_000);
    const round: Record<string, unknown> = {};
    round['self'] = round;
    expect(sizeOf(round, REQUEST_LIMIT)).toBeLessThan(100);
    expect(sizeOf(new Uint8Array(1000), REQUEST_LIMIT)).toBeGreaterThanOrEqual(1000);
  });
});

describe('a large answer', () => {
  const list = { rows: [{ title: '更新', kbids: ['5031356'] }], isCutOff: false };
  const answering = (value: () => unknown) => ({ 'updates.list': () => ok(value()) });

  it('is a value for who works with it, and stays text for who sends it on', async () => {
    const text = jsonText([JSON.stringify(list)]);
    const over = answering(() => text);
    expect(await madeBy('createHandler', over).handle('window', 'updates.list', {})).toEqual(ok(list));
    const sent = await madeBy('createTextHandler', over).handle('window', 'updates.list', {});
    expect(sent.ok && sent.value).toBe(text);
  });

  it('is text only where this program made it: what looks like one is a value', async () => {
    const lookalike = { pieces: [new TextEncoder().encode('{"rows":[]}')], bytes: 11, json: '{"rows":[]}' };
    const over = answering(() => lookalike);
    for (const maker of ['createHandler', 'createTextHandler'] as const) {
      const answer = await madeBy(maker, over).handle('window', 'updates.list', {});
      expect(answer).toEqual(ok(lookalike));
      expect(answer.ok && answer.value instanceof JsonText).toBe(false);
    }
  });

  it('that is broken is a bug like any other: logged, and nothing of it told', async () => {
    const { handle, logged } = madeBy(
      'createHandler',
      answering(() => jsonText(['{"rows":[secret'])),
    );
    expect(await handle('window', 'updates.list', {})).toEqual({ ok: false, error: { code: 'internal' } });
    expect(logged).toHaveLength(1);
  });
});
