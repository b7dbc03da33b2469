import { describe, expect, it } from 'vitest';
import { decodeText, isArchive } from './decode-text.ts';

const text = 'cve,kb\nCVE-2024-38014,5043080 é\n';
const utf16 = Buffer.from(text, 'utf16le');
const swapped = Buffer.from(utf16).swap16();
const marked = (mark: readonly number[], rest: Uint8Array): Uint8Array => Buffer.concat([Buffer.from(mark), rest]);

describe('the text of a file', () => {
  it.each<[string, Uint8Array]>([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with its mark', marked([0xef, 0xbb, 0xbf], Buffer.from(text))],
    ['UTF-16 with its mark', marked([0xff, 0xfe], utf16)],
    ['UTF-16, big end first, with its mark', marked([0xfe, 0xff], swapped)],
    ['UTF-16', utf16],
    ['UTF-16, big end first', swapped],
    ['Windows-1252', Buffer.from(text, 'latin1')],
  ])('is read from %s', (_what, bytes) => expect(decodeText(bytes)).toBe(text));

  it('is none in what is no text', () => {
    expect(decodeText(Buffer.from([0x4d, 0x5a, 0, 3, 0, 0, 0, 4, 0xff, 0xff, 1]))).toBeNull();
    expect(decodeText(new Uint8Array())).toBe('');
    expect(isArchive(Buffer.from('PK\u0003\u0004rest', 'latin1'))).toBe(true);
  });
});
