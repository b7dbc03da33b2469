import { TextDecoder } from 'node:util';

const decoded = (encoding: string, bytes: Uint8Array, isFatal = false): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: isFatal }).decode(bytes);
  } catch {
    return null;
  }
};

const SAMPLE = 2_000;

/** UTF-16 without a mark: half of its bytes are zero where a text is mostly Latin. */
function zeros(bytes: Uint8Array): { readonly even: number; readonly odd: number } {
  const count = { even: 0, odd: 0 };
  bytes.subarray(0, SAMPLE).forEach((byte, at) => {
    if (byte === 0) count[at % 2 === 0 ? 'even' : 'odd']++;
  });
  return count;
}

/** The text of a file as spreadsheets and scripts write them: UTF-8 or UTF-16, with or without a mark, else Windows-1252. Null where it is no text. */
export function decodeText(bytes: Uint8Array): string | null {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return decoded('utf-16le', bytes);
  if (a === 0xfe && b === 0xff) return decoded('utf-16be', bytes);
  const { even, odd } = zeros(bytes);
  const quarter = Math.min(bytes.length, SAMPLE) / 4;
  if (odd > quarter && even === 0) return decoded('utf-16le', bytes);
  if (even > quarter && odd === 0) return decoded('utf-16be', bytes);
  if (even + odd > 0) return null;
  return decoded('utf-8', bytes, true) ?? decoded('windows-1252', bytes);
}

/** Whether a file is a workbook or another archive. */
export const isArchive = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3;
