import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { out } from '../../tools/paths.ts';
import { stop } from '../../tools/run.ts';

/** The built entry of browser mode, running on a data folder of its own. */
export interface BrowserEntry {
  readonly child: ChildProcess;
  readonly folder: string;
  /** Everything it wrote to its standard output. */
  readonly output: () => string;
  /** The address that opens the console, with its one-time token. */
  readonly address: string;
  readonly origin: string;
  readonly token: string;
  readonly end: () => Promise<void>;
}

/** Starts the entry and waits for its line. */
export async function startBrowserEntry(
  words: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<BrowserEntry> {
  const folder = mkdtempSync(join(tmpdir(), 'browser-entry-'));
  const child = spawn(process.execPath, [join(out, 'main', 'browser.js'), '--data', folder, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  let output = '';
  const address = await new Promise<string>((done, failed) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const line = /^console: (\S+)\n/m.exec(output)?.[1];
      if (line !== undefined) done(line);
    });
    child.once('exit', (code) => failed(new Error(`the console ended with ${code ?? 'a signal'} before it was ready`)));
  });
  return {
    child,
    folder,
    output: () => output,
    address,
    origin: new URL(address).origin,
    token: new URL(address).hash.slice('#token='.length),
    end: async () => {
      await stop(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
