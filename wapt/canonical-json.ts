import { FormatError } from './errors.ts';

const MAX_DEPTH = 500;

const quote = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const formatNumber = (value: number): string => {
  if (!Number.isFinite(value)) throw new FormatError('not-json', 'a number that is not finite has no JSON form');
  if (Number.isInteger(value)) return BigInt(value).toString();
  // Python writes an exponent below 1e-4 with two digits at least, JavaScript below 1e-6 with one.
  if (Math.abs(value) >= 1e-4) return String(value);
  return value.toExponential().replace(/e-(\d)$/, 'e-0$1');
};

const codePoints = (text: string): readonly number[] => Array.from(text, (point) => point.codePointAt(0) ?? 0);

const byCodePoint = (a: string, b: string): number => {
  const left = codePoints(a);
  const right = codePoints(b);
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
};

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

const sortKeys = (keys: string[]): readonly string[] => (keys.every(isAscii) ? keys.sort() : keys.sort(byCodePoint));

const isPlainObject = (value: object): value is Readonly<Record<string, unknown>> => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const write = (value: unknown, depth: number): string => {
  if (depth > MAX_DEPTH) throw new FormatError('not-json', `deeper than ${MAX_DEPTH} levels`);
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return formatNumber(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (Array.isArray(value)) return `[${Array.from(value, (item) => write(item, depth + 1)).join(',')}]`;
      if (isPlainObject(value)) {
        const members = sortKeys(Object.keys(value)).map((key) => `${quote(key)}:${write(value[key], depth + 1)}`);
        return `{${members.join(',')}}`;
      }
      break;
    default:
  }
  throw new FormatError('not-json', `a value of type ${typeof value} has no JSON form`);
};

/**
 * The bytes that WAPT signs, as ASCII text: keys sorted by code point, no white space, everything above 0x7E escaped
 * (protocol 3.5). Throws `FormatError` `not-json` for what has no JSON form: `undefined`, functions, dates, NaN.
 */
export const canonicalJson = (value: unknown): string => write(value, 0);
