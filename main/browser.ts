import process from 'node:process';
import { createConsole } from './console.ts';
import { createEventHub } from './ipc/events.ts';
import { createTextHandler } from './ipc/handle.ts';
import { openLog } from './log/log.ts';
import { type Arguments, readArguments } from './platform/arguments.ts';
import { createBrowserPlatform } from './platform/browser.ts';
import { type PageSender, startBrowserServer } from './platform/browser-server/server.ts';
import { openAddress } from './platform/open-address.ts';
import { placesFrom, versionOf } from './platform/places.ts';
import { preparePaths } from './platform/prepare.ts';
import { paths } from './settings/paths.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Browser mode: the console in this process, its window in a browser on this computer. */
async function run(words: Arguments): Promise<void> {
  const places = placesFrom(import.meta.dirname);
  const folders = preparePaths(words);
  const log = openLog({ folder: paths(folders.data).logs });
  // Whatever nobody waited for: a bug to find, and no reason to end with work in hand.
  process.on('unhandledRejection', (error) => log.error('a promise failed by a bug', { error }));
  const platform = createBrowserPlatform({ version: versionOf(places), paths: folders });
  const events = createEventHub();
  const core = await createConsole({ platform, events, log, startup: words });
  await core.start();
  const handle = createTextHandler<PageSender>(core.callsOf, {
    log,
    admit: (session) => (session === null ? null : { sender: session }),
  });
  const { renderer, bridge } = places;
  const server = await startBrowserServer({
    port: words.port,
    renderer,
    bridge,
    handle,
    events,
    downloads: core.downloads,
    log,
  });
  const cleanups: (() => Promise<void>)[] = [];

  const stop = async (): Promise<void> => {
    await server.stop();
    await Promise.all(cleanups.map((cleanup) => cleanup()));
    await core.stop();
    process.exit(0);
  };
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // A second signal does not wait for what hangs.
      if (isStopping) process.exit(1);
      isStopping = true;
      void stop();
    });
  }

  const address = server.address();
  process.stdout.write(`console: ${address}\n`);
  if (words.open) {
    const { opened, remove } = await openAddress(address, folders.data);
    cleanups.push(remove);
    if (!opened) say('no program could be started to open the address: open it in a browser of this computer');
  }
  if (process.stdin.isTTY) {
    say('Enter prints a new address, for another tab; Ctrl+C ends the console.');
    process.stdin.on('data', () => say(server.address())).unref();
  }
}

const words = readArguments(process.argv.slice(2), { strict: true });
if (words.ok) {
  run(words.value).catch((error: unknown) => {
    say(`the console could not start: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  });
} else {
  say(words.error);
  process.exit(2);
}
