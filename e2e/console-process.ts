import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type Browser, type BrowserContext, type Page } from '@playwright/test';
import type { Bridge } from '../contract/bridge.ts';
import { out, root } from '../tools/paths.ts';
import { stop } from '../tools/run.ts';

declare global {
  interface Window {
    /** What the preload of the console puts into its page. */
    readonly waptwua: Bridge;
  }
}

/** How a console is started: its data folder, the file that tells it about a lab, and its folders of keys. */
export interface ConsoleStart {
  readonly data: string;
  readonly labProfile?: string;
  readonly keys?: readonly string[];
}

/** A console that runs as a process of its own, with a window on it. */
export interface RunningConsole {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Ends the process at once, as a crash or a power cut does; the window stays behind where it can. */
  readonly kill: () => Promise<void>;
  /** Closes the window and ends the process politely. */
  readonly close: () => Promise<void>;
}

/** The Electron that runs the specs, where `npm run e2e:desktop` found one. */
export const electron = process.env['E2E_ELECTRON'];

const wordsOf = ({ data, labProfile, keys = [] }: ConsoleStart): readonly string[] => [
  '--data',
  data,
  ...(labProfile === undefined ? [] : ['--lab-profile', labProfile]),
  ...keys.flatMap((folder) => ['--keys', folder]),
];

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done();
    else child.once('exit', () => done());
  });

async function addressOf(child: ChildProcess): Promise<string> {
  let output = '';
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  return new Promise((done, failed) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const address = /^console: (\S+)\n/m.exec(output)?.[1];
      if (address !== undefined) done(address);
    });
    child.once('exit', () => failed(new Error(`the console ended before it was ready: ${errors}`)));
  });
}

/** Lets a test look at a context before its first page. */
type Watch = (context: BrowserContext) => Promise<void>;

/** Starts the built console in browser mode and opens its address in a fresh context. */
export async function startInBrowser(browser: Browser, start: ConsoleStart, watch: Watch): Promise<RunningConsole> {
  const script = join(out, 'main', 'browser.js');
  if (!existsSync(script)) throw new Error('the console is not built: node tools/build.ts');
  const child = spawn(process.execPath, [script, ...wordsOf(start)], { stdio: ['ignore', 'pipe', 'pipe'] });
  const address = await addressOf(child);
  const context = await browser.newContext();
  await watch(context);
  const page = await context.newPage();
  await page.goto(address);
  return {
    context,
    page,
    kill: async () => {
      child.kill('SIGKILL');
      await ended(child);
    },
    close: async () => {
      await context.close();
      await stop(child);
    },
  };
}

/** Starts the built console on the desktop, in a window as large as the browser's. */
export async function startOnDesktop(
  executablePath: string,
  start: ConsoleStart,
  watch: Watch,
): Promise<RunningConsole> {
  const application = await _electron.launch({
    executablePath,
    args: [root, ...wordsOf(start)],
    env: { ...definedOf(process.env), LANG: 'en_GB.UTF-8', LANGUAGE: 'en_GB' },
  });
  const context = application.context();
  await watch(context);
  const page = await application.firstWindow();
  await application.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.setContentSize(1920, 1080);
  });
  // The window was there before anybody could watch it.
  await page.reload();
  return {
    context,
    page,
    kill: async () => {
      const child = application.process();
      child.kill('SIGKILL');
      await ended(child);
    },
    close: () => application.close(),
  };
}

const definedOf = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
