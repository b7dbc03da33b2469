import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../platform/testing.ts';
import { secretFromStore } from './secret-store.ts';
import { english } from './words/say.ts';

let folder: ReturnType<typeof temporaryFolder>;
const path = process.env['PATH'];

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  process.env['PATH'] = path;
  folder.remove();
});

/** Puts a program of this name where programs are looked for; it writes down what it was asked. */
const install = (name: string, body: string): void => {
  const file = join(folder.path, name);
  writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder.path}/asked'\n${body}\n`);
  chmodSync(file, 0o755);
  process.env['PATH'] = `${folder.path}:/bin:/usr/bin`;
};
const asked = (): readonly string[] => readFileSync(join(folder.path, 'asked'), 'utf8').trimEnd().split('\n');

describe('the store of the system', () => {
  it.each([
    ['linux', 'secret-tool', ['lookup', 'service', 'waptwua-console', 'account', 'password:a b@https://srv']],
    ['darwin', 'security', ['find-generic-password', '-s', 'waptwua-console', '-a', 'password:a b@https://srv', '-w']],
  ] as const)('on %s gives a secret by %s, asked for without a shell', async (os, name, args) => {
    install(name, "printf 's3cret;$(id)'");
    expect(await secretFromStore('password:a b@https://srv', '--password-store', os)).toEqual({
      ok: true,
      value: 's3cret;$(id)',
    });
    expect(asked()).toEqual(args);
  });

  it('that has nothing says how it is kept there', async () => {
    install('secret-tool', 'exit 1');
    const answer = await secretFromStore('password:x', '--password-store', 'linux');
    expect(answer).toMatchObject({ ok: false, error: { ending: 'refused' } });
    expect(answer.ok ? '' : answer.error.words(english)).toContain('secret-tool store');
  });

  it('that is missing is a word on the line', async () => {
    process.env['PATH'] = folder.path;
    expect(await secretFromStore('x', '--password-store', 'linux')).toMatchObject({ error: { ending: 'usage' } });
    expect(await secretFromStore('x', '--password-store', 'win32')).toMatchObject({ error: { ending: 'usage' } });
  });
});
