import type { Feature } from '../../app/feature.ts';
import { CvesScreen } from './CvesScreen.tsx';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

/** Which hosts are still open to which CVEs. */
export const feature: Feature = { words: { en, fr }, Screen: CvesScreen };
