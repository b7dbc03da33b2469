import { ZipFile } from 'yazl';

// The fields of a ZIP time stamp are local; this one reads the same in every zone.
const MTIME = new Date(1980, 0, 1, 0, 0, 0);

/**
 * Writes members into a ZIP, deflated, in the given order and with a fixed time stamp: the same members give the same
 * bytes on the same build of zlib.
 */
export const writeZip = async (members: Iterable<readonly [string, Uint8Array]>): Promise<Buffer> => {
  const zip = new ZipFile();
  const failed = new Promise<never>((_resolve, reject) => {
    zip.on('error', reject);
  });
  for (const [path, bytes] of members) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    zip.addBuffer(buffer, path, { mtime: MTIME, mode: 0o100644, forceDosTimestamp: true, compress: bytes.length > 0 });
  }
  zip.end();
  const collect = async (): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  };
  return Promise.race([collect(), failed]);
};
