import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Request } from '../../contract/calls.ts';
import type { CallName } from '../../contract/names.ts';
import { type Identity, makeIdentity } from '../../wapt/testing.ts';
import { type ConsoleCore, createConsole } from '../console.ts';
import { type ConsoleEvent, createEventHub } from '../ipc/events.ts';
import { createHandler } from '../ipc/handle.ts';
import { silentLog } from '../log/log.ts';
import { temporaryFolder, testPlatform } from '../platform/testing.ts';
import { formatAddress } from '../server/address.ts';
import {
  type Asked,
  type Chain,
  makeChain,
  type Reply,
  standIn,
  startServer,
  type TestServer,
  yes,
} from '../server/testing.ts';
import { value } from '../store/testing.ts';

let chain: Chain;
let people: Record<'admin' | 'colleague' | 'hidden' | 'lab', Identity>;
let folder: ReturnType<typeof temporaryFolder>;
let core: ConsoleCore;
let events: ConsoleEvent[];
let ask: <N extends CallName>(name: N, request: Request<N>) => Promise<Answer<N>>;
const servers: TestServer[] = [];
let reply: Reply;

/** A server that lets `admin` in with the password `right`, and then has nothing. */
const server = async (): Promise<TestServer> => {
  const made = await startServer(chain.served, async (asked, response, request) => {
    await reply(asked, response, request);
    if (response.writableEnded || response.destroyed) return;
    if (!standIn(asked, response, 'right', asked.body)) yes(response, []);
  });
  servers.push(made);
  return made;
};

beforeAll(async () => {
  chain = await makeChain();
  const admin = await makeIdentity({ name: 'admin' });
  people = {
    admin,
    colleague: await makeIdentity({ name: 'colleague', keysOf: admin }),
    hidden: await makeIdentity({ name: 'hidden', keysOf: admin }),
    lab: await makeIdentity({ name: 'signer, O=WAPT lab', keysOf: admin }),
  };
});

beforeEach(async () => {
  folder = temporaryFolder();
  const keys = join(folder.path, 'keys');
  mkdirSync(keys);
  const { admin, colleague, hidden, lab } = people;
  for (const [name, text] of Object.entries({
    'ca.crt': chain.ca.cert,
    'bundle.crt': `${chain.ca.cert}\n${lab.certificatePem}`,
    'colleague.crt': `${colleague.certificatePem}\n${hidden.certificatePem}`,
    'admin.crt': admin.certificatePem,
    'admin.pem': admin.keyPem,
  }))
    writeFileSync(join(keys, name), text);
  reply = () => undefined;
  const hub = createEventHub();
  events = [];
  hub.subscribe((event) => events.push(event));
  const startup = { server: null, lab: null };
  core = await createConsole({ platform: testPlatform(folder.path), events: hub, log: silentLog, startup });
  await core.start();
  const handle = createHandler<string>(core.callsOf, { log: silentLog, admit: (sender) => ({ sender }) });
  ask = async <N extends CallName>(name: N, request: Request<N>) =>
    (await handle('test', name, request, core.firstDesk())) as Answer<N>;
});

afterEach(async () => {
  await core.stop();
  folder.remove();
});
afterAll(async () => {
  for (const each of servers) await each.close();
});

const fileId = async (name: string): Promise<string> => {
  const files = [...value(await ask('files.list', { kind: 'certificate' }))];
  return files.find((file) => file.name === name)?.id ?? '';
};

const profileOf = async (address: string, id: string | null = null): Promise<string> =>
  value(await ask('profiles.save', { id, name: 'Server', address, user: 'admin' })).id;

const trusted = async (address: string): Promise<string> => {
  const profileId = await profileOf(address);
  value(await ask('session.trust', { profileId, trust: { kind: 'ca', fileId: await fileId('ca.crt') } }));
  return profileId;
};

const signIn = (profileId: string, password = 'right') =>
  ask('session.signIn', { profileId, user: 'admin', password, keepPassword: false });

const address = (at: TestServer): string => formatAddress(at.address);
const hasSecret = ({ headers, body }: Asked, secret: string): boolean =>
  body.includes(secret) ||
  Buffer.from(String(headers.authorization ?? '').slice('Basic '.length), 'base64').includes(secret);

describe('the password', () => {
  it('of a profile whose address was changed never goes to the server that it had before', async () => {
    const [old, fresh] = [await server(), await server()];
    const profileId = await trusted(address(old));
    value(await signIn(profileId));
    await profileOf(address(fresh), profileId);
    expect(value(await ask('session.state', {})).kind).toBe('none');
    old.asked.length = 0;
    await ask('session.trust', { profileId, trust: { kind: 'ca', fileId: await fileId('ca.crt') } });
    value(await signIn(profileId, 'right'));
    expect(old.asked.filter((asked) => hasSecret(asked, 'right'))).toEqual([]);
    expect(fresh.asked.some((asked) => hasSecret(asked, 'right'))).toBe(true);
  });

  it('is asked of the way that the profile has now, not of the one it had when one signed in', async () => {
    const at = await server();
    const profileId = await trusted(address(at));
    value(await signIn(profileId));
    value(await ask('session.trust', { profileId, trust: { kind: 'system' } }));
    expect(await signIn(profileId)).toMatchObject({ ok: false, error: { code: 'tls-untrusted' } });
  });
});

