import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './paths.ts';

/** How a command ended: its exit code (124 out of time, 127 not started), what it wrote, and how long it took. */
export type Ran = { readonly code: number; readonly output: string; readonly seconds: number };

/** Options of `run`: the folder (default the project's), variables added to the environment, a limit in ms, and who hears each piece of output. */
export type RunOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly heard?: (piece: string) => void;
};

const running = new Set<ChildProcess>();
const windows = process.platform === 'win32';

/** A child leads a group of its own, so that what it started ends with it. */
function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined && !windows) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    child.kill(signal);
  }
}

/** Makes Ctrl-C and a polite end reach everything that `run` started. To be called once, by a tool's entry. */
export function endTogether(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(signal, () => {
      for (const child of running) endGroup(child, 'SIGTERM');
      process.exit(code);
    });
  }
}

/** Runs a command to its end and gives what it wrote; never throws. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const started = performance.now();
  return new Promise((done) => {
    const pieces: string[] = [];
    let outOfTime = false;
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: !windows,
    });
    running.add(child);
    const limit = setTimeout(
      () => {
        outOfTime = true;
        endGroup(child, 'SIGTERM');
        setTimeout(() => endGroup(child, 'SIGKILL'), 5000).unref();
      },
      options.timeoutMs ?? 2 ** 31 - 1,
    );
    const end = (code: number, more = ''): void => {
      clearTimeout(limit);
      running.delete(child);
      done({ code, output: pieces.join('') + more, seconds: (performance.now() - started) / 1000 });
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (piece: string) => {
        pieces.push(piece);
        options.heard?.(piece);
      });
    }
    child.on('error', (error) => end(127, `${command}: ${error.message}\n`));
    child.on('close', (code, signal) => {
      if (outOfTime) end(124, `\nstopped after ${Math.round((options.timeoutMs ?? 0) / 1000)} s\n`);
      else if (signal) end(128, `\nended by ${signal}\n`);
      else end(code ?? 1);
    });
  });
}

/** Runs the command `name` of an installed package by the Node that runs this. */
export function runPackage(
  name: string,
  args: readonly string[],
  options: RunOptions & { readonly of?: string } = {},
): Promise<Ran> {
  const require = createRequire(import.meta.url);
  const file = join(root, 'node_modules', ...(options.of ?? name).split('/'), 'package.json');
  const { bin } = require(file) as { readonly bin: string | Readonly<Record<string, string>> };
  const script = typeof bin === 'string' ? bin : (bin[name] ?? '');
  return run(process.execPath, [join(dirname(file), script), ...args], options);
}

/** Ends a child: politely first, by force after `graceMs`. Resolves when it is gone. */
export function stop(child: ChildProcess, graceMs = 5000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
    child.once('exit', () => {
      clearTimeout(force);
      done();
    });
    child.kill('SIGTERM');
  });
}
