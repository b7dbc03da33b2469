import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Words } from '../i18n/i18n.ts';

/** What a feature's `feature.ts` gives the frame: its screen and its words. */
export interface Feature {
  readonly words: Words;
  readonly Screen: ComponentType;
}

/** The names of the screens, which are also their routes and the namespaces of their words. */
export type ScreenId =
  | 'overview'
  | 'updates'
  | 'triage'
  | 'packages'
  | 'rings'
  | 'hosts'
  | 'failures'
  | 'cves'
  | 'campaigns'
  | 'options'
  | 'downloads'
  | 'journal';

/** One entry of the navigation; `load` fetches the feature when it is opened first. */
export interface ScreenEntry {
  readonly id: ScreenId;
  readonly icon: LucideIcon;
  readonly load: () => Promise<{ readonly feature: Feature }>;
  /** The list it opens with: asked for while the feature is fetched. */
  readonly list?: 'updates.list' | 'hosts.list';
}
