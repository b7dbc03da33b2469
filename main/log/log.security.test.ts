import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOG_FILE, openLog } from './log.ts';
import { redact } from './redact.ts';

let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'console-log-')), 'logs');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const text = (): string => readFileSync(join(folder, LOG_FILE), 'utf8');
const lines = (): Record<string, unknown>[] =>
  text()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const pem = (kind: string): string =>
  `-----BEGIN ${kind}-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nS3cr3tB0dy==\n-----END ${kind}-----`;

/** Every way by which a secret came into the log of some console. */
const leaks: readonly (readonly [string, unknown])[] = [
  ['a password by name', { password: 'S3cr3t' }],
  ['a passphrase deep inside', { request: { signer: [{ passphrase: 'S3cr3t' }] } }],
  [
    'names in other forms',
    { userPassword: 'S3cr3t', pwd: 'S3cr3t', Pass_Phrase: 'fine', 'proxy-authorization': 'S3cr3t' },
  ],
  ['request headers', { headers: { Authorization: 'Basic YWRtaW46UzNjcjN0', Cookie: 'session=S3cr3t' } }],
  ['answer headers', { 'set-cookie': ['session=S3cr3t; Path=/; HttpOnly'] }],
  [
    'headers as text',
    'GET / HTTP/1.1\r\nAuthorization: Basic UzNjcjN0UzNjcjN0\r\nCookie: a=S3cr3t; b=S3cr3t\r\nHost: x',
  ],
  ['a Basic word in a sentence', 'refused Basic UzNjcjN0UzNjcjN0 by the server'],
  ['a bearer token', { message: 'Bearer eyJhbGciOi.S3cr3t.S3cr3t' }],
  ['a body as text', '{"user":"admin","password":"S3cr3t \\" S3cr3t"}'],
  ['a body as text inside text', JSON.stringify({ body: JSON.stringify({ password: 'S3cr3t' }) })],
  ['a form', 'user=admin&password=S3cr3t&next=1'],
  ['a Python-like text', "{'password': 'S3cr3t'}"],
  ['an address with a password', { proxy: 'http://admin:S3cr3t@proxy.example:3128/' }],
  ['the token of the browser mode', 'http://127.0.0.1:7070/#token=S3cr3t'],
  ['the session header', { 'x-console-session': 'S3cr3t' }],
  ['a private key', { note: `read ${pem('PRIVATE KEY')} from disk` }],
  ['an encrypted key', pem('ENCRYPTED PRIVATE KEY')],
  ['a certificate', pem('CERTIFICATE')],
  ['half a key', pem('RSA PRIVATE KEY').slice(0, -20)],
  ['a key by name', { keyPem: 'S3cr3t', privateKey: 'S3cr3t', private_key: 'S3cr3t' }],
  ['bytes of a key', { content: Buffer.from('S3cr3t') }],
  ['a map', new Map([['password', 'S3cr3t']])],
  [
    'an error with the request in it',
    Object.assign(new Error('failed: password=S3cr3t'), { config: { password: 'S3cr3t' } }),
  ],
  ['the cause of an error', new Error('failed', { cause: new Error('cookie: session=S3cr3t') })],
];

describe('the log', () => {
  it.each(leaks)('never holds %s', (_what, leak) => {
    const log = openLog({ folder });
    log.error('as a fact', { leak });
    log.child('server').warn(typeof leak === 'string' ? leak : 'in an area', { deeper: { leak } });
    for (const secret of ['S3cr3t', 'UzNjcjN0', 'YWRtaW46', 'MIIEvQ', 'UzNjcjN0']) expect(text()).not.toContain(secret);
    expect(lines().length).toBe(2);
  });

  it('hides a password in whatever text it is told with', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9!#$%*+./:;<=>?@^_~-]{8,24}$/);
    fc.assert(
      fc.property(secret, fc.string(), (password, around) => {
        const said = JSON.stringify(
          redact({ message: `${around} ${JSON.stringify({ password })}`, facts: { password } }),
        );
        expect(said).not.toContain(JSON.stringify(password).slice(1, -1));
      }),
    );
  });

  it('keeps what one needs to find a failure', () => {
    const facts = {
      route: '/api/v3/hosts',
      key: 'waptwua_status',
      expected: 'object',
      status: 403,
      right: 'view',
      fingerprint: 'ab'.repeat(32),
      host: 'srvwapt.example',
      none: null,
      token: null,
      at: new Date(0),
    };
    openLog({ folder }).child('server').info('the server answered 403', facts);
    expect(lines()).toMatchObject([
      {
        level: 'info',
        area: 'server',
        message: 'the server answered 403',
        facts: { ...facts, at: '1970-01-01T00:00:00.000Z' },
      },
    ]);
  });

  it('is one line a message, whatever the message holds', () => {
    const log = openLog({ folder });
    log.info('first\n{"level":"error","message":"forged"}\r\n\u2028', { endless: 'x'.repeat(100_000) });
    const knot: Record<string, unknown> = { name: 'knot' };
    knot['self'] = knot;
    log.info('knot', { knot, call: () => 1, big: 10n });
    expect(lines().map((line) => line['level'])).toEqual(['info', 'info']);
    expect(text().length).toBeLessThan(10_000);
  });

  it('is for its owner alone, and turns over', () => {
    const log = openLog({ folder, maxBytes: 2_000, keep: 2 });
    for (let n = 0; n < 200; n++) log.info(`message ${n}`);
    expect(readdirSync(folder).toSorted()).toEqual(['console.1.log', 'console.2.log', 'console.log']);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) {
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
      expect(statSync(join(folder, name)).size).toBeLessThan(2_200);
    }
    expect(lines().at(-1)).toMatchObject({ message: 'message 199' });
  });

  it('goes on in the file of yesterday, narrowed', async () => {
    const first = openLog({ folder });
    first.info('yesterday');
    await first.flush();
    writeFileSync(join(folder, LOG_FILE), text(), { mode: 0o600 });
    const log = openLog({ folder, level: 'warn' });
    log.info('too small');
    log.warn('today');
    await log.flush();
    expect(lines().map((line) => line['message'])).toEqual(['yesterday', 'today']);
  });

  it('bears a disk that refuses', async () => {
    const file = join(folder, '..', 'plain');
    writeFileSync(file, '');
    const log = openLog({ folder: join(file, 'logs') });
    log.error('nowhere to go');
    await log.flush();
    expect(readFileSync(file, 'utf8')).toBe('');
  });
});
