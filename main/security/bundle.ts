import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** A file of the window's bundle. */
export interface BundleFile {
  readonly bytes: Buffer;
  readonly type: string;
  /** Whether its name carries the hash of its content, so that it may be kept for ever. */
  readonly isImmutable: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.md': 'text/plain; charset=utf-8',
};

/** Plain segments only: no empty one, none that begins with a dot, no escape, no backslash, no drive, no NUL. */
const PLAIN_PATH = /^(?:\/[A-Za-z0-9_@-][A-Za-z0-9_.@-]*)+$/;

/**
 * Reads one file below `root` for a request path (`/assets/index-1a2b.js`; `/` is the page). Null for everything that is
 * not a plain path to a file of a known type whose real place is below the real root.
 */
export async function readBundleFile(root: string, requestPath: string): Promise<BundleFile | null> {
  const path = requestPath === '/' ? '/index.html' : requestPath;
  const type = TYPES[extname(path)];
  if (type === undefined || !PLAIN_PATH.test(path)) return null;
  try {
    const realRoot = await realpath(root);
    const file = await realpath(join(realRoot, path));
    if (!file.startsWith(realRoot + sep) || !(await stat(file)).isFile()) return null;
    return { bytes: await readFile(file), type, isImmutable: path.startsWith('/assets/') };
  } catch {
    return null;
  }
}
