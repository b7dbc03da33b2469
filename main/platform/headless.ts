import { fail } from '../../domain/result.ts';
import type { Paths, Platform } from './platform.ts';

/** The platform of the command line: no window, no dialog, no clipboard. `target` is where the next file is to be written. */
export function createHeadlessPlatform(options: {
  readonly version: string;
  readonly paths: Paths;
  readonly target: () => string | null;
}): Platform {
  return {
    entry: 'command',
    version: options.version,
    paths: options.paths,
    canBrowseFiles: false,
    languages: () => [new Intl.DateTimeFormat().resolvedOptions().locale],
    openExternal: () => Promise.resolve(false),
    copy: () => Promise.resolve(false),
    notify: () => false,
    browseFile: () => Promise.resolve(null),
    saveFile: () => Promise.resolve(options.target()),
    printPdf: null,
    secrets: {
      available: () => Promise.resolve(false),
      get: () => Promise.resolve(null),
      set: () => Promise.resolve(fail({ code: 'unavailable' })),
      delete: () => Promise.resolve(),
    },
    resolveProxy: () => Promise.resolve(null),
  };
}
