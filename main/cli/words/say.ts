import { en, type Say } from './en.ts';
import { fr } from './fr.ts';

export type { Say } from './en.ts';

/** The languages of the command line. */
export type Language = 'en' | 'fr';

/** What JSON says, whatever the language: a script reads it. */
export const english: Say = en;

/** Whether a text is one of the languages. */
export const isLanguage = (text: unknown): text is Language => text === 'en' || text === 'fr';

/** The words of a language. */
export const sayIn = (language: Language): Say => (language === 'fr' ? fr : en);

/** The language that the environment asks for, as POSIX has it; `system` where it says nothing. */
export function languageOf(
  env: Readonly<Record<string, string | undefined>>,
  system: string = new Intl.DateTimeFormat().resolvedOptions().locale,
): Language {
  const asked = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '');
  return /^fr(?:[-_.@]|$)/i.test(asked ?? system) ? 'fr' : 'en';
}
