import { extname, join } from 'node:path';
import process from 'node:process';
import { app, type BrowserWindow, clipboard, dialog, Notification, safeStorage, session, shell } from 'electron';
import { isAllowedExternal } from '../security/external-links.ts';
import type { BrowsePurpose, Paths, Platform } from './platform.ts';
import { printPdf } from './print-pdf.ts';
import { parsePacResult } from './proxy.ts';
import { createSecrets } from './secrets.ts';

const EXTENSIONS: Readonly<Record<BrowsePurpose, readonly string[]>> = {
  ca: ['crt', 'pem', 'cer'],
  certificate: ['crt', 'pem', 'cer'],
  'client-certificate': ['crt', 'pem', 'cer'],
  key: ['pem', 'key'],
  cve: ['csv', 'txt', 'json', 'xml'],
};

/** The platform of the desktop: dialogs, clipboard, secret store and proxy of the system, by Electron. After `ready` only. */
export function createDesktopPlatform(options: {
  readonly paths: Paths;
  readonly window: () => BrowserWindow | null;
}): Platform {
  const { paths, window } = options;
  // A notification that nothing holds is collected, and its click with it.
  const shown = new Set<Notification>();
  return {
    entry: 'desktop',
    version: app.getVersion(),
    paths,
    canBrowseFiles: true,
    languages: () => app.getPreferredSystemLanguages(),
    openExternal: async (address) => {
      if (!isAllowedExternal(address)) return false;
      try {
        await shell.openExternal(address);
        return true;
      } catch {
        return false;
      }
    },
    copy: async (text) => {
      await clipboard.writeText(text);
      return true;
    },
    notify: ({ title, text }, onClick) => {
      if (!Notification.isSupported()) return false;
      const notification = new Notification({ title, body: text, silent: true });
      const forget = (): void => void shown.delete(notification);
      notification.on('click', () => {
        forget();
        const over = window();
        if (over?.isMinimized()) over.restore();
        over?.show();
        over?.focus();
        onClick();
      });
      notification.on('close', forget);
      notification.on('failed', forget);
      shown.add(notification);
      notification.show();
      return true;
    },
    browseFile: async (kind) => {
      const over = window();
      if (over === null) return null;
      const extensions = [...EXTENSIONS[kind]];
      const name = extensions.map((extension) => `*.${extension}`).join(', ');
      const chosen = await dialog.showOpenDialog(over, { properties: ['openFile'], filters: [{ name, extensions }] });
      return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
    },
    saveFile: async (name) => {
      const over = window();
      if (over === null) return null;
      const extension = extname(name).slice(1);
      const chosen = await dialog.showSaveDialog(over, {
        defaultPath: name,
        filters: [{ name: `*.${extension}`, extensions: [extension] }],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
    },
    printPdf,
    secrets: createSecrets({ store: safeStorage, file: join(paths.data, 'secrets.json'), os: process.platform }),
    resolveProxy: async (address) => parsePacResult(await session.defaultSession.resolveProxy(address)),
  };
}
