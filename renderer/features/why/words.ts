import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addWords } from '../../i18n/i18n.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

/** The words of decisions and reasons, with those that all screens share. */
export function useWhyWords(): TFunction<['why', 'common']> {
  const { t, i18n } = useTranslation(['why', 'common']);
  // What asks why stands on several screens, and brings its words itself.
  useState(() => addWords(i18n, 'why', { en, fr }));
  return t;
}
