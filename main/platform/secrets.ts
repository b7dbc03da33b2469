import { z } from 'zod';
import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok } from '../../domain/result.ts';
import { inTurn } from '../in-turn.ts';
import type { Secrets } from './platform.ts';
import { readJson, writePrivate } from './private-file.ts';

/** What is used of Electron's safeStorage: the asynchronous functions alone, the others are gone in Electron 46. */
export interface SafeStore {
  readonly isAsyncEncryptionAvailable: () => Promise<boolean>;
  readonly encryptStringAsync: (text: string) => Promise<Buffer>;
  readonly decryptStringAsync: (
    bytes: Buffer,
  ) => Promise<{ readonly shouldReEncrypt: boolean; readonly result: string }>;
  readonly getSelectedStorageBackend: () => string;
}

const UNAVAILABLE: ConsoleError = { code: 'unavailable' };

const vault = z.record(z.string().max(300), z.string().max(20_000));

/**
 * Keeps secrets in a file, encrypted by the platform's store. On Linux without one, Chromium encrypts with a password that
 * everybody knows (`basic_text`): that is no store, and nothing is written.
 */
export function createSecrets(options: {
  readonly store: SafeStore;
  readonly file: string;
  readonly os: NodeJS.Platform;
}): Secrets {
  const { store, file, os } = options;

  const available = async (): Promise<boolean> => {
    try {
      if (!(await store.isAsyncEncryptionAvailable())) return false;
      return os !== 'linux' || !['basic_text', 'unknown'].includes(store.getSelectedStorageBackend());
    } catch {
      return false;
    }
  };

  const read = async (): Promise<Readonly<Record<string, string>>> => {
    const parsed = vault.safeParse(await readJson(file));
    return parsed.success ? parsed.data : {};
  };

  // One change after the other: two that read the same file would lose one of them.
  const turn = inTurn();
  const change = (edit: (content: Record<string, string>) => Promise<void> | void): Promise<void> =>
    turn(async () => {
      const content = { ...(await read()) };
      await edit(content);
      await writePrivate(file, JSON.stringify(content));
    });

  const keep = (name: string, value: string): Promise<void> =>
    change(async (content) => {
      content[name] = (await store.encryptStringAsync(value)).toString('base64');
    });

  return {
    available,
    get: async (name) => {
      const kept = (await read())[name];
      if (kept === undefined || !(await available())) return null;
      try {
        const { result, shouldReEncrypt } = await store.decryptStringAsync(Buffer.from(kept, 'base64'));
        if (shouldReEncrypt) await keep(name, result).catch(() => undefined);
        return result;
      } catch {
        // A keyring that was made anew: the person types the password again.
        return null;
      }
    },
    set: async (name, value) => {
      if (!(await available())) return fail(UNAVAILABLE);
      try {
        await keep(name, value);
        return ok(null);
      } catch {
        return fail({ code: 'disk' });
      }
    },
    delete: async (name) => {
      if ((await read())[name] === undefined) return;
      await change((content) => {
        delete content[name];
      });
    },
  };
}
