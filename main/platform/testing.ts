import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../../domain/result.ts';
import type { Platform } from './platform.ts';

/** A folder of its own for one test, and how to remove it. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'console-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A platform for tests on real folders, with the parts that a test sets. */
export function testPlatform(data: string, over: Partial<Platform> = {}): Platform {
  return {
    entry: 'browser',
    version: '0.0.0-test',
    paths: { data, keys: [join(data, 'keys')] },
    canBrowseFiles: false,
    languages: () => ['en'],
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
    ...over,
  };
}
