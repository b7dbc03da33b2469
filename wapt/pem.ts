import { FormatError } from './errors.ts';

/** One block of a PEM text: its label (`CERTIFICATE`, `RSA PRIVATE KEY`, …) and its text with both marks. */
export interface PemBlock {
  readonly label: string;
  readonly text: string;
}

/** The blocks of a PEM text in their order, what is around them left out. Throws `FormatError` `bad-pem` for a block without end. */
export const pemBlocks = (pem: string): readonly PemBlock[] => {
  const blocks: PemBlock[] = [];
  const begin = /-----BEGIN ([A-Z0-9 ]{1,40})-----/g;
  for (let match = begin.exec(pem); match; match = begin.exec(pem)) {
    const label = match[1] ?? '';
    const endMark = `-----END ${label}-----`;
    const end = pem.indexOf(endMark, begin.lastIndex);
    if (end < 0) throw new FormatError('bad-pem', `a ${label} block has no end`);
    begin.lastIndex = end + endMark.length;
    blocks.push({ label, text: `${pem.slice(match.index, begin.lastIndex)}\n` });
  }
  return blocks;
};

/** The lines of a PEM block between its marks. */
export const pemBody = (block: PemBlock): readonly string[] => block.text.trim().split(/\r?\n/).slice(1, -1);
