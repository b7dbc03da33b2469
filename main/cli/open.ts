import { join } from 'node:path';
import { createConsole } from '../console.ts';
import { createEventHub } from '../ipc/events.ts';
import { createHandler } from '../ipc/handle.ts';
import { openLog } from '../log/log.ts';
import { readArguments } from '../platform/arguments.ts';
import type { Paths, Platform } from '../platform/platform.ts';
import { preparePaths } from '../platform/prepare.ts';
import { paths } from '../settings/paths.ts';
import type { CommandRun } from './run.ts';

/** Makes the platform of a command. It is asked at once: the desktop has to say where Chromium's files lie before it is ready. */
export type MakePlatform = (wanted: {
  readonly paths: Paths;
  /** Where the next file is to be written. */
  readonly target: () => string | null;
  /** Whether what the window keeps in the store of the system may be read. */
  readonly isStore: boolean;
}) => Promise<Platform>;

/** Starts the console that a command asks: folders, settings and profiles are those of the window. */
export const openConsole =
  (makePlatform: MakePlatform): CommandRun['open'] =>
  async ({ data, keys, labProfile, target, isStore }) => {
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
    const platform = await makePlatform({ paths: folders, target, isStore });
    // Beside the log of the window: two processes would turn over one file under each other.
    const log = openLog({ folder: join(paths(folders.data).logs, 'command') });
    process.on('unhandledRejection', (error) => log.error('a promise failed by a bug', { error }));
    const core = await createConsole({ platform, events: createEventHub(), log, startup: words.value });
    await core.start();
    const handle = createHandler<string>(core.callsOf, { log, admit: (sender) => ({ sender }) });
    return {
      ok: true,
      value: { ask: (name, request) => handle('command', name, request, core.firstDesk()), stop: () => core.stop() },
    };
  };
