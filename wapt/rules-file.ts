import { FormatError } from './errors.ts';

/** Where the rules are written: both, since only the persistent one is known to reach the host's disk (protocol 5.8). */
export const RULES_PATHS = ['WAPT/waptwua_rules.json', 'WAPT/persistent/waptwua_rules.json'] as const;

/** Where packages of 2015 to 2018 have their rules; read only. */
export const LEGACY_RULES_PATH = 'windows_updates_rules.json';

/** The keys that hold lists (protocol 5.8). There is no forbidden classification, product or severity. */
export const RULE_LIST_KEYS = [
  'allowed_updates',
  'forbidden_updates',
  'allowed_kbs',
  'forbidden_kbs',
  'allowed_products',
  'allowed_severities',
  'allowed_classifications',
] as const;

/** A key that holds a list. */
export type RuleListKey = (typeof RULE_LIST_KEYS)[number];

/** Null: the criterion restricts nothing. Empty: it allows nothing (2015). Both are kept apart from a missing key. */
export type RuleList = readonly string[] | null;

/** The content of a rule file; keys beside the known ones are kept as they are. */
export interface RulesFile {
  readonly allowed_updates?: RuleList;
  readonly forbidden_updates?: RuleList;
  /** With the prefix, `KB5043064`. */
  readonly allowed_kbs?: RuleList;
  readonly forbidden_kbs?: RuleList;
  readonly allowed_products?: RuleList;
  readonly allowed_severities?: RuleList;
  readonly allowed_classifications?: RuleList;
  readonly default_allow?: boolean | null;
  /** A duration as the agent reads it, `7d`; a bare number is taken as it is. */
  readonly install_delay?: string | number | null;
  readonly include_potentially_superseded_updates?: boolean | null;
  readonly [key: string]: unknown;
}

const SCALARS: ReadonlyMap<string, readonly string[]> = new Map([
  ['default_allow', ['boolean']],
  ['install_delay', ['string', 'number']],
  ['include_potentially_superseded_updates', ['boolean']],
]);
const LISTS: ReadonlySet<string> = new Set(RULE_LIST_KEYS);

const lineAt = (text: string, position: number): number => text.slice(0, position).split('\n').length;

/** Whether the text could still become JSON: it is wrong at its end only. */
const isOpenEnded = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = /at position (\d+)/.exec(message)?.[1];
    return position === undefined ? /end of JSON input/.test(message) : Number(position) >= text.length;
  }
};

/** The first line after which no JSON can come any more; the engine's message names it for some errors only. */
const syntaxLine = (text: string): number => {
  const lines = text.split(/(?<=\n)/);
  let good = 0;
  let bad = lines.length;
  while (good < bad) {
    const middle = (good + bad) >> 1;
    const upTo = lines.slice(0, middle + 1).join('');
    if (isOpenEnded(upTo)) good = middle + 1;
    else bad = middle;
  }
  return Math.max(1, Math.min(good + 1, lines.length));
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch {
    throw new FormatError('bad-rules', 'the rules are not JSON', syntaxLine(text));
  }
};

const isRightType = (key: string, value: unknown): boolean => {
  if (value === null) return true;
  if (LISTS.has(key)) return Array.isArray(value) && value.every((item) => typeof item === 'string');
  return SCALARS.get(key)?.includes(typeof value) ?? true;
};

const isObject = (value: unknown): value is RulesFile =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a rule file (protocol 5.8): unknown keys are kept, null and `[]` stay what they are.
 * Throws `FormatError` `bad-rules`, with the line, for what is not JSON or has a known key of another type.
 */
export const parseRulesFile = (text: string): RulesFile => {
  const value = parseJson(text);
  if (!isObject(value)) throw new FormatError('bad-rules', 'the rules are not an object', 1);
  for (const [key, held] of Object.entries(value)) {
    if (isRightType(key, held)) continue;
    const position = text.indexOf(JSON.stringify(key));
    throw new FormatError('bad-rules', `${key} has another type`, position < 0 ? undefined : lineAt(text, position));
  }
  return value;
};

/**
 * Writes a rule file with indent 2, keys in the order given, without a newline at the end: repeated items of a list once,
 * unknown keys as they are. An empty list is left out (protocol 11, question 1), unless `emptyLists` says to keep it, as
 * for the rules of others that are written again. Throws `FormatError` `bad-rules` for a known key of another type.
 */
export const formatRulesFile = (rules: RulesFile, options: { readonly emptyLists?: 'omit' | 'keep' } = {}): string => {
  const written = Object.entries(rules).flatMap(([key, value]): readonly (readonly [string, unknown])[] => {
    if (value === undefined) return [];
    if (!isRightType(key, value)) throw new FormatError('bad-rules', `${key} has another type`);
    if (!LISTS.has(key) || !Array.isArray(value)) return [[key, value]];
    return value.length === 0 && options.emptyLists !== 'keep' ? [] : [[key, [...new Set<unknown>(value)]]];
  });
  return JSON.stringify(Object.fromEntries(written), null, 2);
};

/** The rule file of a package as found: where, whether in the way of 2015, and its text. */
export interface FoundRules {
  readonly path: string;
  readonly legacy: boolean;
  readonly text: string;
}

/** Finds the rule file among the members of a package, in the order of protocol 5.8; null when there is none. Throws `FormatError` `bad-rules` when it is not UTF-8. */
export const findRules = (files: ReadonlyMap<string, Uint8Array>): FoundRules | null => {
  for (const path of [...RULES_PATHS, LEGACY_RULES_PATH]) {
    const bytes = files.get(path);
    if (!bytes) continue;
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      return { path, legacy: path === LEGACY_RULES_PATH, text };
    } catch {
      throw new FormatError('bad-rules', `${path} is not UTF-8`);
    }
  }
  return null;
};
