import { createInstance, type FormatterModule, type i18n as I18n, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en as sessionEn } from '../features/session/words/en.ts';
import { en as signerEn } from '../features/signer/words/en.ts';
import { formatNumber } from '../ui/format.ts';
import { typeset } from './typography.ts';
import { en as commonEn } from './words/en.ts';
import { en as errorsEn } from './words/errors-en.ts';

/** A language of the window. */
export type Language = 'en' | 'fr';

/** The words of one subject in both languages. */
export interface Words {
  readonly en: ResourceKey;
  readonly fr: ResourceKey;
}

/** The language to show: the chosen one, else the first of the system that exists here, else English. */
export function pickLanguage(choice: Language | 'system', systemLanguages: readonly string[]): Language {
  if (choice !== 'system') return choice;
  for (const tag of systemLanguages) {
    const language = tag.slice(0, 2).toLowerCase();
    if (language === 'fr' || language === 'en') return language;
  }
  return 'en';
}

/** Numbers that name something rather than count. */
const NAMES = new Set(['port', 'id', 'line', 'version']);

/** Writes counts inside of words as the language writes numbers. */
const numbers: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _format, language, options) =>
    typeof value === 'number' && !NAMES.has(String(options?.['interpolationkey']))
      ? formatNumber(value, language ?? 'en')
      : (value as string),
};

/** Starts the translations with the English words of the first screen; features bring theirs when they are opened. */
export function startI18n(): I18n {
  const instance = createInstance();
  void instance
    .use(initReactI18next)
    .use(numbers)
    .init({
      lng: 'en',
      fallbackLng: 'en',
      defaultNS: 'common',
      ns: ['common', 'errors', 'session', 'signer'],
      resources: {
        en: { common: commonEn, errors: errorsEn, session: sessionEn, signer: signerEn },
      },
      interpolation: { escapeValue: false, alwaysFormat: true },
      returnNull: false,
      initAsync: false,
      react: { useSuspense: false },
    });
  return instance;
}

/** Shows another language, once its words are there. */
export async function speak(i18n: I18n, language: Language): Promise<void> {
  if (language === 'fr' && !i18n.hasResourceBundle('fr', 'common')) {
    const { french } = await import('./french.ts');
    for (const [namespace, words] of Object.entries(french)) i18n.addResourceBundle('fr', namespace, typeset(words));
  }
  if (i18n.language !== language) await i18n.changeLanguage(language);
}

/** Adds the words of a feature; a second time changes nothing. */
export function addWords(i18n: I18n, namespace: string, words: Words): void {
  if (i18n.hasResourceBundle('en', namespace)) return;
  i18n.addResourceBundle('en', namespace, words.en);
  i18n.addResourceBundle('fr', namespace, typeset(words.fr));
}
