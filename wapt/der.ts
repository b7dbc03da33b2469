import { FormatError } from './errors.ts';

/** One DER element: its tag and its content. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
}

export const DER_INTEGER = 0x02;
export const DER_OCTET_STRING = 0x04;
const DER_OID = 0x06;
const DER_SEQUENCE = 0x30;

const truncated = (): FormatError => new FormatError('bad-pem', 'the DER inside is cut off');

/** The DER elements that follow each other in `bytes` (definite lengths up to 4 bytes). Throws `FormatError` `bad-pem`. */
export const derElements = (bytes: Uint8Array): readonly DerElement[] => {
  const elements: DerElement[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at];
    let length = bytes[at + 1];
    if (tag === undefined || length === undefined) throw truncated();
    at += 2;
    if (length >= 0x80) {
      const lengthBytes = bytes.subarray(at, at + (length & 0x7f));
      if (lengthBytes.length === 0 || lengthBytes.length > 4) throw truncated();
      length = lengthBytes.reduce((sum, byte) => sum * 256 + byte, 0);
      at += lengthBytes.length;
    }
    if (at + length > bytes.length) throw truncated();
    elements.push({ tag, content: bytes.subarray(at, at + length) });
    at += length;
  }
  return elements;
};

/** The elements inside a sequence. Throws `FormatError` `bad-pem` when it is none. */
export const derSequence = (element: DerElement | undefined): readonly DerElement[] => {
  if (element?.tag !== DER_SEQUENCE) throw new FormatError('bad-pem', 'the DER inside has another structure');
  return derElements(element.content);
};

/** The content of an object identifier in hexadecimal, or `''` when the element is none. */
export const derOid = (element: DerElement | undefined): string =>
  element?.tag === DER_OID ? Buffer.from(element.content).toString('hex') : '';
