import { createInstance, type i18n as I18n, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en as sessionEn } from '../features/session/words/en.ts';
import { fr as sessionFr } from '../features/session/words/fr.ts';
import { en as signerEn } from '../features/signer/words/en.ts';
import { fr as signerFr } from '../features/signer/words/fr.ts';
import { en as commonEn } from './words/en.ts';
import { en as errorsEn } from './words/errors-en.ts';
import { fr as errorsFr } from './words/errors-fr.ts';
import { fr as commonFr } from './words/fr.ts';

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

/** Starts the translations with the words that the first screen needs; features bring theirs when they are opened. */
export function startI18n(language: Language): I18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'common',
    ns: ['common', 'errors', 'session', 'signer'],
    resources: {
      en: { common: commonEn, errors: errorsEn, session: sessionEn, signer: signerEn },
      fr: { common: commonFr, errors: errorsFr, session: sessionFr, signer: signerFr },
    },
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
    react: { useSuspense: false },
  });
  return instance;
}

/** Adds the words of a feature; a second time changes nothing. */
export function addWords(i18n: I18n, namespace: string, words: Words): void {
  if (i18n.hasResourceBundle('en', namespace)) return;
  i18n.addResourceBundle('en', namespace, words.en);
  i18n.addResourceBundle('fr', namespace, words.fr);
}
