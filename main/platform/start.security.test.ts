import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readArguments } from './arguments.ts';
import { openAddress, openerOf } from './open-address.ts';
import { preparePaths } from './prepare.ts';
import { parsePacResult } from './proxy.ts';
import { temporaryFolder } from './testing.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

describe('the command line', () => {
  const strict = { strict: true };

  it('is read with its defaults', () => {
    expect(readArguments([], strict)).toEqual({
      ok: true,
      value: { port: 0, data: null, keys: [], open: false, server: null, lab: null },
    });
  });

  it('takes the lab beside it, with paths from the place of the file', () => {
    mkdirSync(join(folder.path, 'lab'));
    const file = join(folder.path, 'lab', 'profile.json');
    const said = { name: 'Lab', url: 'https://127.0.0.1:9443', caFile: 'ca.crt', keysDir: 'keys', user: 'admin' };
    writeFileSync(file, JSON.stringify(said));
    const words = readArguments(['--lab-profile', file, '--keys', '/a', '--keys', '/b', '--port', '80'], strict);
    const lab = { ...said, caFile: join(folder.path, 'lab', 'ca.crt'), keysDir: join(folder.path, 'lab', 'keys') };
    expect(words).toMatchObject({ ok: true, value: { lab, keys: ['/a', '/b'], port: 80 } });
  });

  it.each([
    [['--port', 'x'], '--port'],
    [['--port', '70000'], '--port'],
    [['--ignore-certificate-errors'], 'ignore-certificate-errors'],
    [['--lab-profile', '/nowhere'], '--lab-profile'],
    [['stray'], 'stray'],
  ])('refuses %j', (words, named) => {
    const read = readArguments(words, strict);
    expect(read).toMatchObject({ ok: false, error: expect.stringContaining(named) });
  });

  it('refuses a lab that is not https', () => {
    const file = join(folder.path, 'profile.json');
    writeFileSync(file, JSON.stringify({ name: 'L', url: 'http://127.0.0.1', caFile: 'a', keysDir: 'b', user: 'c' }));
    expect(readArguments(['--lab-profile', file], strict)).toMatchObject({ ok: false });
  });

  it('lets the desktop share its line with Chromium', () => {
    const words = readArguments(['--no-sandbox', '--type=renderer', '.', '--server', 'https://srv'], { strict: false });
    expect(words).toMatchObject({ ok: true, value: { server: 'https://srv' } });
  });
});

describe('the folders of a start', () => {
  const at = (name: string): string => join(folder.path, name);
  const lab = { name: 'Lab', url: 'https://127.0.0.1', caFile: 'ca.crt', keysDir: '/lab/keys', user: 'admin' };

  it.each([
    ['its own below the data', [], null, ['data/keys']],
    ['those that were named', ['mine'], null, ['mine']],
    ["the lab's beside its own", [], lab, ['/lab/keys', 'data/keys']],
  ] as const)('look for keys in %s', (_what, given, withLab, expected) => {
    const paths = preparePaths({ data: at('data'), keys: given.map(at), lab: withLab });
    expect(paths.keys).toEqual(expected.map((name) => (name.startsWith('/') ? name : at(name))));
    for (const made of [paths.data, ...paths.keys.filter((name) => name !== lab.keysDir)]) {
      expect(statSync(made).mode & 0o777).toBe(0o700);
    }
  });
});

describe('opening the address', () => {
  it('puts it into a file of its owner, never on a command line', async () => {
    const seen = join(folder.path, 'seen');
    const opener = {
      command: process.execPath,
      args: ['-e', `require('fs').writeFileSync(${JSON.stringify(seen)}, process.argv[1])`],
    };
    const { opened, remove } = await openAddress('http://127.0.0.1:1/#token=abc', folder.path, opener);
    expect(opened).toBe(true);
    const argument = await vi.waitFor(
      () => {
        const text = existsSync(seen) ? readFileSync(seen, 'utf8') : '';
        expect(text).not.toBe('');
        return text;
      },
      { timeout: 30_000 },
    );
    expect(argument).not.toContain('abc');
    const file = new URL(argument);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('url=http://127.0.0.1:1/#token=abc');
    await remove();
    expect(existsSync(file)).toBe(false);
  });

  it('says when no program can be started', async () => {
    const { opened } = await openAddress('http://x', folder.path, { command: '/nowhere', args: [] });
    expect(opened).toBe(false);
  });

  it.each(['linux', 'darwin', 'win32'] as const)('needs no shell on %s', (platform) => {
    expect(openerOf(platform).command).toMatch(/^(xdg-open|open|rundll32)$/);
  });
});

describe('the proxy that the system wants', () => {
  it.each([
    ['DIRECT', null],
    ['PROXY proxy.example:3128; DIRECT', 'http://proxy.example:3128'],
    ['HTTPS Proxy.Example:443', 'https://proxy.example:443'],
    ['SOCKS5 s:1080; PROXY p:8080', 'http://p:8080'],
    ['SOCKS s:1080', null],
    ['DIRECT; PROXY p:8080', null],
    ['PROXY [::1]:8080', 'http://[::1]:8080'],
    ['PROXY user@p:8080', null],
    ['PROXY p:99999', null],
    ['PROXY p', null],
    ['', null],
    ['nonsense', null],
  ])('%j → %j', (result, proxy) => expect(parsePacResult(result)).toBe(proxy));
});
