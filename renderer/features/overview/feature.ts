import type { Feature } from '../../app/feature.ts';
import { OverviewScreen } from './OverviewScreen.tsx';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

/** What the frame needs to show this feature. */
export const feature: Feature = { words: { en, fr }, Screen: OverviewScreen };
