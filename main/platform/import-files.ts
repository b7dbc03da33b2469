import { createHmac, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ConsoleError } from '../../contract/errors.ts';
import type { ImportFile, ImportFiles } from '../../contract/schemas/cves.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { filesOf } from './folder-files.ts';
import type { Platform } from './platform.ts';

/** Bytes of the largest file that is read: a year of Microsoft's documents is smaller. */
export const IMPORT_LIMIT = 64 * 1024 * 1024;

const EXTENSIONS: ReadonlySet<string> = new Set(['.csv', '.txt', '.json', '.xml']);
const CHOSEN_KEPT = 50;

/**
 * The files that a person may import, by opaque ids: those of the folder `imports` below the data, and those chosen in main's own dialog. A window can
 * name an id that it was given and nothing else. Ids last as long as the console runs.
 */
export interface ImportRegistry {
  readonly list: () => Promise<ImportFiles>;
  /** Asks the person for a file; null when cancelled. Fails with `unavailable`, `not-found`, `disk`. */
  readonly browse: () => Promise<Result<ImportFile | null, ConsoleError>>;
  /** Fails with `not-found`, `disk`, `too-large`. */
  readonly read: (id: string) => Promise<Result<{ readonly name: string; readonly bytes: Uint8Array }, ConsoleError>>;
}

async function readBounded(path: string): Promise<Result<Uint8Array, ConsoleError>> {
  try {
    // Without O_NONBLOCK, a named pipe in the folder would hold the console for ever.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const facts = await file.stat();
      if (!facts.isFile()) return fail({ code: 'not-found', field: 'fileId' });
      if (facts.size > IMPORT_LIMIT)
        return fail({ code: 'too-large', field: 'fileId', facts: { limit: IMPORT_LIMIT, size: facts.size } });
      const bytes = new Uint8Array(facts.size);
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return ok(bytes.subarray(0, filled));
    } finally {
      await file.close();
    }
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return fail({ code: isMissing ? 'not-found' : 'disk', field: 'fileId' });
  }
}

/** Makes the registry. */
export function createImportRegistry({ platform }: { readonly platform: Platform }): ImportRegistry {
  const folder = join(platform.paths.data, 'imports');
  const salt = randomBytes(32);
  const chosen: string[] = [];

  const idOf = (path: string): string => createHmac('sha256', salt).update(path).digest('base64url').slice(0, 32);

  const inFolder = async (): Promise<readonly string[]> => {
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch(() => undefined);
    return filesOf(folder, EXTENSIONS);
  };

  const view = async (path: string): Promise<ImportFile | null> => {
    const facts = await stat(path).catch(() => null);
    if (facts?.isFile() !== true) return null;
    return { id: idOf(path), name: basename(path), size: facts.size, modifiedOn: facts.mtime.toISOString() };
  };

  const paths = async (): Promise<readonly string[]> => [...new Set([...(await inFolder()), ...chosen])];

  return {
    list: async () => {
      const files = (await Promise.all((await paths()).map(view))).filter((file) => file !== null);
      return { folder, files: files.toSorted((a, b) => (a.modifiedOn < b.modifiedOn ? 1 : -1)) };
    },
    browse: async () => {
      if (!platform.canBrowseFiles) return fail({ code: 'unavailable' });
      const path = await platform.browseFile('cve');
      if (path === null) return ok(null);
      const file = await view(path);
      if (file === null) return fail({ code: 'not-found' });
      if (!chosen.includes(path)) chosen.push(path);
      chosen.splice(0, Math.max(0, chosen.length - CHOSEN_KEPT));
      return ok(file);
    },
    read: async (id) => {
      const path = (await paths()).find((one) => idOf(one) === id);
      if (path === undefined) return fail({ code: 'not-found', field: 'fileId' });
      const bytes = await readBounded(path);
      return bytes.ok ? ok({ name: basename(path), bytes: bytes.value }) : bytes;
    },
  };
}
