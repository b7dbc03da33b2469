import { createHash, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { BROWSER } from '../../contract/names.ts';

/** A file that waits to be fetched. */
export interface Download {
  readonly file: string;
  /** Letters, digits, `-` and `.` only. */
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
}

/** Files that the window may fetch, each once and soon. */
export interface Downloads {
  /** The path under which the file is fetched. */
  readonly offer: (download: Download) => string;
  /** The file of a path's token, once; null for any other text. Who takes it removes it. */
  readonly take: (token: string) => Download | null;
  /** Removes all that wait. */
  readonly clear: () => Promise<void>;
}

/** Milliseconds for which a file waits. */
export const DOWNLOAD_MS = 60_000;

// Only digests are kept and looked up: how long a look takes tells nothing about a token.
const digest = (text: string): string => createHash('sha256').update(text).digest('base64');

/** Makes the register of one start of the console. */
export function createDownloads(now: () => number = Date.now): Downloads {
  const waiting = new Map<
    string,
    { readonly download: Download; readonly until: number; readonly timer: NodeJS.Timeout }
  >();
  const drop = (key: string): Download | null => {
    const found = waiting.get(key);
    if (found === undefined) return null;
    clearTimeout(found.timer);
    waiting.delete(key);
    return found.download;
  };
  const forget = async (key: string): Promise<void> => {
    const download = drop(key);
    if (download !== null) await rm(download.file, { force: true });
  };
  return {
    offer: (download) => {
      const token = randomBytes(32).toString('base64url');
      const key = digest(token);
      const timer = setTimeout(() => void forget(key).catch(() => undefined), DOWNLOAD_MS);
      timer.unref();
      waiting.set(key, { download, until: now() + DOWNLOAD_MS, timer });
      return `${BROWSER.download}${token}`;
    },
    take: (token) => {
      const key = digest(token);
      const until = waiting.get(key)?.until ?? 0;
      if (now() < until) return drop(key);
      void forget(key).catch(() => undefined);
      return null;
    },
    clear: async () => {
      await Promise.all([...waiting.keys()].map(forget));
    },
  };
}
