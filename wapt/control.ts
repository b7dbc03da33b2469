import { FormatError } from './errors.ts';

/** The attributes of a package; `installed_size` and `size` are numbers where they parse as integers, all else is text. */
export type ControlFields = Readonly<Record<string, string | number>>;

/** The attributes that a signed control carries, in the order in which WAPT writes them (protocol 5.2). */
export const CONTROL_ATTRIBUTES = [
  'package',
  'version',
  'architecture',
  'section',
  'priority',
  'name',
  'categories',
  'maintainer',
  'description',
  'depends',
  'conflicts',
  'maturity',
  'locale',
  'target_os',
  'min_os_version',
  'max_os_version',
  'min_wapt_version',
  'sources',
  'installed_size',
  'impacted_process',
  'description_fr',
  'description_pl',
  'description_de',
  'description_es',
  'description_pt',
  'description_it',
  'description_nl',
  'description_ru',
  'audit_schedule',
  'editor',
  'keywords',
  'licence',
  'homepage',
  'package_uuid',
  'valid_from',
  'valid_until',
  'forced_install_on',
  'changelog',
  'signer',
  'signer_fingerprint',
  'signature',
  'signature_date',
  'signed_attributes',
] as const;

const NUMERIC: ReadonlySet<string> = new Set(['size', 'installed_size']);

const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ...CONTROL_ATTRIBUTES.map((name) => [name, ''] as const),
  ['architecture', 'all'],
  ['section', 'base'],
  ['priority', 'optional'],
  ['version', '0'],
]);

// Python's splitlines(): agents split the text on each of these.
const LINE_BREAK = /\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/;
// Python's strip(): what agents take off both ends. It knows U+001C to U+001F and U+0085, which JavaScript's trim() does not.
const SPACE = '\\t-\\r\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u180e\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const LEADING = new RegExp(`^[${SPACE}]+`);
const LEADING_WRITTEN = new RegExp(`^[${SPACE}\\ufeff]+`);
const isSpace = new RegExp(`[${SPACE}]`);
const isSpaceWritten = new RegExp(`[${SPACE}\\ufeff]`);

const isPrintable = (unit: number): boolean => unit > 0x20 && unit < 0x7f;

const trimWith = (text: string, leading: RegExp, space: RegExp): string => {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) === 0x20) start++;
  while (end > start && text.charCodeAt(end - 1) === 0x20) end--;
  // Nearly every value of an index, which may have millions, begins and ends so.
  if (start === end || (isPrintable(text.charCodeAt(start)) && isPrintable(text.charCodeAt(end - 1))))
    return text.slice(start, end);
  while (end > start && space.test(text.charAt(end - 1))) end--;
  return text.slice(start, end).replace(leading, '');
};
const strip = (text: string): string => trimWith(text, LEADING, isSpace);
const stripWritten = (text: string): string => trimWith(text, LEADING_WRITTEN, isSpaceWritten);

const toInteger = (text: string): number | undefined => {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value + 0 : undefined;
};

const typed = (name: string, text: string): string | number => (NUMERIC.has(name) ? (toInteger(text) ?? text) : text);

/** The records of a text that are separated by empty lines, as in the `Packages` index (protocol 6.4). */
export const parseControlRecords = (text: string): readonly ControlFields[] => {
  const records: ControlFields[] = [];
  let current = new Map<string, string>();
  let key: string | undefined;
  const finish = (): void => {
    if (current.size > 0) {
      records.push(Object.fromEntries(Array.from(current, ([name, value]) => [name, typed(name, value)])));
    }
    current = new Map();
    key = undefined;
  };
  text.split(LINE_BREAK).forEach((line, index) => {
    if (line === '') {
      finish();
    } else if (line.startsWith(' ')) {
      if (key === undefined) {
        throw new FormatError('bad-control', 'a continuation line with nothing to continue', index + 1);
      }
      current.set(key, `${current.get(key) ?? ''}\n${strip(line)}`);
    } else {
      const colon = line.indexOf(':');
      key = strip(line.slice(0, Math.max(colon, 0))).toLowerCase();
      if (key === '') throw new FormatError('bad-control', 'a line that is not "key: value"', index + 1);
      if (current.has(key)) throw new FormatError('bad-control', `attribute ${key} is given twice`, index + 1);
      current.set(key, strip(line.slice(colon + 1)));
    }
  });
  finish();
  return records;
};

