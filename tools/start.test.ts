import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inRoot, root } from './paths.ts';
import { stop } from './run.ts';

let data = '';
let child: ChildProcess | undefined;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'start-'));
});

afterEach(async () => {
  if (child) await stop(child, 15_000);
  rmSync(data, { recursive: true, force: true });
});

/** Starts as `npm start` does, and gives what was printed once an address of the console is among it, or it ended. */
async function start(...args: readonly string[]): Promise<string> {
  let said = '';
  const started = spawn(process.execPath, [inRoot('tools', 'start.ts'), '--data', data, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  for (const stream of [started.stdout, started.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => (said += piece));
  while (!/http:\/\/127\.0\.0\.1:\d+\/\S*#/.test(said) && started.exitCode === null) await wait(50);
  return said;
}

const address = (said: string, pattern: RegExp): URL => new URL(pattern.exec(said)?.[0] ?? 'about:blank');

const isFree = (port: string): Promise<boolean> =>
  new Promise((done) => {
    const probe = createServer();
    probe.on('error', () => done(false));
    probe.listen(Number(port), '127.0.0.1', () => probe.close(() => done(true)));
  });

describe('npm start', () => {
  it('serves the console on the lab, its token in the fragment, and ends with all it started', async () => {
    const said = await start('--browser', '--hosts', '5');
    const lab = address(said, /https:\/\/127\.0\.0\.1:\d+/);
    const console = address(said, /http:\/\/127\.0\.0\.1:\S+/);
    expect(console.hash.length).toBeGreaterThan(20);
    expect(console.search).toBe('');
    expect((await fetch(console.origin)).status).toBe(200);
    expect(await isFree(lab.port)).toBe(false);

    child?.kill('SIGINT');
    if (child) await once(child, 'exit');
    expect(child?.exitCode).toBe(0);
    expect([await isFree(lab.port), await isFree(console.port)]).toEqual([true, true]);
  });

  it('starts no lab for a server of one’s own', async () => {
    const said = await start('--browser', '--server', 'https://srvwapt.example');
    expect(said).not.toContain('The lab runs');
    expect(said).toMatch(/http:\/\/127\.0\.0\.1:\d+\/\S*#/);
  });
});
