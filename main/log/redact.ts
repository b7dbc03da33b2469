/** Names whose value is never written, whatever it is. */
const SECRET_NAME =
  /pass(?:word|phrase|wd)|^pwd$|secret|token|authori[sz]ation|cookie|credential|private[-_ ]?key|key[-_]?pem|pem$|x-console-session|session[-_]?id/i;

const HIDDEN = '[hidden]';

/** Secrets inside texts, the widest first; `$1` is the name that stays. */
const SECRET_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?(?:-----END \1-----|$)/g, '[hidden $1]'],
  [
    /\b((?:proxy-)?authorization|(?:set-)?cookie|x-console-session)("?\s*[:=]\s*)(?:"[^"\r\n]*"|[^\r\n"]*)/gi,
    `$1$2${HIDDEN}`,
  ],
  [/\b(basic|bearer|negotiate)\s+[a-z0-9+/._~-]{6,}=*/gi, `$1 ${HIDDEN}`],
  [
    /\b([a-z0-9_-]*(?:pass(?:word|phrase|wd)|secret|token|session[-_]?id))(\\?["']?\s*[:=]\s*)(?:\\?"(?:[^"\\]|\\.)*"?|'[^'\r\n]*'?|[^\s,;&}"'\\]+)/gi,
    `$1$2${HIDDEN}`,
  ],
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${HIDDEN}@`],
];

const LONGEST = 4_000;
const DEEPEST = 6;

function redactText(text: string): string {
  // Cut first: a text that does not end is no reason to search it for ever. The cut may halve a PEM block, which is then hidden to its end.
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text;
  return SECRET_TEXTS.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), cut);
}

function redactObject(value: object, depth: number): unknown {
  if (depth > DEEPEST) return '[deep]';
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    return redactValue({ name, message, stack, ...(cause === undefined ? {} : { cause }) }, depth + 1);
  }
  if (value instanceof Map) return redactValue(Object.fromEntries(value), depth);
  if (Array.isArray(value) || value instanceof Set) return [...value].map((each) => redactValue(each, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      SECRET_NAME.test(name) && each !== null && each !== undefined ? HIDDEN : redactValue(each, depth + 1),
    ]),
  );
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'object' && value !== null) return redactObject(value, depth);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
  return value;
}

/**
 * What may be written of a value: passwords, passphrases, authorization, cookies, tokens and PEM blocks are hidden by the name they have or by
 * their form in a text; bytes become their count, deep and long values are cut.
 */
export function redact(value: unknown): unknown {
  return redactValue(value, 0);
}
