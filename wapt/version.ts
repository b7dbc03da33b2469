import { FormatError } from './errors.ts';

const VERSION = /^(\d+(?:\.\d+){0,3})(?:-([0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*))?$/;

interface Version {
  readonly numbers: readonly string[];
  readonly packaging: string | undefined;
}

const parseVersion = (text: string): Version => {
  const match = VERSION.exec(text);
  if (!match?.[1]) throw new FormatError('bad-version', `not a version: ${text.slice(0, 60)}`);
  return { numbers: match[1].split('.'), packaging: match[2] };
};

/** Whether the text follows the syntax of versions (protocol 5.4): up to four numbers, then `-` and a packaging part. */
export const isVersion = (text: string): boolean => VERSION.test(text);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compareDigits = (a: string, b: string): number => {
  const left = a.replace(/^0+(?=\d)/, '');
  const right = b.replace(/^0+(?=\d)/, '');
  return left.length - right.length || compareText(left, right);
};

const compareNatural = (a: string, b: string): number => {
  const left = a.match(/\d+|[^\d]+/g) ?? [];
  const right = b.match(/\d+|[^\d]+/g) ?? [];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const x = left[i] ?? '';
    const y = right[i] ?? '';
    const bothDigits = /^\d/.test(x) && /^\d/.test(y);
    const order = bothDigits ? compareDigits(x, y) : compareText(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length;
};

/**
 * Orders two versions (protocol 5.4): negative when `a` is older. A missing number is lower than 0, a missing packaging
 * part lower than any. Throws `FormatError` `bad-version`.
 */
export const compareVersions = (a: string, b: string): number => {
  const left = parseVersion(a);
  const right = parseVersion(b);
  for (let i = 0; i < 4; i++) {
    const x = left.numbers[i];
    const y = right.numbers[i];
    if (x === undefined || y === undefined) {
      if (x !== y) return x === undefined ? -1 : 1;
      break;
    }
    const order = compareDigits(x, y);
    if (order !== 0) return Math.sign(order);
  }
  if (left.packaging === undefined || right.packaging === undefined) {
    return Number(left.packaging !== undefined) - Number(right.packaging !== undefined);
  }
  return Math.sign(compareNatural(left.packaging, right.packaging));
};

const plusOne = (digits: string): string => (BigInt(digits) + 1n).toString();

/**
 * The version to publish after `version` (protocol 5.4): a packaging part of digits grows, otherwise the last number.
 * Throws `FormatError` `bad-version`.
 */
export const incrementVersion = (version: string): string => {
  const { numbers, packaging } = parseVersion(version);
  if (packaging !== undefined && /^\d+$/.test(packaging)) return `${numbers.join('.')}-${plusOne(packaging)}`;
  const last = numbers.at(-1) ?? '0';
  const grown = [...numbers.slice(0, -1), plusOne(last)].join('.');
  return packaging === undefined ? grown : `${grown}-${packaging}`;
};
