import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** The tag by which numbers and dates are written: the language shown, in the region of the system where it speaks that language. */
function localeOf(language: string, systemLanguages: readonly string[]): string {
  return (
    systemLanguages.find((tag) => tag.toLowerCase().startsWith(`${language}-`)) ??
    (language === 'fr' ? 'fr-FR' : 'en-GB')
  );
}

/** The locale for numbers and dates on screen. */
export function useLocale(): string {
  const { i18n } = useTranslation();
  return localeOf(i18n.language, navigator.languages);
}

/** Joins a name and what it is about, with the colon of the language. */
export function useLabelled(): (label: string, text: string) => string {
  const { t } = useTranslation();
  return useCallback((label, text) => t('labelled', { label, text }), [t]);
}
