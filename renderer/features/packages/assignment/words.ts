import type { Words } from '../../../i18n/i18n.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

/** The words of the assignment, for the screen that shows it. */
export const assignmentWords: Words = { en, fr };
