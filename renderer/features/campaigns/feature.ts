import type { Feature } from '../../app/feature.ts';
import { CampaignsScreen } from './CampaignsScreen.tsx';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

/** What the frame needs to show this feature. */
export const feature: Feature = { words: { en, fr }, Screen: CampaignsScreen };
