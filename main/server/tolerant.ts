import { z } from 'zod';
import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok, type Result } from '../../domain/result.ts';

/** A value of a wrong type that a server sent: it was read as null. */
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

/** A value of a row: missing and null give `missing`, what `read` does not know is an issue that names what was expected. */
const tolerant = <T>(expected: string, missing: T, read: (value: unknown) => T | undefined) =>
  // One function a field: unions of schemas cost twice as much on hundreds of thousands of rows.
  z
    .unknown()
    .optional()
    .transform((value, context): T => {
      if (value === undefined || value === null) return missing;
      const known = read(value);
      if (known !== undefined) return known;
      context.addIssue({ code: 'custom', message: expected });
      return missing;
    });

/** Text; a number is read as its digits. Missing is null. */
export const text = tolerant<string | null>('text', null, (value) =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined,
);

const FLAGS = new Map<unknown, boolean>([
  [true, true],
  [false, false],
  [1, true],
  [0, false],
  ['True', true],
  ['False', false],
  ['true', true],
  ['false', false],
]);

/** Yes or no; servers also write 0 and 1, and Python's `True` and `False` as text. Missing is null. */
export const flag = tolerant<boolean | null>('yes or no', null, (value) => FLAGS.get(value));

/** A number; digits as text are read as one. Missing is null. */
export const count = tolerant<number | null>('number', null, (value) => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
});

const NO_TEXTS: readonly string[] = [];

/** A list of texts; one text is split at its commas. Missing is empty. */
export const texts = tolerant<readonly string[]>('list of texts', NO_TEXTS, (value) => {
  if (typeof value === 'string') return value.split(',').flatMap((part) => part.trim() || []);
  if (!Array.isArray(value)) return undefined;
  const items: readonly unknown[] = value;
  return items.flatMap((item) => (typeof item === 'string' ? item : typeof item === 'number' ? String(item) : []));
});

/** Text that some servers give as a list of words. Missing is null. */
export const textOrTexts = tolerant<string | null>('text or list of texts', null, (value) => {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return undefined;
  const items: readonly unknown[] = value;
  return items.filter((item) => typeof item === 'string').join(', ');
});

/** A list of texts where null says something else than an empty list. */
export const textsOrNull = tolerant<readonly string[] | null>('list of texts', null, (value) => {
  if (!Array.isArray(value)) return undefined;
  const items: readonly unknown[] = value;
  return items.filter((item) => typeof item === 'string');
});

/** An object with all its keys. Missing is null. */
export const record = tolerant<Readonly<Record<string, unknown>> | null>('object', null, (value) =>
  isRecord(value) ? value : undefined,
);

/** Anything at all, read elsewhere. */
export const anything = z.unknown().optional();

/** Whether a value is an object that is no list. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

/** Says where a value came from and whom to tell when it is odd. */
export interface Source {
  readonly route: string;
  readonly onOdd: (odd: Odd) => void;
}

/** Reads one object: keys of a wrong type are told once and read as null. Null where the value is no object. */
export function readRecord<S extends z.ZodObject>(schema: S, value: unknown, source: Source): z.output<S> | null {
  const first = schema.safeParse(value);
  if (first.success) return first.data;
  if (!isRecord(value)) return null;
  const mended: Record<string, unknown> = { ...value };
  for (const issue of first.error.issues) {
    const key = String(issue.path[0]);
    source.onOdd({ route: source.route, key, expected: issue.message, got: kindOf(mended[key]) });
    mended[key] = null;
  }
  const second = schema.safeParse(mended);
  return second.success ? second.data : null;
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
export function readRows<S extends z.ZodObject, T>(
  schema: S,
  value: unknown,
  source: Source,
  toRow: (raw: z.output<S>) => T | null,
): Result<Rows<T>, ConsoleError> {
  if (value === null) return ok({ rows: [], skipped: 0 });
  if (!Array.isArray(value)) {
    return fail({ code: 'malformed', facts: { route: source.route, reason: `list expected, got ${kindOf(value)}` } });
  }
  const rows: T[] = [];
  let skipped = 0;
  for (const item of value as readonly unknown[]) {
    const raw = readRecord(schema, item, source);
    const row = raw === null ? null : toRow(raw);
    if (row === null) skipped++;
    else rows.push(row);
  }
  return ok({ rows, skipped });
}
