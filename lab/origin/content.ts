import { createHash } from 'node:crypto';

const megabyte = 1024 * 1024;

// Real sizes stay in the metadata of the updates.
const largestFile = 2 * megabyte;

const sharedBytes = ((): Buffer => {
  const bytes = Buffer.alloc(largestFile);
  let block = createHash('sha512').update('lab origin').digest();
  for (let offset = 0; offset < bytes.length; offset += block.length) {
    block.copy(bytes, offset);
    if (offset % 4096 === 0) block = createHash('sha512').update(block).digest();
  }
  return bytes;
})();

/** The bytes of the file that `key` names: the same at every start, so that nothing has to be stored. */
export const contentOf = (key: string, size: number): Buffer =>
  Buffer.concat([createHash('sha256').update(key).digest(), sharedBytes.subarray(0, Math.max(0, size - 32))], size);

// Half of what the start of a lab costs, and each lab of one seed has the same files.
const known = new Map<string, string>();

/** SHA-1 of `contentOf`, lower-case hex, as Microsoft's file names carry it (protocol 4.5). */
export const contentSha1 = (key: string, size: number): string => {
  const name = `${size} ${key}`;
  const before = known.get(name);
  if (before !== undefined) return before;
  const hash = createHash('sha1').update(createHash('sha256').update(key).digest());
  const digest = hash.update(sharedBytes.subarray(0, Math.max(0, size - 32))).digest('hex');
  known.set(name, digest);
  return digest;
};

/** Real sizes run to gigabytes: what the lab's origin sends instead, in bytes. */
export const scaledSize = (realSize: number): number =>
  Math.min(largestFile, Math.max(8192, Math.round(realSize / 600)));
