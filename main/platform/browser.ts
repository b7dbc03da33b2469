import { fail } from '../../domain/result.ts';
import type { Paths, Platform } from './platform.ts';

/**
 * The platform of browser mode: no dialogs, no clipboard and no secret store. The window does in the browser what a page
 * may do there, and lists the files that main found.
 */
export function createBrowserPlatform(options: { readonly version: string; readonly paths: Paths }): Platform {
  return {
    entry: 'browser',
    version: options.version,
    paths: options.paths,
    canBrowseFiles: false,
    languages: () => [new Intl.DateTimeFormat().resolvedOptions().locale],
    openExternal: () => Promise.resolve(false),
    copy: () => Promise.resolve(false),
    notify: () => false,
    browseFile: () => Promise.resolve(null),
    saveFile: null,
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
