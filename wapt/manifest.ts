import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { FormatError } from './errors.ts';

/** `[path, SHA-256 in lower-case hexadecimal]`. */
export type ManifestEntry = readonly [path: string, sha256: string];

/** The members that sign others and can therefore not be listed (protocol 5.1). */
export const UNLISTED_MEMBERS: ReadonlySet<string> = new Set([
  'WAPT/signature',
  'WAPT/signature.sha256',
  'WAPT/manifest.sha256',
  'WAPT/manifest.sha1',
]);

/** SHA-256 in lower-case hexadecimal. */
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const byPath = ([a]: ManifestEntry, [b]: ManifestEntry): number => (a < b ? -1 : a > b ? 1 : 0);

/** The bytes of `WAPT/manifest.sha256`: every file with its hash, sorted by path (protocol 5.6). */
export const buildManifest = (files: Iterable<readonly [string, Uint8Array]>): Buffer => {
  const entries = Array.from(files, ([path, bytes]): ManifestEntry => [path, sha256(bytes)]);
  return Buffer.from(canonicalJson(entries.toSorted(byPath)), 'ascii');
};

/** Reads a manifest. Throws `FormatError` `bad-manifest`. */
export const parseManifest = (bytes: Uint8Array): readonly ManifestEntry[] => {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new FormatError('bad-manifest', 'the manifest is not JSON');
  }
  if (!Array.isArray(value)) throw new FormatError('bad-manifest', 'the manifest is not a list');
  return value.map((entry: unknown): ManifestEntry => {
    const pair: readonly unknown[] = Array.isArray(entry) ? entry : [];
    const [path, hash] = pair;
    if (typeof path !== 'string' || typeof hash !== 'string') {
      throw new FormatError('bad-manifest', 'an entry is not a path with a hash');
    }
    return [path, hash];
  });
};

/** How the files of a package differ from its manifest. */
export interface ManifestDifference {
  readonly code: 'file-changed' | 'file-missing' | 'file-unlisted';
  readonly path: string;
}

/** The first difference between manifest and files: a changed file before a missing one before an unlisted one; null when there is none. */
export const compareWithManifest = (
  manifest: readonly ManifestEntry[],
  files: ReadonlyMap<string, Uint8Array>,
): ManifestDifference | null => {
  let missing: string | undefined;
  for (const [path, hash] of manifest) {
    const bytes = files.get(path);
    if (!bytes) missing ??= path;
    else if (sha256(bytes) !== hash.toLowerCase()) return { code: 'file-changed', path };
  }
  if (missing !== undefined) return { code: 'file-missing', path: missing };
  const listed = new Set(manifest.map(([path]) => path));
  for (const path of files.keys()) {
    if (!listed.has(path) && !UNLISTED_MEMBERS.has(path)) return { code: 'file-unlisted', path };
  }
  return null;
};

/** Base64 in lines of 76 columns, each ended by LF, as `WAPT/signature.sha256` has it (protocol 5.6). */
export const wrapBase64 = (bytes: Buffer): string => `${bytes.toString('base64').replace(/(.{76})(?=.)/g, '$1\n')}\n`;
