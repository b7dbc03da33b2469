import type { Feature } from '../../app/feature.ts';
import { FailuresScreen } from './FailuresScreen.tsx';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

/** What failed, why, and what to do next. */
export const feature: Feature = { words: { en, fr }, Screen: FailuresScreen };
