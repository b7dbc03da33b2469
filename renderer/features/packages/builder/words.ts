import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addWords } from '../../../i18n/i18n.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

/** Puts the words of the builder in place before a part of it is drawn. */
export function useBuilderWords(): void {
  const { i18n } = useTranslation();
  useState(() => addWords(i18n, 'builder', { en, fr }));
}
