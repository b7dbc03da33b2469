import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { bringElectron, noWindow } from './electron.ts';
import { cache, inRoot, out, root } from './paths.ts';
import { stop } from './run.ts';

const usage = `npm start [-- options]
  --server URL        the console for a real server, without the lab
  --browser           in a browser, though an Electron runtime is there
  --open              open the browser too (browser mode prints the address)
  --port N            port of browser mode on 127.0.0.1 (default: a free one)
  --data DIR          where the console keeps its data
  --keys DIR          a folder of certificates and keys; may be repeated
of the lab:
  --dialect v3|v2|derived   which Windows Update routes it has (default v3)
  --community         an edition without them
  --pace N            how many times faster than life it runs
  --hosts N           how many hosts a new lab has (default 60)
  --size S|M|L|XL     a new lab of 200, 2,000, 5,000 or 15,000 hosts, in a folder of its own
  --fresh             forget what the lab and its console kept from the last time`;

const { values } = parseArgs({
  options: {
    server: { type: 'string' },
    browser: { type: 'boolean', default: false },
    open: { type: 'boolean', default: false },
    port: { type: 'string' },
    data: { type: 'string' },
    keys: { type: 'string', multiple: true, default: [] },
    dialect: { type: 'string' },
    community: { type: 'boolean', default: false },
    pace: { type: 'string' },
    hosts: { type: 'string' },
    size: { type: 'string' },
    fresh: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const say = (text: string): void => console.log(text);
const children: ChildProcess[] = [];
let ending = false;

/** Ends what was started, the console before its server. */
async function end(code: number): Promise<never> {
  ending = true;
  for (const child of children.toReversed()) await stop(child);
  process.exit(code);
}

/** Each child leads a group of its own: Ctrl-C ends them in order, and not all at once. */
function start(command: string, args: readonly string[]): ChildProcess {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: process.platform !== 'win32',
  });
  children.push(child);
  return child;
}

const option = (name: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [`--${name}`, value];

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The folder of the lab and its console: the one of the last time, unless another demonstration that runs has it. */
function demonstrationFolder(): string {
  for (let number = 1; ; number += 1) {
    const name = values.size === undefined ? 'demonstration' : `demonstration-${values.size.toLowerCase()}`;
    const folder = join(cache, number === 1 ? name : `${name}-${number}`);
    const owner = join(folder, 'pid');
    if (existsSync(owner) && isAlive(Number(readFileSync(owner, 'utf8')))) continue;
    if (values.fresh) rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(owner, String(process.pid));
    return folder;
  }
}

/** The lab's usual port, so that its address stays the same from run to run; any free one where it is taken. */
function labPort(): Promise<string> {
  return new Promise((done) => {
    const probe = createServer();
    probe.on('error', () => done('0'));
    probe.listen(8443, '127.0.0.1', () => probe.close(() => done('8443')));
  });
}

/** Starts the lab and gives the file of its profile once it answers. */
async function startLab(folder: string): Promise<string> {
  const profile = join(folder, 'profile.json');
  rmSync(profile, { force: true });
  const lab = start(process.execPath, [
    inRoot('lab', 'main.ts'),
    ...option('data', join(folder, 'lab')),
    ...option('profile-file', profile),
    ...option('port', await labPort()),
    ...option('dialect', values.dialect),
    ...(values.community ? ['--community'] : []),
    ...option('pace', values.pace),
    ...option('hosts', values.hosts),
    ...option('size', values.size),
  ]);
  while (!existsSync(profile)) {
    if (lab.exitCode !== null || lab.signalCode !== null) {
      say('The lab did not start.');
      await end(1);
    }
    await wait(50);
  }
  return profile;
}

/** How the desktop window ended: its exit code, and whether it lived long enough to have been seen. */
async function runDesktop(
  binary: string,
  args: readonly string[],
): Promise<{ readonly code: number; readonly seen: boolean }> {
  const started = Date.now();
  const child = start(binary, [root, ...args]);
  const code = await new Promise<number>((done) => {
    child.on('error', () => done(127));
    child.on('exit', (exitCode) => done(exitCode ?? 1));
  });
  return { code, seen: code === 0 || Date.now() - started > 10_000 };
}

async function openConsole(args: readonly string[]): Promise<number> {
  const reason = values.browser ? undefined : noWindow();
  if (!values.browser && reason === undefined) {
    const electron = await bringElectron(say);
    if ('binary' in electron) {
      const { code, seen } = await runDesktop(electron.binary, args);
      if (seen || ending) return code;
      say(`No desktop window: Electron ended at once with code ${code}. The console opens in a browser instead.`);
    } else {
      say(`No desktop window: ${electron.missing}. The console opens in a browser instead.`);
    }
  } else if (reason !== undefined) {
    say(`No desktop window: ${reason}. The console opens in a browser instead.`);
  }
  const console = start(process.execPath, [
    join(out, 'main', 'browser.js'),
    ...args,
    ...option('port', values.port),
    ...(values.open ? ['--open'] : []),
  ]);
  return new Promise((done) => console.on('exit', (code) => done(code ?? 1)));
}

if (values.help) {
  say(usage);
  process.exit(0);
}
process.on('SIGINT', () => void end(0));
process.on('SIGTERM', () => void end(143));
process.on('SIGHUP', () => void end(129));

try {
  const report = await build();
  if (report.built.length > 0) say(`Built ${report.built.join(', ')} in ${report.seconds.toFixed(1)} s.`);
} catch (error) {
  say(`The console could not be built.\n${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

// A demonstration leaves nothing in the person's own folders; a real server's data belongs there.
async function target(): Promise<readonly string[]> {
  if (values.server !== undefined) return ['--server', values.server, ...option('data', values.data)];
  const folder = demonstrationFolder();
  return ['--lab-profile', await startLab(folder), '--data', values.data ?? join(folder, 'console')];
}

await end(await openConsole([...(await target()), ...values.keys.flatMap((folder) => ['--keys', folder])]));
