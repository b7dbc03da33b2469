import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { type Entry, fromBufferPromise, getFileNameLowLevel, type ZipFile } from 'yauzl';
import { FormatError, type FormatErrorCode } from './errors.ts';

/** How much a ZIP may hold, and the code to throw when it is no readable ZIP. Sizes in bytes. */
export interface ZipLimits {
  readonly entries: number;
  readonly unpacked: number;
  readonly damaged: FormatErrorCode;
}

// Deflate reaches 1,032:1 on zeros; what is packed in earnest stays far below, and small files do no harm.
const MAX_RATIO = 200;
const RATIO_FREE = 8 * 1024 * 1024;

const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_FLAGS = 0x2041;
const CENTRAL_HEADER = 0x02014b50;
const UNIX_TYPE = 0o170000;
const UNIX_FILE_TYPES: ReadonlySet<number> = new Set([0, 0o100000, 0o040000]);

// One output buffer for what fits: zlib's own 16 KiB pieces cost more to collect than to fill.
const MAX_CHUNK = 1024 * 1024;

const inflate = promisify(inflateRaw);

interface Member {
  readonly path: string;
  readonly entry: Entry;
  readonly start: number;
  readonly end: number;
  readonly dataStart: number;
}

const hostile = (reason: string): FormatError => new FormatError('hostile-zip', reason);

/** Whether a member may be called so: relative, `/` between parts, no `.` or `..`, no drive, no control character. */
export const isSafePath = (path: string): boolean =>
  path.length > 0 &&
  path.length <= 1000 &&
  !/[\\:\0-\x1f\x7f]/.test(path) &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

const checkEntry = (entry: Entry, path: string): void => {
  const shown = JSON.stringify(path.slice(0, 80));
  const isFolder = path.endsWith('/');
  if (!isSafePath(isFolder ? path.slice(0, -1) : path)) throw hostile(`a member is called ${shown}`);
  if ((entry.generalPurposeBitFlag & ENCRYPTED_FLAGS) !== 0) throw hostile(`${shown} is encrypted`);
  if (!UNIX_FILE_TYPES.has((entry.externalFileAttributes >>> 16) & UNIX_TYPE))
    throw hostile(`${shown} is no plain file`);
  if (isFolder && entry.uncompressedSize > 0) throw hostile(`the folder ${shown} has content`);
  if (entry.compressionMethod === STORED && entry.compressedSize !== entry.uncompressedSize) {
    throw hostile(`${shown} has two sizes`);
  }
};

const listEntries = async (
  zip: ZipFile,
  bytes: Buffer,
  limits: ZipLimits,
): Promise<readonly (readonly [string, Entry])[]> => {
  if (zip.entryCount > limits.entries) throw hostile(`${zip.entryCount} members, at most ${limits.entries} are read`);
  const listed: (readonly [string, Entry])[] = [];
  const seen = new Set<string>();
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    const path = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
    checkEntry(entry, path);
    // Hosts unpack on Windows, where names that differ in case alone are one file.
    const folded = path.toLowerCase();
    if (seen.has(folded)) throw hostile(`${JSON.stringify(path.slice(0, 80))} is there twice`);
    seen.add(folded);
    unpacked += entry.uncompressedSize;
    if (unpacked > limits.unpacked) throw hostile(`more than ${limits.unpacked} bytes when unpacked`);
    if (entry.uncompressedSize > RATIO_FREE && entry.uncompressedSize > MAX_RATIO * entry.compressedSize) {
      throw hostile('packed too well to be true');
    }
    listed.push([path, entry]);
  }
  // The count in the end record wraps at 65,536; other readers go on to where the directory ends. The types call the
  // cursor a boolean; it is the offset after the last entry read.
  const cursor = Number(zip.readEntryCursor);
  if (cursor + 4 <= bytes.length && bytes.readUInt32LE(cursor) === CENTRAL_HEADER)
    throw hostile('more members than counted');
  if (unpacked > RATIO_FREE && unpacked > MAX_RATIO * bytes.length) throw hostile('packed too well to be true');
  return listed;
};

const locate = async (zip: ZipFile, path: string, entry: Entry): Promise<Member> => {
  const header = await zip.readLocalFileHeaderPromise(entry);
  if (!header.fileName.equals(entry.fileNameRaw)) throw hostile(`${JSON.stringify(path.slice(0, 80))} has two names`);
  const start = entry.relativeOffsetOfLocalHeader;
  return { path, entry, start, dataStart: header.fileDataStart, end: header.fileDataStart + entry.compressedSize };
};

const checkOverlap = (members: readonly Member[]): void => {
  let end = 0;
  for (const member of members.toSorted((a, b) => a.start - b.start)) {
    if (member.start < end) throw hostile('members share their bytes');
    end = member.end;
  }
};

const unpack = async (bytes: Buffer, member: Member, limits: ZipLimits): Promise<Buffer> => {
  const { entry } = member;
  const packed = bytes.subarray(member.dataStart, member.end);
  const damaged = (): FormatError => new FormatError(limits.damaged, `${member.path} is damaged`);
  let content: Buffer = packed;
  if (entry.compressionMethod === DEFLATED) {
    try {
      const size = Math.max(entry.uncompressedSize, 1);
      content = await inflate(packed, { maxOutputLength: size, chunkSize: Math.min(Math.max(size, 64), MAX_CHUNK) });
    } catch (error) {
      const tooLong = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
      throw tooLong ? hostile(`${member.path} is larger than it says`) : damaged();
    }
    if (content.length > entry.uncompressedSize) throw hostile(`${member.path} is larger than it says`);
  } else if (entry.compressionMethod !== STORED) {
    throw new FormatError(limits.damaged, `${member.path} is packed by a method other than deflate`);
  }
  if (content.length !== entry.uncompressedSize || crc32(content) !== entry.crc32) throw damaged();
  return content;
};

/**
 * Reads a whole ZIP from memory: its files in their order, folders left out. Names, sizes and places are judged for all
 * members before the first is unpacked, and none may grow beyond the size it declares.
 * Throws `FormatError` `hostile-zip`, or `limits.damaged` for what is no readable ZIP.
 */
export const readZip = async (bytes: Uint8Array, limits: ZipLimits): Promise<ReadonlyMap<string, Buffer>> => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let members: readonly Member[];
  try {
    const zip = await fromBufferPromise(buffer, { decodeStrings: false, validateEntrySizes: false });
    const listed = await listEntries(zip, buffer, limits);
    members = await Promise.all(listed.map(([path, entry]) => locate(zip, path, entry)));
    checkOverlap(members);
  } catch (error) {
    if (error instanceof FormatError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw /encrypt/i.test(reason) ? hostile(reason) : new FormatError(limits.damaged, reason);
  }
  const files = members.filter(({ path }) => !path.endsWith('/'));
  return new Map(
    await Promise.all(files.map(async (member) => [member.path, await unpack(buffer, member, limits)] as const)),
  );
};
