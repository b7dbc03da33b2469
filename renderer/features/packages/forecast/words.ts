import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addWords } from '../../../i18n/i18n.ts';
import { useWhyWords } from '../../why/words.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

/** The words of forecasts, with those of decisions and those that all screens share. */
export function useForecastWords(): TFunction<['forecast', 'why', 'common']> {
  useWhyWords();
  const { t, i18n } = useTranslation(['forecast', 'why', 'common']);
  useState(() => addWords(i18n, 'forecast', { en, fr }));
  return t;
}
