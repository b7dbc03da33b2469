import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignHostRow } from '../../../contract/schemas/campaigns.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { PHASE_TONE } from './words.ts';

/** The columns of a campaign's hosts: where each stands, and its five facts apart. */
export function useCampaignColumns(): readonly GridColumn<CampaignHostRow>[] {
  const { t } = useTranslation('campaigns');
  return useMemo((): readonly GridColumn<CampaignHostRow>[] => {
    const phaseOf = (row: CampaignHostRow): string =>
      row.wait === null ? t(`phase.${row.phase}`) : `${t(`phase.${row.phase}`)}: ${t(`wait.${row.wait}`)}`;
    return [
      { key: 'fqdn', header: t('column.host'), width: 190, flex: 1, value: (row) => row.fqdn, pinned: 'left' },
      {
        key: 'phase',
        header: t('column.phase'),
        kind: 'chip',
        width: 168,
        value: phaseOf,
        chip: (row) => ({ label: phaseOf(row), tone: PHASE_TONE[row.phase] }),
        tooltip: phaseOf,
      },
      { key: 'step', header: t('column.step'), width: 100, value: (row) => t(`step.${row.step}`) },
      {
        key: 'asked',
        header: t('column.asked'),
        headerTooltip: t('meaning.asked'),
        kind: 'datetime',
        width: 126,
        value: (row) => row.askedAt,
      },
      {
        key: 'sent',
        header: t('column.sent'),
        headerTooltip: t('meaning.sent'),
        kind: 'datetime',
        width: 126,
        value: (row) => row.sentAt,
      },
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
      {
        key: 'appeared',
        header: t('column.appeared'),
        headerTooltip: t('meaning.appeared'),
        kind: 'datetime',
        width: 126,
        value: (row) => row.appearedAt,
      },
      {
        key: 'ended',
        header: t('column.ended'),
        headerTooltip: t('meaning.ended'),
        kind: 'datetime',
        width: 126,
        value: (row) => row.endedAt,
      },
      {
        key: 'outcome',
        header: t('column.outcome'),
        kind: 'chip',
        width: 130,
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
  }, [t]);
}
