import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../lab/lab.ts';
import { buildPart } from '../../tools/build.ts';
import { root } from '../../tools/paths.ts';
import { testLab } from '../console/harness.ts';
import { parseCsv } from '../read-files.ts';
import type { System } from './electron.ts';

let lab: Lab;
let folder: string;
let app: string;
let labProfile: string;

// The entry as it is built and as it lies in a package: `out` beside package.json. Electron is played; no real one runs here.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'waptwua-command-'));
  app = join(folder, 'app');
  [lab] = await Promise.all([testLab({ pace: 200 }), buildPart('main', join(app, 'out', 'main'))]);
  cpSync(join(root, 'package.json'), join(app, 'package.json'));
  labProfile = join(folder, 'lab.json');
  const { url, caFile, signer } = lab;
  writeFileSync(labProfile, JSON.stringify({ name: 'Lab', url, caFile, keysDir: signer.directory, user: 'admin' }));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await lab.stop();
});

const adminPassword = (): string => lab.users.find(({ name }) => name === 'admin')?.password ?? '';
const data = (): string => join(folder, 'data');
const known = (): readonly string[] => ['--data', data(), '--lab-profile', labProfile];

interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
  /** What was asked of Electron, in its order. */
  readonly asked: readonly (readonly unknown[])[];
  readonly windows: number;
  readonly channels: number;
}

interface Given {
  readonly password?: string;
  readonly system?: Partial<System>;
  /** When the process is told to end. */
  readonly endWhen?: Promise<unknown>;
}

/** Runs the built entry as the shipped script does; secrets come on descriptors 3 and 4. */
async function start(words: readonly string[], given: Given = {}): Promise<Ended> {
  const { password: secret = adminPassword(), system = {} } = given;
  const log = join(mkdtempSync(join(folder, 'run-')), 'asked.json');
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, 'run-built.ts'),
      join(app, 'out', 'main', 'desktop.js'),
      JSON.stringify(system),
      log,
      ...words,
    ],
    { stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C' } },
  );
  for (const [at, line] of [
    [3, secret],
    [4, lab.signer.passphrase],
  ] as const) {
    const pipe = child.stdio[at];
    if (pipe !== null && pipe !== undefined && 'end' in pipe) {
      // A command that needs no secret closes the other end unread.
      pipe.on('error', () => undefined);
      pipe.end(`${line}\n`);
    }
  }
  void given.endWhen?.then(() => child.kill('SIGTERM'));
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => void (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => void (err += text));
  const exit = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const { log: asked, ...counts } = JSON.parse(readFileSync(log, 'utf8')) as Pick<Ended, 'windows' | 'channels'> & {
    readonly log: Ended['asked'];
  };
  return { exit, out, err, asked, ...counts };
}

/** As the shipped scripts start it. */
const command = (words: readonly string[], given?: Given): Promise<Ended> =>
  start(['--ozone-platform=headless', '--disable-gpu', '--cli', '--', ...words], given);

const password = ['--password-fd', '3'];
const rowsOf = ({ out }: Ended): readonly Record<string, unknown>[] =>
  (JSON.parse(out) as { readonly rows: readonly Record<string, unknown>[] }).rows;
const namesOf = ({ asked }: Ended): readonly unknown[] => asked.map(([name]) => name);

describe('the desktop entry with --cli', () => {
  it('gives what the server has, and asks nothing of Electron but what a command needs', async () => {
    const ended = await command(['hosts', '--json', ...password, ...known()]);
    expect(ended).toMatchObject({ exit: 0, err: '', windows: 0, channels: 0 });
    expect(rowsOf(ended).map((row) => row['uuid'])).toHaveLength(lab.hosts.length);
    expect(new Set(rowsOf(ended).map((row) => row['uuid']))).toEqual(new Set(lab.hosts.map(({ uuid }) => uuid)));
    // No window, no lock of a single instance, no menu, no scheme, no quitting that somebody could hold up.
    expect(ended.asked).toEqual([
      ['enableSandbox'],
      ['disableHardwareAcceleration'],
      ['setPath', 'userData', join(data(), 'window')],
      ['ready'],
      ['exit', 0],
    ]);
    expect(statSync(join(data(), 'window')).mode & 0o777).toBe(0o700);
  });

  it('writes all of a large answer before it ends', async () => {
    const whole = await command(['updates', '--all', '--superseded', '--json', '--offline', ...known()]);
    expect(whole.exit).toBe(0);
    expect(whole.out.length).toBeGreaterThan(65_536);
    expect(JSON.parse(whole.out)).toMatchObject({ count: rowsOf(whole).length });
  });

  it('orders, exports and says how it ended by its exit code', async () => {
    const file = join(folder, 'hosts.csv');
    const exported = await command(['export', 'hosts', '--offline', '--out', file, ...known()]);
    expect(exported).toMatchObject({ exit: 0, windows: 0 });
    expect(parseCsv(readFileSync(file, 'utf8')).length).toBeGreaterThan(lab.hosts.length);
    expect(await command(['export', 'hosts', '--offline', '--out', file, ...known()])).toMatchObject({ exit: 6 });
    const online = rowsOf(await command(['hosts', '--json', '--offline', '--reachable', ...known()]));
    const uuid = String(online.find((row) => row['lastScan'] !== null)?.['uuid']);
    const order = [
      'trigger',
      'scan',
      '--uuid',
      uuid,
      '--wait',
      '--json',
      ...password,
      '--passphrase-fd',
      '4',
      ...known(),
    ];
    expect(await command(order)).toMatchObject({ exit: 10, out: expect.stringContaining('unconfirmed') });
    const done = await command([...order, '--yes']);
    expect(done).toMatchObject({ exit: 0, windows: 0 });
    expect(JSON.parse(done.out)).toMatchObject({ hosts: [{ uuid, progress: 'done' }] });
    const wrong = await command(['hosts', '--json', ...password, ...known()], { password: 'wrong' });
    expect(wrong).toMatchObject({ exit: 4, out: expect.stringContaining('password-refused') });
  });

  it('needs neither a display nor a folder for help and version', async () => {
    const help = await command(['--help']);
    expect(help).toMatchObject({ exit: 0, out: expect.stringContaining('usage: waptwua'), windows: 0 });
    expect(namesOf(help)).toEqual(['enableSandbox', 'disableHardwareAcceleration', 'exit']);
    expect(await command(['--version'])).toMatchObject({ exit: 0, out: '0.0.0-stand-in\n' });
    expect(await start(['--cli'])).toMatchObject({
      exit: 2,
      out: expect.stringContaining('usage: waptwua'),
      windows: 0,
    });
  });
});

