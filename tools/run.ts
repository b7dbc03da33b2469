import { type ChildProcess, spawn } from 'node:child_process';
import { root } from './paths.ts';

/** How a command ended: its exit code (128 + n when signal n ended it, 127 when it could not be started) and what it wrote. */
export type Ran = { readonly code: number; readonly output: string; readonly seconds: number };

/** Options of `run`: the folder (default the project's), variables added to the environment, a limit in ms. */
export type RunOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
};

/** Runs a command to its end and gives what it wrote; never throws. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const started = performance.now();
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
    });
    const end = (code: number, more = ''): void => {
      const seconds = (performance.now() - started) / 1000;
      done({ code, output: Buffer.concat(chunks).toString('utf8') + more, seconds });
    };
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => end(127, `${command}: ${error.message}\n`));
    child.on('close', (code, signal) => {
      if (signal) end(124, `${command}: ended by ${signal} after ${options.timeoutMs ?? 0} ms\n`);
      else end(code ?? 1);
    });
  });
}

/** Runs a tool of node_modules by the Node that runs this. */
export const runScript = (script: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> =>
  run(process.execPath, [script, ...args], options);

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
