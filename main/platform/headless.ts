import { createBrowserPlatform } from './browser.ts';
import type { Paths, Platform } from './platform.ts';

/** The platform of the command line: no window, no dialog, no clipboard. `target` is where the next file is to be written. */
export function createHeadlessPlatform(options: {
  readonly version: string;
  readonly paths: Paths;
  readonly target: () => string | null;
}): Platform {
  return {
    ...createBrowserPlatform(options),
    entry: 'command',
    saveFile: () => Promise.resolve(options.target()),
  };
}
