import { useTranslation } from 'react-i18next';
import type { IndexState } from '../../../contract/schemas/downloads.ts';
import type { CacheState, FleetOverview } from '../../../contract/schemas/fleet.ts';
import { useCall } from '../../app/console.ts';
import { useCapability } from '../../app/session.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatDateTime, formatNumber, formatSize } from '../../ui/format.ts';
import { Figure } from './Figure.tsx';
import { FigureLines } from './FigureLines.tsx';
import { Panel } from './Panel.tsx';

const CACHED = ['present', 'absent'] as const satisfies readonly CacheState[];

/** State of the index and of the server's cache; with the server off what it said last. */
export function ServerPanel({ overview }: { readonly overview: FleetOverview }) {
  const { t } = useTranslation(['overview', 'where']);
  const locale = useLocale();
  const can = useCapability('index-state');
  const live = useCall('index.state', {}, { enabled: can.available });
  const index: IndexState | null = live.data ?? overview.index;
  const newest = overview.indexDates[0]?.date ?? null;
  const behind = overview.indexDates.filter(({ date }) => date !== newest).reduce((sum, { hosts }) => sum + hosts, 0);
  const time = (text: string | null | undefined): string =>
    text === null || text === undefined ? t('server.unsaid') : formatDateTime(text, locale);
  const cacheNote = (state: CacheState): string => {
    const { bytes, unknownSizes } = overview.cache[state];
    return [
      formatSize(bytes, locale),
      unknownSizes === 0
        ? ''
        : t('server.unknownSizes', { count: unknownSizes, shown: formatNumber(unknownSizes, locale) }),
    ]
      .filter((part) => part !== '')
      .join(' · ');
  };
  return (
    <Panel
      title={t('server.title')}
      note={index === null ? undefined : t('server.readAt', { time: time(index.readAt) })}
    >
      <FigureLines
        lines={[
          {
            key: 'index',
            label: t('server.index'),
            figure:
              index === null ? t('server.notAsked') : index.date === null ? t('server.noIndex') : time(index.date),
            note:
              index === null
                ? undefined
                : index.lastCheck === null
                  ? t('server.checkUnsaid')
                  : t('server.checked', { time: time(index.lastCheck) }),
          },
          {
            key: 'scanned',
            label: t('server.scannedAgainst'),
            figure: newest === null ? t('server.unsaid') : time(newest),
            note:
              newest === null
                ? undefined
                : behind === 0
                  ? t('server.allNewest')
                  : t('server.behind', { count: behind, shown: formatNumber(behind, locale) }),
          },
          ...CACHED.map((state) => ({
            key: state,
            label: t(`where:cache.${state}`),
            note: cacheNote(state),
            figure: (
              <Figure
                value={overview.cache[state].updates}
                where={{ kind: 'cache', cache: state }}
                definition={t(`server.definition.${state}`)}
                opens="updates"
              />
            ),
          })),
        ]}
      />
    </Panel>
  );
}