/**
 * Reads one control text as agents do (protocol 5.2): keys in lower case, values stripped, continuation lines joined by
 * LF, unknown keys kept. Throws `FormatError` `bad-control` with the line.
 */
export const parseControl = (text: string): ControlFields => {
  const [fields, ...others] = parseControlRecords(text);
  if (fields === undefined) throw new FormatError('bad-control', 'no attribute at all');
  if (others.length > 0) throw new FormatError('bad-control', 'text after the empty line that ends the record');
  return fields;
};

const normaliseText = (value: string): string =>
  value
    .toWellFormed()
    .split(LINE_BREAK)
    .map(stripWritten)
    .filter((line) => line !== '')
    .join('\n');

const normaliseValue = (name: string, value: string | number): string | number => {
  if (typeof value === 'string') return typed(name, normaliseText(value));
  if (!NUMERIC.has(name)) return String(value);
  if (!Number.isSafeInteger(value)) throw new FormatError('bad-control', `${name} is not an integer`);
  return value + 0;
};

/**
 * The same attributes with values that survive writing, signing and reading again (protocol 5.2): each line stripped,
 * no empty line inside, LF only, keys in lower case, known attributes first and in WAPT's order.
 * Throws `FormatError` `bad-control` for a key that cannot be written.
 */
export const normaliseControl = (fields: ControlFields): ControlFields => {
  const values = new Map<string, string | number>();
  for (const [rawName, value] of Object.entries(fields)) {
    const name = stripWritten(rawName).toLowerCase();
    if (name === '' || name.includes(':') || LINE_BREAK.test(name) || !name.isWellFormed()) {
      throw new FormatError('bad-control', `an attribute cannot be called ${JSON.stringify(rawName.slice(0, 40))}`);
    }
    if (values.has(name)) throw new FormatError('bad-control', `attribute ${name} is given twice`);
    values.set(name, normaliseValue(name, value));
  }
  const known = CONTROL_ATTRIBUTES.filter((name) => values.has(name));
  const names = new Set<string>([...known, ...values.keys()]);
  return Object.fromEntries(Array.from(names, (name) => [name, values.get(name) ?? '']));
};

/**
 * Writes a control text (protocol 5.2), normalised, without a newline at the end: `parseControl` gives back
 * `normaliseControl(fields)`. Throws `FormatError` `bad-control`.
 */
export const formatControl = (fields: ControlFields): string =>
  Object.entries(normaliseControl(fields))
    .map(([name, value]) => `${name.padEnd(18)}: ${String(value).replaceAll('\n', '\n ')}`)
    .join('\n');

/** The text of an attribute, or `''` when the control does not have it. */
export const controlText = (control: ControlFields, name: string): string =>
  Object.hasOwn(control, name) ? String(control[name]) : '';

/** The names that a control says are signed, in its order; empty when it is not signed or signed in the way before 1.7. */
export const signedNames = (control: ControlFields): readonly string[] =>
  controlText(control, 'signed_attributes')
    .split(',')
    .map(strip)
    .filter((name) => name !== '');

/**
 * The object whose canonical JSON is signed (protocol 5.3): each signed name with its value, or with the default that a
 * verifier takes for an attribute that the text lacks.
 */
export const signedContent = (control: ControlFields): Readonly<Record<string, string | number | null>> =>
  Object.fromEntries(
    signedNames(control).map((name) => [
      name,
      Object.hasOwn(control, name) ? (control[name] ?? '') : (DEFAULTS.get(name) ?? null),
    ]),
  );
