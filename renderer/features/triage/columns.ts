import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { TriageRow } from '../../../contract/schemas/triage.ts';
import { friendlyProduct, SEVERITIES, severityKey } from '../../../domain/catalogue.ts';
import type { TriageState } from '../../../domain/triage.ts';
import { kbLabel } from '../../../domain/update.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { useStable } from '../../grid/use-stable.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatDate, parseTime } from '../../ui/format.ts';
import { useNow } from '../../ui/Time.tsx';
import { severityTone } from '../../ui/tone.ts';
import { useKnownBadColumn } from '../failures/known-bad/column.ts';
import { entryKey, useEntryName } from '../updates/names.ts';
import { hostsBehind } from '../where/where.ts';

const severityRank = new Map<string, number>(SEVERITIES.map((key, i) => [key, SEVERITIES.length - i]));

/** How often ages are counted anew (milliseconds). */
const AGE_STEP = 600_000;

/** Whole days since an update was published; null where it does not say. */
function ageInDays(changetime: string | null, now: number): number | null {
  const published = parseTime(changetime);
  return published === null ? null : Math.max(0, Math.floor((now - published.getTime()) / 86_400_000));
}

/** What one looks at before one decides. */
export function useTriageColumns(view: TriageState, hasNews: boolean): readonly GridColumn<TriageRow>[] {
  const { t } = useTranslation('triage');
  const locale = useLocale();
  const nameOf = useEntryName();
  const bad = useKnownBadColumn<TriageRow>();
  const now = useNow(AGE_STEP).getTime();
  const navigate = useNavigate();
  const openHosts = useStable(
    (updateId: string) => void navigate(hostsBehind({ kind: 'update', updateId, measure: 'needed' })),
  );
  return useMemo(() => {
    const columns: readonly GridColumn<TriageRow>[] = [
      ...(view === 'decided'
        ? [
            {
              key: 'verdict',
              header: t('column.verdict'),
              kind: 'chip',
              width: 100,
              value: (row) => row.verdict,
              chip: ({ verdict }) =>
                verdict === null
                  ? null
                  : { label: t(`verdict.${verdict}`), tone: verdict === 'allow' ? 'ok' : 'error' },
            } satisfies GridColumn<TriageRow>,
          ]
        : []),
      ...(view === 'snoozed'
        ? [
            {
              key: 'until',
              header: t('column.until'),
              kind: 'datetime',
              width: 136,
              value: (row) => row.snoozedUntil,
            } satisfies GridColumn<TriageRow>,
          ]
        : []),
      ...(hasNews
        ? [
            {
              key: 'isNew',
              header: t('column.isNew'),
              headerTooltip: t('newMeaning'),
              kind: 'chip',
              width: 76,
              value: (row) => row.isNew,
              chip: (row) => (row.isNew ? { label: t('newChip'), tone: 'info' } : null),
              tooltip: (row) => (row.isNew ? t('newMeaning') : null),
            } satisfies GridColumn<TriageRow>,
          ]
        : []),
      {
        key: 'age',
        header: t('column.age'),
        width: 86,
        value: (row) => {
          const days = ageInDays(row.changetime, now);
          return days === null ? null : t('days', { count: days });
        },
        sort: 'asc',
        sortBy: (row) => ageInDays(row.changetime, now) ?? Number.POSITIVE_INFINITY,
        tooltip: (row) => (row.changetime === null ? null : formatDate(row.changetime, locale)),
      },
      ...bad,
      { key: 'kbids', header: t('column.kbids'), kind: 'list', width: 104, value: (row) => row.kbids.map(kbLabel) },
      {
        key: 'title',
        header: t('column.title'),
        width: 260,
        flex: 1,
        value: (row) =>
          row.folded.length === 0
            ? row.title || row.updateId
            : t('folded', { title: row.title, count: row.folded.length }),
      },
      {
        key: 'severity',
        header: t('column.severity'),
        kind: 'chip',
        width: 104,
        value: (row) => row.severity,
        sortBy: (row) => severityRank.get(severityKey(row.severity)) ?? 0,
        chip: (row) => {
          const key = entryKey('severities', row.severity);
          return key === null ? null : { label: nameOf('severities', key), tone: severityTone(key) };
        },
      },
      {
        key: 'needed',
        header: t('column.needed'),
        headerTooltip: t('neededMeaning'),
        kind: 'number',
        width: 94,
        value: (row) => row.hosts.needed,
        open: { run: (row) => openHosts(row.updateId), hint: t('showHosts') },
      },
      { key: 'size', header: t('column.size'), kind: 'size', width: 84, value: (row) => row.maxDownloadSize },
      {
        key: 'onServer',
        header: t('column.onServer'),
        kind: 'boolean',
        width: 88,
        value: (row) => row.downloadedOn !== null,
      },
      {
        key: 'product',
        header: t('column.product'),
        width: 140,
        value: (row) => (row.product === null ? null : (friendlyProduct(row.product) ?? row.product)),
      },
      {
        key: 'classification',
        header: t('column.classification'),
        width: 130,
        value: (row) => {
          const key = entryKey('classifications', row.classification);
          return key === null ? null : nameOf('classifications', key);
        },
      },
      {
        key: 'changetime',
        header: t('column.changetime'),
        kind: 'date',
        width: 108,
        hidden: true,
        value: (row) => row.changetime,
      },
      { key: 'updateId', header: t('column.updateId'), width: 300, hidden: true, value: (row) => row.updateId },
    ];
    return columns;
  }, [t, locale, nameOf, bad, now, view, hasNews, openHosts]);
}