describe('its line', () => {
  it('takes no flag of Chromium or Node, behind --cli or before it, and opens nothing for one', async () => {
    const lines = [
      ['--ozone-platform=headless', '--cli', '--', 'hosts', '--inspect'],
      ['--cli', 'hosts', '--remote-debugging-port=9222'],
      ['--remote-debugging-port=9222', '--cli', '--', '--help'],
    ];
    for (const ended of await Promise.all(lines.map((line) => start(line)))) {
      expect(ended).toMatchObject({ exit: 2, out: '', windows: 0, err: expect.stringContaining('Unknown option') });
      expect(namesOf(ended)).toEqual(['enableSandbox', 'disableHardwareAcceleration', 'exit']);
    }
  });

  it('carries no secret, and repeats none', async () => {
    const lines = [
      ['--cli', '--', 'hosts', '--password=hunter2-secret'],
      ['--passphrase=hunter2-secret', '--cli', 'hosts'],
    ];
    for (const ended of await Promise.all(lines.map((line) => start(line)))) {
      expect(ended).toMatchObject({ exit: 2, err: expect.stringContaining('--password-fd'), windows: 0 });
      expect(ended.out + ended.err + JSON.stringify(ended.asked)).not.toContain('hunter2');
    }
  });
});

describe('the password that the window keeps', () => {
  const keep = (secret: string): void =>
    writeFileSync(
      join(data(), 'secrets.json'),
      JSON.stringify({ 'password:lab': Buffer.from(Buffer.from(secret).toReversed()).toString('base64') }),
      { mode: 0o600 },
    );
  const kept = (): string => readFileSync(join(data(), 'secrets.json'), 'utf8');

  it('signs in by --password-store, and by nothing else', async () => {
    keep(adminPassword());
    expect(await command(['hosts', '--password-store', ...known()])).toMatchObject({ exit: 0, windows: 0 });
    expect(await command(['hosts', ...known()])).toMatchObject({
      exit: 2,
      err: expect.stringContaining('--password-fd'),
    });
    keep('another');
    expect(await command(['hosts', '--password-store', ...known()])).toMatchObject({ exit: 4 });
  });

  it('stays as it was, whatever is given on a descriptor', async () => {
    keep('kept by the window');
    const before = kept();
    expect(await command(['hosts', ...password, ...known()])).toMatchObject({ exit: 0 });
    expect(kept()).toBe(before);
  });

  it('is not sent for another user, nor read where the system has no store', async () => {
    keep(adminPassword());
    const other = await command(['hosts', '--password-store', '--user', 'viewer', ...known()]);
    expect([2, 4]).toContain(other.exit);
    expect(other.err).toContain('--password-store');
    const none = await command(['hosts', '--password-store', ...known()], { system: { secretBackend: 'basic_text' } });
    expect([2, 4]).toContain(none.exit);
    expect(none.err).toContain('--password-store');
  });
});

describe('a command that is ended by a signal', () => {
  it('ends with 130, without a window that asks', async () => {
    // A server that takes the connection and says nothing.
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const url = `https://127.0.0.1:${port}`;
    const file = join(folder, 'silent.json');
    writeFileSync(file, readFileSync(labProfile, 'utf8').replace(lab.url, url));
    const connected = new Promise((resolve) => silent.once('connection', resolve));
    const words = ['hosts', ...password, '--data', join(folder, 'silent'), '--lab-profile', file];
    const ended = await command(words, { endWhen: connected });
    silent.close();
    expect(ended).toMatchObject({ exit: 130, out: '', windows: 0 });
    expect(ended.asked.at(-1)).toEqual(['exit', 130]);
  });
});
