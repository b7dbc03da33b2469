import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { paths } from '../main/settings/paths.ts';
import { bringBrowser, browserArguments } from '../tools/browser.ts';
import { build } from '../tools/build.ts';
import { out } from '../tools/paths.ts';
import { stop } from '../tools/run.ts';
import { labProcess } from './lab-process.ts';
import { largeStore } from './large-store.ts';
import { ratioOf } from './measure.ts';
import { finish } from './report.ts';

const HOSTS = 5_000;

await build();
const lab = await labProcess({ hosts: 1 });
const labProfile = join(lab.folder, 'profile.json');
const caFile = join(lab.folder, 'ca.crt');
writeFileSync(caFile, lab.ca);
writeFileSync(labProfile, JSON.stringify({ name: 'Lab', url: lab.url, caFile, keysDir: lab.folder, user: lab.user }));
const executablePath = await bringBrowser(false, console.log);
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: [...browserArguments, '--disable-frame-rate-limit', '--disable-gpu-vsync'],
});

interface Opened {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

/** A console with its window, at the sign-in screen. */
async function openConsole(data: string): Promise<Opened> {
  const child = spawn(
    process.execPath,
    [join(out, 'main', 'browser.js'), '--data', data, '--lab-profile', labProfile],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const address = await new Promise<string>((done, failed) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /^console: (\S+)\n/m.exec(said)?.[1];
      if (found !== undefined) done(found);
    });
    child.once('exit', () => failed(new Error('the console did not start')));
  });
  const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'en-GB' })).newPage();
  await page.goto(address);
  return {
    page,
    close: async () => {
      await page.context().close();
      await stop(child);
    },
  };
}

/** A console on what a store has, without a server. */
async function consoleOn(hosts: number): Promise<Opened> {
  const data = join(lab.folder, `console-${hosts}`);
  // Only who signed in once may look without a server.
  const first = await openConsole(data);
  await first.page.getByLabel('Password', { exact: true }).fill(lab.password);
  await first.page.keyboard.press('Enter');
  await first.page.getByRole('navigation', { name: 'Screens' }).waitFor();
  await first.close();
  const file = paths(data).profile('lab').store;
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  largeStore(
    file,
    hosts === 0 ? { hosts: 0, updates: 1, rows: 0 } : { hosts, updates: hosts, rows: hosts * 100 },
  ).close();
  const opened = await openConsole(data);
  await opened.page.getByRole('button', { name: 'Open what was read before' }).click();
  // A window comes back to the screen it was on.
  await opened.page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Hosts' }).click();
  await opened.page.getByRole('heading', { level: 1, name: 'Hosts' }).waitFor();
  return opened;
}

/** Milliseconds from the opening of the window on the screen of hosts to its first rows (or its grid without any), painted, by the clock of the page. */
async function firstRows(page: Page, hosts: number): Promise<number> {
  await page.reload();
  return page.evaluate(async (count) => {
    const isThere = (): boolean => {
      const grid = document.querySelector('[role="grid"][aria-label="Hosts"]');
      return (
        grid?.getAttribute('aria-rowcount') === String(count + 1) &&
        (count === 0 || grid.querySelector('.ag-row') !== null)
      );
    };
    const frame = (): Promise<unknown> => new Promise((done) => requestAnimationFrame(done));
    do await frame();
    while (!isThere());
    await frame();
    return performance.now();
  }, hosts);
}

const [full, empty] = [await consoleOn(HOSTS), await consoleOn(0)];
finish(
  `The screen of hosts, from opening its window to the first painted rows, out of a store of ${HOSTS.toLocaleString('en')} hosts and 500,000 rows`,
  [
    await ratioOf({
      what: 'first rows against the page with an empty grid',
      bar: 1.5,
      unit: 'ms',
      baseline: () => firstRows(empty.page, 0),
      subject: () => firstRows(full.page, HOSTS),
    }),
  ],
);
await full.close();
await empty.close();
await browser.close();
await lab.stop();
