import { Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { FleetNews, NewsKind } from '../../../contract/schemas/fleet.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatDateTime, formatNumber } from '../../ui/format.ts';
import { Figure } from './Figure.tsx';
import { FigureLines } from './FigureLines.tsx';
import { Panel } from './Panel.tsx';

const LINES = ['needed', 'failed', 'fallen', 'compliant', 'silent', 'new-hosts'] as const satisfies readonly NewsKind[];

const signed = (value: number, locale: string): string =>
  new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' }).format(value);

/** What changed since one last looked. */
export function NewsPanel({ news }: { readonly news: FleetNews | undefined }) {
  const { t } = useTranslation('overview');
  const locale = useLocale();
  if (news === undefined) return null;
  const { counts, was, is, index } = news;
  if (counts === null || was === null) {
    return (
      <Panel title={t('news.title')}>
        <Typography variant="body2" color="textSecondary">
          {t('news.first')}
        </Typography>
      </Panel>
    );
  }
  const difference = (now: number, then: number): string => t('news.was', { change: signed(now - then, locale) });
  return (
    <Panel title={t('news.title')} note={t('news.since', { time: formatDateTime(news.before, locale) })}>
      <FigureLines
        lines={[
          ...LINES.map((kind) => ({
            key: kind as string,
            label: t(`news.label.${kind}`),
            figure: (
              <Figure
                value={counts[kind]}
                where={{ kind: 'news', news: kind }}
                definition={t(`news.definition.${kind}`)}
                opens={kind === 'needed' ? 'updates' : 'hosts'}
              />
            ),
          })),
          ...(news.goneHosts === 0
            ? []
            : [{ key: 'gone', label: t('news.gone'), figure: formatNumber(news.goneHosts, locale) }]),
          {
            key: 'allowed',
            label: t('news.allowed'),
            figure: formatNumber(is.allowed, locale),
            note: difference(is.allowed, was.allowed),
          },
          ...(index === null
            ? []
            : [
                {
                  key: 'index',
                  label: t('news.index'),
                  figure: index.is === null ? t('server.noIndex') : formatDateTime(index.is, locale),
                  note:
                    index.was === null ? undefined : t('news.indexWas', { time: formatDateTime(index.was, locale) }),
                },
              ]),
        ]}
      />
    </Panel>
  );
}
