import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Identity, makeIdentity } from '../../wapt/testing.ts';
import { createFileRegistry } from './files.ts';
import { FILE_LIMIT } from './pem-file.ts';
import { temporaryFolder, testPlatform } from './testing.ts';

let alice: Identity;
let bob: Identity;
let folder: ReturnType<typeof temporaryFolder>;
let keys: string;

const encrypted = (identity: Identity, passphrase = 'secret'): string =>
  createPrivateKey(identity.keyPem)
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
    .toString();

const put = (name: string, content: string | Buffer): string => {
  const path = join(keys, name);
  writeFileSync(path, content);
  return path;
};

const registry = (over: Parameters<typeof testPlatform>[1] = {}) =>
  createFileRegistry({ platform: testPlatform(folder.path, over) });

beforeAll(async () => {
  [alice, bob] = await Promise.all([makeIdentity({ name: 'alice' }), makeIdentity({ name: 'bob', isCa: false })]);
});

beforeEach(() => {
  folder = temporaryFolder();
  keys = join(folder.path, 'keys');
  mkdirSync(keys);
});

afterEach(() => folder.remove());

describe('files by opaque ids', () => {
  it.each([['/etc/passwd'], ['../keys/alice.crt'], ['alice.crt'], ['file:///etc/passwd'], [''], ['__proto__']])(
    'reads nothing for %j',
    async (id) => {
      put('alice.crt', alice.certificatePem);
      put('alice.pem', alice.keyPem);
      const files = registry();
      const asked = id === '../keys/alice.crt' ? join(keys, 'alice.crt') : id;
      expect(await files.certificate(asked)).toEqual({ ok: false, error: { code: 'not-found' } });
      expect(await files.key(asked)).toEqual({ ok: false, error: { code: 'not-found' } });
    },
  );

  it('shows names and facts, and neither paths nor content', async () => {
    put('alice.crt', alice.certificatePem);
    put('alice.pem', alice.keyPem);
    const files = registry();
    const shown = JSON.stringify([await files.list('certificate'), await files.list('key')]);
    expect(shown).toContain('CN=alice');
    expect(shown).not.toContain(folder.path);
    expect(shown).not.toContain('BEGIN');
    const body = alice.keyPem.split('\n')[3] ?? 'none';
    expect(shown).not.toContain(body);
  });

  it('gives ids that another installation does not have, and that stay over a restart', async () => {
    put('alice.crt', alice.certificatePem);
    const [first] = await registry().list('certificate');
    const [again] = await registry().list('certificate');
    expect(again?.id).toBe(first?.id);
    writeFileSync(join(folder.path, 'files.json'), '{}');
    const [other] = await registry().list('certificate');
    expect(other?.id).not.toBe(first?.id);
    expect(statSync(join(folder.path, 'files.json')).mode & 0o777).toBe(0o600);
  });

  it('does not take the id of a certificate for that of a key', async () => {
    put('both.pem', alice.certificatePem + alice.keyPem);
    const files = registry();
    const [certificate] = await files.list('certificate');
    const [key] = await files.list('key');
    expect(certificate?.keyId).toBe(key?.id);
    expect(await files.key(certificate?.id ?? '')).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(await files.certificate(key?.id ?? '')).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('leaves out what is too large, no file, or no certificate', async () => {
    put('huge.pem', Buffer.concat([Buffer.from(alice.certificatePem), Buffer.alloc(FILE_LIMIT, 0x20)]));
    put('noise.pem', 'root:x:0:0');
    put('notes.txt', alice.certificatePem);
    mkdirSync(join(keys, 'folder.pem'));
    execFileSync('/usr/bin/env', ['mkfifo', join(keys, 'pipe.pem')]);
    symlinkSync('/dev/zero', join(keys, 'zero.pem'));
    expect(await registry().list('certificate')).toEqual([]);
    expect(await registry().list('key')).toEqual([]);
  });

  it('opens no dialog where there is none', async () => {
    expect(await registry().browse('ca')).toEqual({ ok: false, error: { code: 'unavailable' } });
  });

  it('knows what the dialog chose, also after a restart, and not what lies beside it', async () => {
    const elsewhere = temporaryFolder();
    try {
      const chosen = join(elsewhere.path, 'ca.crt');
      writeFileSync(chosen, alice.certificatePem);
      writeFileSync(join(elsewhere.path, 'private.crt'), bob.certificatePem);
      const dialog = { canBrowseFiles: true, browseFile: () => Promise.resolve(chosen) };
      const file = await registry(dialog).browse('ca');
      expect(file).toMatchObject({ ok: true, value: { name: 'ca.crt', certificate: { subject: 'CN=alice' } } });
      const later = registry();
      expect((await later.list('certificate')).map(({ name }) => name)).toEqual(['ca.crt']);
      const id = file.ok ? (file.value?.id ?? '') : '';
      expect(await later.certificate(id)).toMatchObject({ ok: true, value: { pem: alice.certificatePem } });
    } finally {
      elsewhere.remove();
    }
  });

  it.each([
    ['key' as const, 'key-missing'],
    ['ca' as const, 'bad-pem'],
  ])('refuses what the dialog chose when it is no %s', async (kind, code) => {
    const path = put('chosen.crt', kind === 'key' ? alice.certificatePem : 'nothing');
    const files = registry({ canBrowseFiles: true, browseFile: () => Promise.resolve(path) });
    expect(await files.browse(kind)).toEqual({ ok: false, error: { code } });
  });
});

describe('which key belongs to a certificate', () => {
  const keyName = async (certificate: string): Promise<string | undefined> => {
    const files = registry();
    const found = (await files.list('certificate')).find(({ name }) => name === certificate);
    return (await files.list('key')).find(({ id }) => id === found?.keyId)?.name;
  };

  it('is the one with the same modulus, whatever its name', async () => {
    put('alice.crt', alice.certificatePem);
    put('alice.pem', bob.keyPem);
    put('zzz.key', alice.keyPem);
    expect(await keyName('alice.crt')).toBe('zzz.key');
  });

  it('is the one of the same name when keys ask for a passphrase', async () => {
    put('alice.crt', alice.certificatePem);
    put('alice.pem', encrypted(alice));
    put('bob.pem', encrypted(bob));
    expect(await keyName('alice.crt')).toBe('alice.pem');
  });

  it('is the only one when its name says nothing, and none when there are two', async () => {
    put('alice.crt', alice.certificatePem);
    put('first.pem', encrypted(alice));
    expect(await keyName('alice.crt')).toBe('first.pem');
    put('second.pem', encrypted(bob));
    expect(await keyName('alice.crt')).toBeUndefined();
  });

  it('reads a certificate in DER, as Windows exports it', async () => {
    const der = Buffer.from(alice.certificatePem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
    put('windows.cer', der);
    const files = registry();
    const [file] = await files.list('ca');
    expect(file).toMatchObject({ name: 'windows.cer', certificate: { subject: 'CN=alice', isCa: true } });
    expect(await files.certificate(file?.id ?? '')).toMatchObject({
      ok: true,
      value: { pem: expect.stringContaining('BEGIN CERTIFICATE') },
    });
  });

  it('gives a client identity only with a key that opens without a passphrase', async () => {
    put('alice.crt', alice.certificatePem);
    const files = registry();
    const id = (await files.list('certificate'))[0]?.id ?? '';
    expect(await files.list('client-certificate')).toEqual([]);
    expect(await files.clientIdentity(id)).toEqual({ ok: false, error: { code: 'key-missing' } });
    const path = put('alice.pem', encrypted(alice));
    expect(await files.list('client-certificate')).toHaveLength(1);
    expect(await files.clientIdentity(id)).toEqual({ ok: false, error: { code: 'passphrase-needed' } });
    writeFileSync(path, alice.keyPem);
    expect(await files.clientIdentity(id)).toEqual({
      ok: true,
      value: { cert: alice.certificatePem, key: readFileSync(path, 'latin1') },
    });
  });
});
