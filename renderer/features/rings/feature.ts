import type { Feature } from '../../app/feature.ts';
import { RingsScreen } from './RingsScreen.tsx';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

/** What the frame needs to show this feature. */
export const feature: Feature = { words: { en, fr }, Screen: RingsScreen };
