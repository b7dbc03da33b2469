import { createPrivateKey, verify, X509Certificate } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { verifyAction, verifyPackage } from '../../wapt/index.ts';
import { type Identity, makeIdentity } from '../../wapt/testing.ts';
import { type ConsoleEvent, createEventHub } from '../ipc/events.ts';
import { createFileRegistry } from '../platform/files.ts';
import { temporaryFolder, testPlatform } from '../platform/testing.ts';
import { createSigner } from './signer.ts';

const PASSPHRASE = 'correct horse battery staple';
const DAY = 86_400_000;

let people: Record<'alice' | 'bob' | 'lab' | 'late' | 'early', Identity>;
let folder: ReturnType<typeof temporaryFolder>;

const encrypted = (identity: Identity): string =>
  createPrivateKey(identity.keyPem)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSPHRASE })
    .toString();

const at = (days: number): Date => new Date(Date.now() + days * DAY);

beforeAll(async () => {
  const alice = await makeIdentity({ name: 'alice' });
  const bob = await makeIdentity({ name: 'bob' });
  const keysOf = alice;
  people = {
    alice,
    bob,
    lab: await makeIdentity({ name: 'lab.signer, O=WAPT lab', keysOf }),
    late: await makeIdentity({ name: 'late', keysOf, notBefore: at(-10), notAfter: at(-0.1) }),
    early: await makeIdentity({ name: 'early', keysOf, notBefore: at(0.1), notAfter: at(10) }),
  };
});

beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder.path, 'keys'));
  for (const [name, identity] of Object.entries(people)) {
    writeFileSync(join(folder.path, 'keys', `${name}.crt`), identity.certificatePem);
    writeFileSync(join(folder.path, 'keys', `${name}.pem`), encrypted(identity));
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  folder.remove();
});

const made = (over: { readonly idleMs?: number; readonly now?: () => Date } = {}) => {
  const files = createFileRegistry({ platform: testPlatform(folder.path) });
  const events = createEventHub();
  const heard: ConsoleEvent[] = [];
  events.subscribe((event) => heard.push(event));
  const signer = createSigner({ files, events, ...over });
  const idOf = async (name: string, kind: 'certificate' | 'key' = 'certificate'): Promise<string> =>
    (await files.list(kind)).find((file) => file.name.startsWith(`${name}.`))?.id ?? 'none';
  const open = async (name: string, passphrase = PASSPHRASE) =>
    signer.open({ certificateId: await idOf(name), keyId: null, passphrase });
  return { signer, open, idOf, heard };
};

const action = { action: 'trigger_waptwua_scan', uuid: 'U', notify_server: true, force: false };
const rulePackage = {
  control: { package: 'tis-wua', version: '1', section: 'wsus', maturity: 'PROD' },
  files: { 'WAPT/waptwua_rules.json': Buffer.from('{}') },
};

describe('opening a signer', () => {
  it('opens with the passphrase and signs what agents accept', async () => {
    const { signer, open } = made();
    expect(await open('alice')).toMatchObject({
      ok: true,
      value: { kind: 'open', certificate: { subject: 'CN=alice' } },
    });
    const trusted = [people.alice.certificatePem];
    const signed = signer.signActions([action]);
    expect(signed.ok && verifyAction(signed.value[0], { trusted }).ok).toBe(true);
    const built = await signer.buildPackage(rulePackage);
    expect(built.ok && (await verifyPackage(built.value.bytes, { trusted })).ok).toBe(true);
    const hash = 'a'.repeat(64);
    const head = signer.signJournalHead(hash);
    const key = new X509Certificate(people.alice.certificatePem).publicKey;
    const signature = Buffer.from(head.ok ? head.value.signature : '', 'base64');
    expect(verify('sha256', Buffer.from(hash), key, signature)).toBe(true);
    expect(signer.chain()).toEqual(trusted);
  });

  it.each<[string, string, string]>([
    ['alice', 'wrong', 'wrong-passphrase'],
    ['alice', '', 'passphrase-needed'],
    ['late', PASSPHRASE, 'signer-expired'],
    ['early', PASSPHRASE, 'signer-not-yet-valid'],
    ['lab', PASSPHRASE, 'lab-only'],
    ['nobody', PASSPHRASE, 'not-found'],
  ])('refuses %s with passphrase %j: %s', async (name, passphrase, code) => {
    const { signer, open } = made();
    expect(await open(name, passphrase)).toMatchObject({ ok: false, error: { code } });
    expect(signer.state().kind).toBe('none');
    expect(signer.signActions([action])).toEqual({ ok: false, error: { code: 'signer-needed' } });
  });

  it('refuses the key of another certificate', async () => {
    const { signer, idOf } = made();
    const request = { certificateId: await idOf('alice'), keyId: await idOf('bob', 'key'), passphrase: PASSPHRASE };
    expect(await signer.open(request)).toMatchObject({ ok: false, error: { code: 'key-mismatch' } });
  });

  it('takes the lab signer on the profile of the lab, and drops it on the next profile', async () => {
    const { signer, open, idOf } = made();
    await signer.use({ isLab: true }, null);
    expect(await open('lab')).toMatchObject({ ok: true });
    await signer.use({ isLab: false }, await idOf('lab'));
    expect(signer.state()).toEqual({ kind: 'none' });
    expect(signer.signActions([action])).toMatchObject({ ok: false, error: { code: 'signer-needed' } });
  });

  it.each(['lab', 'alice'])(
    'does not carry the opening of %s over to a profile that was chosen meanwhile',
    async (name) => {
      const { signer, idOf } = made();
      const certificateId = await idOf(name);
      await signer.use({ isLab: true }, null);
      const opening = signer.open({ certificateId, keyId: null, passphrase: PASSPHRASE });
      const switching = signer.use({ isLab: false }, null);
      const [opened] = await Promise.all([opening, switching]);
      expect(opened.ok).toBe(false);
      expect(signer.state().kind).toBe('none');
    },
  );

  it('refuses to sign with a certificate that ends while the signer is open', async () => {
    let now = at(-0.2);
    const { signer, open } = made({ now: () => now, idleMs: DAY });
    await open('late');
    now = new Date();
    expect(signer.signActions([action])).toMatchObject({ ok: false, error: { code: 'signer-expired' } });
    expect(await signer.buildPackage(rulePackage)).toMatchObject({ ok: false, error: { code: 'signer-expired' } });
  });
});

