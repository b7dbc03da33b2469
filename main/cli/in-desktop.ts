import process from 'node:process';
import { EXIT } from './exit.ts';
import { type MakePlatform, openConsole } from './open.ts';
import { runCommand } from './run.ts';
import { languageOf } from './words/say.ts';

/** What is used of Electron's `app`. */
interface DesktopApp {
  readonly getVersion: () => string;
  readonly exit: (code: number) => void;
  on(name: 'before-quit', listener: (event: { readonly preventDefault: () => void }) => void): unknown;
}

/**
 * The command line in Electron's main process, as the installed program has it: `waptwua-console --cli -- hosts`. It opens no
 * window and asks for no single-instance lock; a window may be open on the same folder.
 */
export async function runInDesktop(args: readonly string[], app: DesktopApp, platform: MakePlatform): Promise<void> {
  // Chromium takes the signals that end a process for a wish to quit.
  app.on('before-quit', (event) => {
    event.preventDefault();
    app.exit(EXIT.interrupted);
  });
  // Whoever reads the answer may stop reading: `waptwua hosts | head`.
  process.stdout.on('error', () => app.exit(EXIT.done));
  // Where nobody listens to it, Electron tells a fault in a window of its own.
  process.on('uncaughtException', (error) => {
    process.stderr.write(`waptwua: ${error.stack ?? error.message}\n`, () => app.exit(EXIT.bug));
  });
  const exit = await runCommand({
    args,
    version: app.getVersion(),
    language: languageOf(process.env),
    out: process.stdout,
    err: process.stderr,
    input: process.stdin,
    open: openConsole(platform),
  });
  // Every word is written by now. This ends the process at once, whatever sockets are open.
  app.exit(exit);
}
