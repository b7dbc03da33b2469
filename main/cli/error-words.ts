import type { ConsoleError } from '../../contract/errors.ts';
import type { Say } from './words/say.ts';

/** A failure in one line: words, its code, the field and the facts. */
export function errorWords({ code, field, facts = {} }: ConsoleError, say: Say): string {
  const { errors, codeField } = say;
  const about = Object.entries(facts)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}: ${String(value)}`);
  const inside = [code, ...(field === undefined || field === '' ? [] : [codeField(field)]), ...about].join(', ');
  const words: Readonly<Record<string, string>> = errors;
  const { limit } = facts;
  const isTooLong = code === 'too-large' && field === 'rows' && typeof limit === 'number';
  return `${isTooLong ? say.export.tooManyRows(limit) : (words[code] ?? errors.other)} (${inside})`;
}