describe('what stays of a passphrase and a key', () => {
  it('overwrites its byte copies, after success and after failure', async () => {
    const copies: Buffer[] = [];
    const from = Buffer.from.bind(Buffer) as (...args: readonly unknown[]) => Buffer<ArrayBuffer>;
    const spy = vi.spyOn(Buffer, 'from').mockImplementation((...args: readonly unknown[]) => {
      const buffer = from(...args);
      if (args[0] === PASSPHRASE || args[0] === 'wrong') copies.push(buffer);
      return buffer;
    });
    const { open } = made();
    expect((await open('alice')).ok).toBe(true);
    expect((await open('alice', 'wrong')).ok).toBe(false);
    spy.mockRestore();
    expect(copies.length).toBeGreaterThanOrEqual(2);
    for (const copy of copies) expect(copy.every((byte) => byte === 0)).toBe(true);
  });

  it('shows the passphrase and the key nowhere: states, events, errors', async () => {
    const { signer, open, heard } = made();
    const answers = [await open('alice', `${PASSPHRASE}!`), await open('alice'), signer.state(), heard, signer.chain()];
    const shown = JSON.stringify([answers, Object.keys(signer)]);
    expect(shown).not.toContain(PASSPHRASE);
    expect(shown).not.toContain('PRIVATE');
    expect(shown).not.toContain('MIIEv');
  });

  it('offers functions that sign, and none that gives a key', () => {
    expect(Object.keys(made().signer).toSorted()).toEqual(
      [
        'buildPackage',
        'chain',
        'lend',
        'lock',
        'open',
        'signActions',
        'signJournalHead',
        'state',
        'stop',
        'use',
      ].toSorted(),
    );
  });

  it('signs a journal head only when it is a hash', async () => {
    const { signer, open } = made();
    await open('alice');
    expect(() => signer.signJournalHead('{"action":"trigger_waptwua_install"}')).toThrow(TypeError);
  });

  it('is asked for the key by main/signer alone', () => {
    const root = join(import.meta.dirname, '..');
    const users = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('signer'))
      .filter((file) => /\breadSigner\b|\bfiles\.key\(/.test(readFileSync(join(root, file), 'utf8')));
    expect(users).toEqual([]);
  });
});

describe('locking', () => {
  it('locks by itself, says so, and needs the passphrase again', async () => {
    const { signer, open, heard } = made({ idleMs: 40 });
    await open('alice');
    await vi.waitFor(() => expect(signer.state().kind).toBe('locked'), { timeout: 30_000, interval: 10 });
    expect(heard.map((event) => (event.name === 'signer.changed' ? event.payload.kind : ''))).toEqual([
      'open',
      'locked',
    ]);
    expect(signer.signActions([action])).toMatchObject({ ok: false, error: { code: 'signer-needed' } });
  });

  it('counts from the last signature', async () => {
    let now = new Date();
    const { signer, open } = made({ now: () => now, idleMs: 10 * 60_000 });
    await open('alice');
    for (const _ of [1, 2, 3]) {
      now = new Date(now.getTime() + 8 * 60_000);
      expect(signer.signActions([action]).ok).toBe(true);
    }
  });

  it('does not sign after a sleep during which no timer ran', async () => {
    let now = new Date();
    const { signer, open } = made({ now: () => now, idleMs: 10 * 60_000 });
    await open('alice');
    now = new Date(now.getTime() + 11 * 60_000);
    expect(signer.signActions([action])).toMatchObject({ ok: false, error: { code: 'signer-needed' } });
    expect(signer.state().kind).toBe('locked');
  });

  it('locks when asked, and for good at the end', async () => {
    const { signer, open } = made();
    await open('alice');
    expect(signer.lock()).toMatchObject({ kind: 'locked', certificate: { subject: 'CN=alice' } });
    await open('alice');
    signer.stop();
    expect(signer.signJournalHead('a'.repeat(64)).ok).toBe(false);
  });
});

describe('building a package', () => {
  it.each<[string, object, string]>([
    ['a name', { control: { ...rulePackage.control, package: '../x' } }, 'name-invalid'],
    ['a version', { control: { ...rulePackage.control, version: 'one' } }, 'version-invalid'],
    ['a member', { files: { '../../etc/passwd': Buffer.from('x') } }, 'rules-invalid'],
    ['no name', { control: { version: '1' } }, 'name-invalid'],
  ])('refuses %s that no agent would take', async (_what, over, code) => {
    const { signer, open } = made();
    await open('alice');
    expect(await signer.buildPackage({ ...rulePackage, ...over })).toMatchObject({ ok: false, error: { code } });
  });
});
