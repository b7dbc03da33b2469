import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, test as base, expect } from '@playwright/test';
import { type Lab, type LabOptions, startLab } from '../lab/lab.ts';
import { type ConsoleStart, electron, type RunningConsole, startInBrowser, startOnDesktop } from './console-process.ts';
import { type Guard, makeGuard } from './guard.ts';
import { type App, openApp } from './pages/app.ts';

/** Starts consoles of one test; each has a data folder of its own unless one is named, and ends with the test. */
export interface Consoles {
  readonly start: (options?: {
    readonly data?: string;
    /** `null`: a console that knows no server yet. */
    readonly lab?: Lab | null;
    /** Whether the console trusts the lab's authority from the start, as `npm start` has it. */
    readonly isTrusted?: boolean;
    readonly keys?: readonly string[];
  }) => Promise<App & { readonly console: RunningConsole; readonly data: string }>;
}

/** A console with its window, and the pages of it. */
export type OpenConsole = Awaited<ReturnType<Consoles['start']>>;

/** What a spec chooses for all its tests. */
export interface Options {
  /** How the lab of the test is started. */
  readonly labOptions: Partial<LabOptions>;
}

/** What the tests of one worker have together. */
export interface WorkerFixtures {
  /** Starts a console where this run has its windows: in the browser, or on the desktop. */
  readonly startConsole: (start: ConsoleStart, watch: Guard['watch']) => Promise<RunningConsole>;
}

/** What each test has of its own. */
export interface Fixtures {
  /** A folder that goes away with the test. */
  readonly folder: string;
  readonly lab: Lab;
  readonly guard: Guard;
  readonly consoles: Consoles;
  /** A console on the lab, at its sign-in screen. */
  readonly app: OpenConsole;
  /** The same, signed in as `admin`, with everything read. */
  readonly signedIn: OpenConsole;
}

/** Writes the file by which a console knows a lab. */
export function profileOf(lab: Lab, folder: string, isTrusted: boolean): string {
  const file = join(folder, `profile-${isTrusted}.json`);
  writeFileSync(
    file,
    JSON.stringify({
      name: 'Lab',
      url: lab.url,
      caFile: isTrusted ? lab.caFile : join(folder, 'no-such-authority.crt'),
      keysDir: lab.signer.directory,
      user: 'admin',
    }),
  );
  return file;
}

type StartConsole = WorkerFixtures['startConsole'];

const inBrowser = async (
  { browser }: { readonly browser: Browser },
  use: (start: StartConsole) => Promise<void>,
): Promise<void> => use((start, watch) => startInBrowser(browser, start, watch));

/** A run on the desktop needs no browser. */
const onDesktop =
  (binary: string) =>
  async ({}: object, use: (start: StartConsole) => Promise<void>): Promise<void> =>
    use((start, watch) => startOnDesktop(binary, start, watch));

/** How the lab of a test is started unless the test says otherwise. */
export const usualLab = (folder: string): LabOptions => ({
  dataDir: join(folder, 'lab'),
  hosts: 20,
  // Fast enough for tasks to end at once, slow enough for the cycles of the server not to come in between.
  pace: 10,
  bandwidth: 4_000_000,
  schedules: false,
});

/** A new folder for the files of a test. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'console-e2e-'));

/** Removes such a folder. */
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });

/** Signs in and waits until everything was read and is shown. */
export async function enter({ signIn, frame, updates }: App): Promise<void> {
  await signIn.as('admin');
  await frame.allRead();
  await updates.ready();
  await frame.clearMessages();
}

/** The test function of the specs: a lab and a console a test, and a window that must keep to its own rules. */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  labOptions: [{}, { option: true }],

  folder: async ({}, use) => {
    const folder = newFolder();
    await use(folder);
    removeFolder(folder);
  },

  lab: async ({ folder, labOptions }, use) => {
    const lab = await startLab({ ...usualLab(folder), ...labOptions });
    await use(lab);
    await lab.stop();
  },

  guard: async ({}, use) => {
    const guard = makeGuard();
    await use(guard);
    expect(guard.findings()).toEqual([]);
  },

  startConsole: [electron === undefined ? inBrowser : onDesktop(electron), { scope: 'worker' }],

  consoles: async ({ startConsole, folder, guard, lab }, use) => {
    const running: RunningConsole[] = [];
    await use({
      start: async ({ data, lab: other = lab, isTrusted = true, keys = [] } = {}) => {
        const own = data ?? join(folder, `console-${running.length}`);
        mkdirSync(own, { recursive: true, mode: 0o700 });
        const labProfile = other === null ? undefined : profileOf(other, folder, isTrusted);
        const console = await startConsole(
          { data: own, keys, ...(labProfile === undefined ? {} : { labProfile }) },
          guard.watch,
        );
        running.push(console);
        return { ...openApp(console.page), console, data: own };
      },
    });
    for (const console of running) await console.close();
  },

  app: async ({ consoles }, use) => {
    await use(await consoles.start());
  },

  signedIn: async ({ app }, use) => {
    await enter(app);
    await use(app);
  },
});

export { expect } from '@playwright/test';
