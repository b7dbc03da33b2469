import { useTranslation } from 'react-i18next';
import type { Ending } from './watch-endings.ts';

/** An ending in words, and where one sees it. */
export interface EndingWords {
  readonly text: string;
  readonly path: string;
  readonly hasFailed: boolean;
}

/** Puts an ending into words. */
export function useEndingWords(): (ending: Ending) => EndingWords {
  const { t } = useTranslation();
  return (ending) => {
    switch (ending.kind) {
      case 'run': {
        const { id, action, hosts } = ending.run;
        const done = hosts.filter(({ progress }) => progress === 'done').length;
        return {
          text: t('endings.run', { action: t(`work.run.${action}`), done, count: hosts.length }),
          path: `/hosts?run=${encodeURIComponent(id)}`,
          hasFailed: done < hosts.length,
        };
      }
      case 'downloads':
        return { text: t('endings.downloads'), path: '/downloads', hasFailed: false };
      case 'sync': {
        const hasFailed = ending.error !== null;
        return { text: t(hasFailed ? 'endings.syncFailed' : 'endings.sync'), path: '/updates', hasFailed };
      }
      case 'campaign': {
        const { id, name, endedAt, counts } = ending.campaign;
        return {
          text:
            endedAt === null
              ? t('endings.campaignWaits', { name })
              : t('endings.campaign', { name, done: counts.done, count: counts.hosts }),
          path: `/campaigns/${encodeURIComponent(id)}`,
          hasFailed: endedAt === null || counts.failed > 0,
        };
      }
    }
  };
}
