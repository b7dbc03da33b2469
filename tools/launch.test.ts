import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inRoot } from './paths.ts';
import { type Ran, run } from './run.ts';

let folder = '';

const write = (file: string, content: string): void => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), content);
};

const lockWith = (packages: Readonly<Record<string, unknown>>): void => {
  const dependencies = Object.fromEntries(Object.keys(packages).map((name) => [name, '1.0.0']));
  const locked = Object.fromEntries(Object.entries(packages).map(([name, entry]) => [`node_modules/${name}`, entry]));
  write('package.json', JSON.stringify({ name: 'fresh', version: '1.0.0', dependencies }));
  write(
    'package-lock.json',
    JSON.stringify({
      name: 'fresh',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: { '': { name: 'fresh', version: '1.0.0', dependencies }, ...locked },
    }),
  );
};

/** Runs the launcher of a small clone; no registry is reachable there. */
const launch = (...args: readonly string[]): Promise<Ran> =>
  run(process.execPath, ['tools/launch.mjs', ...args], {
    cwd: folder,
    env: {
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_fetch_retries: '0',
      npm_config_cache: join(folder, 'npm-cache'),
    },
  });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launch-'));
  mkdirSync(join(folder, 'tools'));
  copyFileSync(inRoot('tools', 'launch.mjs'), join(folder, 'tools', 'launch.mjs'));
  write(
    'tools/hello.ts',
    'const words: readonly string[] = process.argv.slice(2);\nconsole.log(`hello ${words.join()}`);\nprocess.exitCode = 3;\n',
  );
  lockWith({});
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the launcher', () => {
  it('installs on a fresh clone, hands over the arguments and passes the exit code', async () => {
    const ran = await launch('hello', '--a', 'b');
    expect(ran.output).toMatch(/Installing the packages of the lock: done in \d+ s\n(.*\n)*hello --a,b\n$/);
    expect(ran.code).toBe(3);
  });

  it('installs again only when the lock has changed', async () => {
    await launch('hello');
    expect((await launch('hello')).output).toBe('hello \n');
    write(
      'package-lock.json',
      JSON.stringify(
        { name: 'fresh', version: '1.0.0', lockfileVersion: 3, packages: { '': { name: 'fresh', version: '1.0.0' } } },
        null,
        1,
      ),
    );
    expect((await launch('hello')).output).toContain('Installing');
  });

  it('lets one launch at a time install', async () => {
    const both = await Promise.all([launch('hello', '1'), launch('hello', '2')]);
    expect(both.map(({ code }) => code)).toEqual([3, 3]);
    expect(both.filter(({ output }) => output.includes('Installing the packages of the lock: done'))).toHaveLength(1);
    expect(existsSync(join(folder, '.cache', 'setup.lock'))).toBe(false);
  });

  it('takes over from a launch that died', async () => {
    const dead = await run(process.execPath, ['-p', 'process.pid']);
    write('.cache/setup.lock', dead.output.trim());
    expect((await launch('hello')).code).toBe(3);
  });

  it('says in words that the registry cannot be reached', async () => {
    lockWith({
      'left-pad': { version: '1.0.0', integrity: 'sha512-AAAA', resolved: 'http://127.0.0.1:9/left-pad-1.0.0.tgz' },
    });
    const ran = await launch('hello');
    expect(ran.output).toContain('The package registry could not be reached.');
    expect(ran.code).toBe(1);
  });

  it('knows its tools', async () => {
    const ran = await launch('nothing');
    expect(ran.output).toContain('"nothing" is no tool of this project');
    expect(ran.code).toBe(1);
  });
});
