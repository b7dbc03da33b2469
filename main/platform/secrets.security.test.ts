import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSecrets, type SafeStore } from './secrets.ts';
import { temporaryFolder } from './testing.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'secrets.json');
});
afterEach(() => folder.remove());

const mirror = (text: string): string => text.split('').toReversed().join('');
const store = (over: Partial<SafeStore> = {}): SafeStore => ({
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  encryptStringAsync: (text) => Promise.resolve(Buffer.from(mirror(text))),
  decryptStringAsync: (bytes) => Promise.resolve({ shouldReEncrypt: false, result: mirror(bytes.toString()) }),
  getSelectedStorageBackend: () => 'gnome_libsecret',
  ...over,
});
const secrets = (over: Partial<SafeStore> = {}, os: NodeJS.Platform = 'linux') =>
  createSecrets({ store: store(over), file, os });

describe('the secret store', () => {
  it.each<[NodeJS.Platform, string, boolean, boolean]>([
    ['linux', 'gnome_libsecret', true, true],
    ['linux', 'kwallet6', true, true],
    ['linux', 'basic_text', true, false],
    ['linux', 'unknown', true, false],
    ['linux', 'gnome_libsecret', false, false],
    ['win32', 'unknown', true, true],
    ['darwin', 'unknown', true, true],
    ['win32', 'unknown', false, false],
  ])('on %s with %s, encryption %s: offered %s', async (os, backend, encrypts, offered) => {
    const over = {
      getSelectedStorageBackend: () => backend,
      isAsyncEncryptionAvailable: () => Promise.resolve(encrypts),
    };
    const kept = secrets(over, os);
    expect(await kept.available()).toBe(offered);
    expect((await kept.set('password:p', 'hunter2')).ok).toBe(offered);
    expect(existsSync(file)).toBe(offered);
  });

  it('writes nothing that can be read, to a file of its owner', async () => {
    const kept = secrets();
    await kept.set('password:p', 'hunter2');
    expect(readFileSync(file, 'utf8')).not.toContain('hunter2');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await kept.get('password:p')).toBe('hunter2');
    await kept.delete('password:p');
    expect(await kept.get('password:p')).toBeNull();
    expect(readFileSync(file, 'utf8')).toBe('{}');
  });

  it('does not hand out what an earlier store kept, once there is none', async () => {
    await secrets().set('password:p', 'hunter2');
    expect(await secrets({ getSelectedStorageBackend: () => 'basic_text' }).get('password:p')).toBeNull();
  });

  it('answers that there is none when the keyring was made anew', async () => {
    await secrets().set('password:p', 'hunter2');
    const broken = secrets({ decryptStringAsync: () => Promise.reject(new Error('no key')) });
    expect(await broken.get('password:p')).toBeNull();
  });

  it('encrypts again when the platform says so', async () => {
    await secrets().set('password:p', 'hunter2');
    const rotated = secrets({
      encryptStringAsync: (text) => Promise.resolve(Buffer.from(`2${mirror(text)}`)),
      decryptStringAsync: (bytes) => Promise.resolve({ shouldReEncrypt: true, result: mirror(bytes.toString()) }),
    });
    expect(await rotated.get('password:p')).toBe('hunter2');
    const content = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    expect(Buffer.from(content['password:p'] ?? '', 'base64').toString()).toBe('22retnuh');
  });

  it('loses none of two secrets that are kept at once', async () => {
    const kept = secrets();
    await Promise.all([kept.set('a', '1'), kept.set('b', '2'), kept.delete('c')]);
    expect([await kept.get('a'), await kept.get('b')]).toEqual(['1', '2']);
  });
});
