import { accessSync, constants, existsSync, globSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';
import { run, runPackage } from './run.ts';

/** What installs a browser for the e2e where there is none, for a person to run. */
export const installCommand =
  'apt-get update && apt-get install -y --no-install-recommends chromium-headless-shell fonts-dejavu-core';

const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

const fixed = [
  '/usr/lib/chromium/chromium-headless-shell',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  join(process.env['PROGRAMFILES'] ?? 'C:\\Program Files', 'Google', 'Chrome', 'Application', 'chrome.exe'),
  join(process.env['PROGRAMFILES(X86)'] ?? 'C:\\Program Files (x86)', 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
];

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function fromPlaywright(): string | undefined {
  const folder = process.env['PLAYWRIGHT_BROWSERS_PATH'] ?? join(homedir(), '.cache', 'ms-playwright');
  const shells = globSync('chromium_headless_shell-*/*/{chrome-headless-shell,headless_shell}', { cwd: folder });
  const candidates = [...shells.map((path) => join(folder, path)), chromium.executablePath()];
  return candidates.find((path) => existsSync(path));
}

/**
 * The Chromium that the e2e drives: `E2E_BROWSER`, else one of the system (the headless shell first, for it starts
 * fastest), else the one that Playwright fetched.
 */
export function findBrowser(): string | undefined {
  const given = process.env['E2E_BROWSER'];
  if (given) return given;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const inPath = names.flatMap((name) => [...folders, '/usr/bin'].map((folder) => join(folder, name)));
  return [...inPath, ...fixed].find(executable) ?? fromPlaywright();
}

/** Arguments that Chromium needs here: it refuses its sandbox to root. */
export const browserArguments: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Whether system packages may be installed without asking: in CI, as root, or when it was asked for. */
const mayInstall = (asked: boolean): boolean => asked || process.env['CI'] === 'true' || process.getuid?.() === 0;

async function fromSystem(say: (text: string) => void): Promise<void> {
  const prefix = process.getuid?.() === 0 ? '' : 'sudo -n ';
  const command = installCommand.replaceAll('apt-get', `${prefix}apt-get`);
  say(`installing a browser for the e2e: ${command}`);
  const ran = await run('sh', ['-c', command], { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: 300_000 });
  if (ran.code !== 0) say(`that failed: ${ran.output.trim().split('\n').at(-1) ?? ''}`);
}

/**
 * A browser for the e2e, installed where there is none: from the system's packages where that is allowed, else by
 * Playwright into the user's own folder. `undefined` when neither gave one.
 */
export async function bringBrowser(asked: boolean, say: (text: string) => void): Promise<string | undefined> {
  const found = findBrowser();
  if (found) return found;
  const debian = existsSync('/usr/bin/apt-get');
  if (debian && mayInstall(asked)) {
    await fromSystem(say);
    const installed = findBrowser();
    if (installed) return installed;
  }
  say("fetching Playwright's Chromium (100 MB, once)");
  const ran = await runPackage('playwright', ['install', 'chromium-headless-shell'], { timeoutMs: 180_000 });
  if (ran.code !== 0) say(`that failed: ${ran.output.trim().split('\n').at(-1) ?? ''}`);
  return fromPlaywright();
}
