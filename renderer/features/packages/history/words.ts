import type { Words } from '../../../i18n/i18n.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

/** The words of the history, for the screens that show it. */
export const historyWords: Words = { en, fr };
