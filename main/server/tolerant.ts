import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';

/** A value of a wrong type that a server sent: it was read as missing. */
export interface Odd {
  readonly route: string;
  readonly key: string;
  readonly expected: string;
  readonly got: string;
}

/** Tells of each odd value once per route and key, however many rows have it. */
export function oncePerKey(tell: (odd: Odd) => void): (odd: Odd) => void {
  const told = new Set<string>();
  return (odd) => {
    const key = `${odd.route} ${odd.key}`;
    if (told.has(key)) return;
    told.add(key);
    tell(odd);
  };
}

/**
 * How one key is read: missing and null give `missing`, and so does what `read` answers undefined to, which is told. A function a field,
 * because a fleet has hundreds of thousands of rows: zod takes four times as long for them.
 */
export interface Field<T> {
  readonly expected: string;
  readonly missing: T;
  readonly read: (value: unknown) => T | undefined;
}

/** The keys of a row that are looked at. */
export type Shape = Readonly<Record<string, Field<unknown>>>;

/** What a row gives. */
export type Read<S extends Shape> = { readonly [K in keyof S]: S[K] extends Field<infer T> ? T : never };

/** Text; a number is read as its digits. Missing is null. */
export const text: Field<string | null> = {
  expected: 'text',
  missing: null,
  read: (value) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined),
};

const FLAGS = new Map<unknown, boolean>([
  [1, true],
  [0, false],
  ['True', true],
  ['False', false],
  ['true', true],
  ['false', false],
]);

/** Yes or no; servers also write 0 and 1, and Python's `True` and `False` as text. Missing is null. */
export const flag: Field<boolean | null> = {
  expected: 'yes or no',
  missing: null,
  read: (value) => (typeof value === 'boolean' ? value : FLAGS.get(value)),
};

/** A number; digits as text are read as one. Missing is null. */
export const count: Field<number | null> = {
  expected: 'number',
  missing: null,
  read: (value) => {
    if (typeof value === 'number') return value;
    return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
  },
};

const isWords = (items: readonly unknown[]): items is readonly string[] =>
  items.every((item) => typeof item === 'string');

const words = (items: readonly unknown[]): readonly string[] =>
  isWords(items)
    ? items
    : items.flatMap((item) => (typeof item === 'string' ? item : typeof item === 'number' ? String(item) : []));

/** A list of texts; one text is split at its commas. Missing is empty. */
export const texts: Field<readonly string[]> = {
  expected: 'list of texts',
  missing: [],
  read: (value) => {
    if (typeof value === 'string') return value.split(',').flatMap((part) => part.trim() || []);
    return Array.isArray(value) ? words(value) : undefined;
  },
};

/** A list of texts where null says something else than an empty list. */
export const textsOrNull: Field<readonly string[] | null> = {
  expected: 'list of texts',
  missing: null,
  read: (value) => (Array.isArray(value) ? words(value) : undefined),
};

/** Text that some servers give as a list of words. Missing is null. */
export const textOrTexts: Field<string | null> = {
  expected: 'text or list of texts',
  missing: null,
  read: (value) => (typeof value === 'string' ? value : Array.isArray(value) ? words(value).join(', ') : undefined),
};

/** An object with all its keys. Missing is null. */
export const record: Field<Readonly<Record<string, unknown>> | null> = {
  expected: 'object',
  missing: null,
  read: (value) => (isRecord(value) ? value : undefined),
};

/** Anything at all, read elsewhere. Missing is null. */
export const anything: Field<unknown> = { expected: 'anything', missing: null, read: (value) => value };

/** Whether a value is an object that is no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'list' : typeof value === 'string' ? 'text' : typeof value;

/** Says where a value came from and whom to tell when it is odd. */
export interface Source {
  readonly route: string;
  readonly onOdd: (odd: Odd) => void;
}

/** Reads one object: keys of a wrong type are told and read as missing. Null where the value is no object. */
export function readRecord<S extends Shape>(shape: S, value: unknown, source: Source): Read<S> | null {
  if (!isRecord(value)) return null;
  const read: Record<string, unknown> = {};
  for (const key in shape) {
    const field = shape[key];
    if (field === undefined) continue;
    const given = value[key];
    const known = given === undefined || given === null ? field.missing : field.read(given);
    read[key] = known === undefined ? field.missing : known;
    if (known === undefined) source.onOdd({ route: source.route, key, expected: field.expected, got: kindOf(given) });
  }
  return read as Read<S>;
}

/** Rows that could be read, and how many could not. */
export interface Rows<T> {
  readonly rows: readonly T[];
  readonly skipped: number;
}

/**
 * Reads a list of rows. What is no object, and what `toRow` gives null for (no key), is skipped and counted. `malformed` where there is no
 * list; null is an empty one.
 */
export function readRows<S extends Shape, T>(
  shape: S,
  value: unknown,
  source: Source,
  toRow: (raw: Read<S>) => T | null,
): Result<Rows<T>, ConsoleError> {
  if (value === null) return ok({ rows: [], skipped: 0 });
  if (!Array.isArray(value)) {
    return fail({ code: 'malformed', facts: { route: source.route, reason: `list expected, got ${kindOf(value)}` } });
  }
  const rows: T[] = [];
  let skipped = 0;
  for (const item of value as readonly unknown[]) {
    const raw = readRecord(shape, item, source);
    const row = raw === null ? null : toRow(raw);
    if (row === null) skipped++;
    else rows.push(row);
  }
  return ok({ rows, skipped });
}
