import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addWords } from '../../../i18n/i18n.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

/** The words of what is known to be bad; they are loaded with the first screen that warns of it. */
export function useKnownBadWords(): TFunction<'knownBad'> {
  const { i18n } = useTranslation();
  useState(() => addWords(i18n, 'knownBad', { en, fr }));
  return useTranslation('knownBad').t;
}