describe('trust', () => {
  it('in a signer is trust in the certificate that was compared, and in nothing else of its file', async () => {
    const profileId = await trusted(address(await server()));
    value(await ask('session.openOffline', { profileId }));
    const files = value(await ask('files.list', { kind: 'certificate' }));
    const file = files.find(({ name }) => name === 'colleague.crt');
    const fingerprint = file?.certificate?.fingerprint ?? '';
    const kept = value(await ask('signer.trust', { fileId: file?.id ?? '', fingerprint }));
    expect(kept.map(({ subject }) => subject)).toEqual([expect.stringContaining('colleague')]);
    const text = readFileSync(join(folder.path, 'profiles.json'), 'utf8');
    expect(text.match(/BEGIN CERTIFICATE/g)).toHaveLength(1);
  });

  it('is refused to a file that holds a certificate of the lab beside another', async () => {
    const profileId = await profileOf(address(await server()));
    const bundle = await fileId('bundle.crt');
    expect(await ask('session.trust', { profileId, trust: { kind: 'ca', fileId: bundle } })).toMatchObject({
      ok: false,
      error: { code: 'lab-only', field: 'fileId' },
    });
  });
});

describe('at the same time', () => {
  it('a profile that is opened twice is opened once, with the right to write', async () => {
    const profileId = await trusted(address(await server()));
    const opened = await Promise.all([1, 2, 3].map(() => ask('session.openOffline', { profileId })));
    expect(opened.every(({ ok }) => ok)).toBe(true);
    const saved = await ask('triage.visit', {});
    expect(saved).toMatchObject({ ok: true });
  });

  it('signing in and out ends signed out, and the client that came late is closed', async () => {
    const at = await server();
    const profileId = await trusted(address(at));
    value(await ask('session.openOffline', { profileId }));
    let isAsked: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    reply = async ({ url }) => {
      if (url !== '/api/v3/login') return;
      isAsked();
      await new Promise((resolve) => setTimeout(resolve, 200));
    };
    const late = signIn(profileId);
    await asked;
    value(await ask('session.signOut', {}));
    expect(await late).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(value(await ask('session.state', {}))).toEqual({ kind: 'none' });
  });

  it('opening the data while one signs in disturbs neither', async () => {
    const profileId = await trusted(address(await server()));
    const [signed] = await Promise.all([signIn(profileId), ask('session.openOffline', { profileId })]);
    expect(signed).toMatchObject({ ok: true, value: { kind: 'open' } });
    expect(value(await ask('session.state', {})).kind).toBe('open');
  });

  it('two profiles leave one open', async () => {
    const [first, second] = [await trusted(address(await server())), await trusted(address(await server()))];
    const answers = await Promise.all([signIn(first), signIn(second)]);
    expect(answers.map(({ ok }) => ok)).toEqual([false, true]);
    const state = value(await ask('session.state', {}));
    expect(state).toMatchObject({ kind: 'open', profile: { id: second } });
    // The first one's store is free again: whoever opens it may write.
    value(await ask('session.openOffline', { profileId: first }));
    expect(await ask('triage.visit', {})).toMatchObject({ ok: true });
  });
});

describe('what the console keeps', () => {
  it('is for its owner alone, every file and every folder', async () => {
    const profileId = await trusted(address(await server()));
    value(await signIn(profileId));
    value(await ask('settings.set', { theme: 'dark' }));
    const wide = readdirSync(folder.path, { recursive: true, withFileTypes: true })
      .map((entry) => ({ path: join(entry.parentPath, entry.name), isFolder: entry.isDirectory() }))
      .filter(({ path }) => !path.startsWith(join(folder.path, 'keys')))
      .filter(({ path, isFolder }) => (statSync(path).mode & 0o777) !== (isFolder ? 0o700 : 0o600));
    expect(wide).toEqual([]);
  });
});

describe('secrets', () => {
  it('stand in no file, event or answer', async () => {
    const at = await server();
    const profileId = await trusted(address(at));
    value(await signIn(profileId));
    const certificateId = await fileId('admin.crt');
    const opened = await ask('signer.open', { certificateId, keyId: null, passphrase: 'a passphrase of mine' });
    const refused = await ask('session.signIn', {
      profileId,
      user: 'other',
      password: 'a password of mine',
      keepPassword: true,
    });
    expect(refused.ok).toBe(false);
    await ask('session.signOut', {});
    const written = readdirSync(folder.path, { recursive: true })
      .map((name) => join(folder.path, String(name)))
      .filter((path) => statSync(path).isFile() && !path.startsWith(join(folder.path, 'keys')))
      .map((path) => readFileSync(path).toString('latin1'));
    const told = JSON.stringify([opened, refused, events]);
    for (const text of [...written, told]) {
      expect(text).not.toContain('a passphrase of mine');
      expect(text).not.toContain('a password of mine');
      expect(text).not.toContain(Buffer.from('other:a password of mine').toString('base64'));
      expect(text).not.toContain('PRIVATE KEY');
    }
  });
});
