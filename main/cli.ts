#!/usr/bin/env node
import { join } from 'node:path';
import process from 'node:process';
import { runCommand } from './cli/run.ts';
import { createConsole } from './console.ts';
import { createEventHub } from './ipc/events.ts';
import { createHandler } from './ipc/handle.ts';
import { openLog } from './log/log.ts';
import { readArguments } from './platform/arguments.ts';
import { createHeadlessPlatform } from './platform/headless.ts';
import { placesFrom, versionOf } from './platform/places.ts';
import { preparePaths } from './platform/prepare.ts';
import { paths } from './settings/paths.ts';

// Whoever reads the answer may stop reading: `waptwua hosts | head`.
process.stdout.on('error', () => process.exit());

/** The command line: the same console without a window. */
process.exitCode = await runCommand({
  args: process.argv.slice(2),
  version: versionOf(placesFrom(import.meta.dirname)),
  out: process.stdout,
  err: process.stderr,
  input: process.stdin,
  open: async ({ data, keys, labProfile, target }) => {
    const words = readArguments(
      [
        ...(data === null ? [] : ['--data', data]),
        ...keys.flatMap((folder) => ['--keys', folder]),
        ...(labProfile === null ? [] : ['--lab-profile', labProfile]),
      ],
      { strict: true },
    );
    if (!words.ok) return words;
    const folders = preparePaths(words.value);
    // Beside the log of the window: two processes would turn over one file under each other.
    const log = openLog({ folder: join(paths(folders.data).logs, 'command') });
    process.on('unhandledRejection', (error) => log.error('a promise failed by a bug', { error }));
    const platform = createHeadlessPlatform({
      version: versionOf(placesFrom(import.meta.dirname)),
      paths: folders,
      target,
    });
    const core = await createConsole({ platform, events: createEventHub(), log, startup: words.value });
    await core.start();
    const handle = createHandler<string>(core.callsOf, { log, admit: (sender) => ({ sender }) });
    return {
      ok: true,
      value: { ask: (name, request) => handle('command', name, request, core.firstDesk()), stop: () => core.stop() },
    };
  },
});
// Sockets that a server keeps open would keep the process.
process.exit();
