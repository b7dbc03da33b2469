import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { app, safeStorage, session } from 'electron';
import { createHeadlessPlatform } from './headless.ts';
import type { Paths, Platform } from './platform.ts';
import { parsePacResult } from './proxy.ts';
import { createSecrets } from './secrets.ts';

/**
 * The platform of the command line in Electron's main process: without a window, with the window's folder, the proxy of the
 * system and, where `isStore`, what the window keeps in the store of the system. To be asked before Electron is ready.
 */
export async function createCommandPlatform(options: {
  readonly paths: Paths;
  readonly target: () => string | null;
  readonly isStore: boolean;
}): Promise<Platform> {
  const { paths, target, isStore } = options;
  // On Windows the key by which the window's secrets are kept lies there.
  const chromium = join(paths.data, 'window');
  mkdirSync(chromium, { recursive: true, mode: 0o700 });
  app.setPath('userData', chromium);
  await app.whenReady();
  const headless = createHeadlessPlatform({ version: app.getVersion(), paths, target });
  // Read only: a password that comes on a descriptor does not take the place of the one that the person had kept.
  const file = join(paths.data, 'secrets.json');
  const { get } = createSecrets({ store: safeStorage, file, os: process.platform });
  return {
    ...headless,
    languages: () => app.getPreferredSystemLanguages(),
    secrets: isStore ? { ...headless.secrets, get } : headless.secrets,
    // A session in memory: the files of the window's own belong to the window.
    resolveProxy: async (address) => parsePacResult(await session.fromPartition('command').resolveProxy(address)),
  };
}
