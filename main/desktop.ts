import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { app, type BrowserWindow, type IpcMainInvokeEvent, ipcMain, protocol, session } from 'electron';
import { CHANNELS } from '../contract/names.ts';
import { commandArguments } from './cli/desktop-line.ts';
import { createConsole } from './console.ts';
import { createEventHub } from './ipc/events.ts';
import { createHandler } from './ipc/handle.ts';
import { openLog } from './log/log.ts';
import { type Arguments, readArguments } from './platform/arguments.ts';
import { createDesktopPlatform } from './platform/desktop.ts';
import { installMenu, openWindow } from './platform/desktop-window.ts';
import { placesFrom } from './platform/places.ts';
import { preparePaths } from './platform/prepare.ts';
import { answerScheme } from './platform/scheme.ts';
import { guardNavigation, isTrustedSender, type SenderFacts } from './security/navigation.ts';
import { denyPermissions } from './security/permissions.ts';
import { paths } from './settings/paths.ts';

const factsOf = ({ sender, senderFrame }: IpcMainInvokeEvent): SenderFacts => ({
  contentsId: sender.isDestroyed() ? null : sender.id,
  isMainFrame: senderFrame !== null && senderFrame.parent === null,
  origin: senderFrame?.origin ?? null,
  address: senderFrame?.url ?? null,
});

/** The desktop: the console in Electron's main process, its window in a sandbox. */
async function run(words: Arguments): Promise<void> {
  const places = placesFrom(import.meta.dirname);
  const folders = preparePaths(words);
  // Chromium's own files lie below ours; a second console on the same folder only raises the first.
  const chromium = join(folders.data, 'window');
  mkdirSync(chromium, { recursive: true, mode: 0o700 });
  app.setPath('userData', chromium);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  let window: BrowserWindow | null = null;
  const ownContents = new Set<number>();
  app.on('web-contents-created', (_event, contents) => guardNavigation(contents));
  app.on('window-all-closed', () => app.quit());
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  await app.whenReady();

  denyPermissions(session.defaultSession);
  const outside = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'] };
  session.defaultSession.webRequest.onBeforeRequest(outside, (_details, answer) => answer({ cancel: true }));
  protocol.handle('app', (request) => answerScheme(request.url, request.method, places.renderer));

  const log = openLog({ folder: paths(folders.data).logs });
  // Whatever nobody waited for: a bug to find, and no reason to end with work in hand.
  process.on('unhandledRejection', (error) => log.error('a promise failed by a bug', { error }));
  const platform = createDesktopPlatform({ paths: folders, window: () => window });
  const events = createEventHub();
  const core = await createConsole({ platform, events, log, startup: words });
  await core.start();
  const handle = createHandler<SenderFacts>(core.callsOf, {
    log,
    admit: (sender) => (isTrustedSender(sender, ownContents) ? { sender: `window-${sender.contentsId ?? 0}` } : null),
  });
  ipcMain.handle(CHANNELS.call, (event, name: unknown, request: unknown, desk: unknown) =>
    handle(factsOf(event), name, request, desk),
  );
  events.subscribe((event) => {
    if (window?.isDestroyed() !== false) return;
    window.webContents.send(CHANNELS.event, event.name, event.payload, event.desk);
  });

  let isStopped = false;
  app.on('before-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    isStopped = true;
    void core.stop().finally(() => app.quit());
  });

  installMenu(process.platform);
  await openWindow({
    preload: places.preload,
    isPackaged: app.isPackaged,
    stateFile: join(folders.data, 'window.json'),
    onOpen: (opened) => {
      window = opened;
      ownContents.add(opened.webContents.id);
    },
    onCrash: (reason) => log.error('the process of the window ended', { reason }),
  });
}

const line = process.argv.slice(app.isPackaged ? 1 : 2);
const command = commandArguments(line);
app.enableSandbox();
if (command === null) {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
  const words = readArguments(line, { strict: false });
  if (words.ok) {
    run(words.value).catch((error: unknown) => {
      process.stderr.write(
        `the console could not start: ${error instanceof Error ? (error.stack ?? '') : String(error)}\n`,
      );
      app.exit(1);
    });
  } else {
    process.stderr.write(`${words.error}\n`);
    app.exit(2);
  }
} else {
  app.disableHardwareAcceleration();
  if (process.platform === 'darwin') app.setActivationPolicy('prohibited');
  // Electron is not ready before this module is read to its end: what is awaited here comes before.
  const [{ runInDesktop }, { createCommandPlatform }] = await Promise.all([
    import('./cli/in-desktop.ts'),
    import('./platform/desktop-command.ts'),
  ]);
  void runInDesktop(command, app, createCommandPlatform);
}
