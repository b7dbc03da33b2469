import type { ConsoleError } from '../../contract/errors.ts';
import type { Say } from './words/say.ts';

/** A failure in one line: words, its code, the field and the facts. */
export function errorWords({ code, field, facts = {} }: ConsoleError, { errors, codeField }: Say): string {
  const about = Object.entries(facts)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}: ${String(value)}`);
  const inside = [code, ...(field === undefined || field === '' ? [] : [codeField(field)]), ...about].join(', ');
  const words: Readonly<Record<string, string>> = errors;
  return `${words[code] ?? errors.other} (${inside})`;
}
