import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignHostRow } from '../../../contract/schemas/campaigns.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatDateTime } from '../../ui/format.ts';
import { useNow } from '../../ui/Time.tsx';
import { PHASE_TONE } from './words.ts';

/** The columns of a campaign's hosts: where each stands, and its five facts apart. */
export function useCampaignColumns(): readonly GridColumn<CampaignHostRow>[] {
  const { t } = useTranslation('campaigns');
  const locale = useLocale();
  const today = useNow(60_000).toDateString();
  return useMemo((): readonly GridColumn<CampaignHostRow>[] => {
    const day = new Intl.DateTimeFormat(locale, { month: '2-digit', day: '2-digit' });
    const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
    /** The time alone today, else with its day. */
    const short = (text: string | null): string | null => {
      if (text === null) return null;
      const at = new Date(text);
      return at.toDateString() === today ? clock.format(at) : `${day.format(at)} ${clock.format(at)}`;
    };
    const time = (
      key: 'asked' | 'sent' | 'appeared' | 'ended',
      value: (row: CampaignHostRow) => string | null,
    ): GridColumn<CampaignHostRow> => ({
      key,
      header: t(`column.${key}`),
      headerTooltip: t(`meaning.${key}`),
      width: 108,
      value: (row) => short(value(row)),
      sortBy: (row) => value(row) ?? '',
      tooltip: (row) => formatDateTime(value(row), locale),
    });
    return [
      { key: 'fqdn', header: t('column.host'), width: 190, flex: 1, value: (row) => row.fqdn, pinned: 'left' },
      {
        key: 'phase',
        header: t('column.phase'),
        kind: 'chip',
        width: 100,
        value: (row) => t(`phase.${row.phase}`),
        chip: (row) => ({ label: t(`phase.${row.phase}`), tone: PHASE_TONE[row.phase] }),
      },
      {
        key: 'wait',
        header: t('column.wait'),
        width: 150,
        value: (row) => (row.wait === null ? null : t(`wait.${row.wait}`)),
      },
      { key: 'step', header: t('column.step'), width: 100, value: (row) => t(`step.${row.step}`) },
      time('asked', (row) => row.askedAt),
      time('sent', (row) => row.sentAt),
      {
        key: 'launched',
        header: t('column.launched'),
        headerTooltip: t('meaning.launched'),
        kind: 'chip',
        width: 88,
        value: (row) => (row.isLaunched === null ? null : t(row.isLaunched ? 'launched.yes' : 'launched.no')),
        chip: (row) =>
          row.isLaunched === null
            ? null
            : row.isLaunched
              ? { label: t('launched.yes'), tone: 'ok' }
              : { label: t('launched.no'), tone: 'error' },
      },
      time('appeared', (row) => row.appearedAt),
      // Of a task that never appeared, none has ended.
      time('ended', (row) => (row.appearedAt === null ? null : row.endedAt)),
      {
        key: 'outcome',
        header: t('column.outcome'),
        kind: 'chip',
        width: 160,
        value: (row) => (row.outcome === null ? null : t(`outcome.${row.outcome}`)),
        chip: (row) =>
          row.outcome === null
            ? null
            : {
                label: t(`outcome.${row.outcome}`),
                tone:
                  row.outcome === 'done' || row.outcome === 'nothing'
                    ? 'ok'
                    : row.outcome === 'off' || row.outcome === 'not-sent' || row.outcome === 'stopped'
                      ? 'neutral'
                      : 'error',
              },
        tooltip: (row) => row.message,
      },
      { key: 'percent', header: t('column.percent'), kind: 'progress', width: 90, value: (row) => row.percent },
      {
        key: 'message',
        header: t('column.message'),
        width: 240,
        hidden: true,
        value: (row) => row.message ?? row.code,
      },
      { key: 'wave', header: t('column.wave'), kind: 'number', width: 76, value: (row) => row.wave },
      { key: 'attempts', header: t('column.attempts'), kind: 'number', width: 70, value: (row) => row.attempts },
      {
        key: 'nextTry',
        header: t('column.nextTry'),
        kind: 'datetime',
        width: 130,
        hidden: true,
        value: (row) => (row.phase === 'waiting' ? row.nextTryAt : null),
      },
      {
        key: 'woken',
        header: t('column.woken'),
        kind: 'datetime',
        width: 126,
        hidden: true,
        value: (row) => row.wokenAt,
      },
    ];
  }, [t, locale, today]);
}
