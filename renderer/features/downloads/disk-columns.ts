import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { DiskUpdate } from '../../../contract/schemas/downloads.ts';
import { friendlyProduct, SEVERITIES, severityKey } from '../../../domain/catalogue.ts';
import type { StateMeasure } from '../../../domain/measures.ts';
import { kbLabel } from '../../../domain/update.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { useStable } from '../../grid/use-stable.ts';
import { severityTone } from '../../ui/tone.ts';
import { useEntryName } from '../updates/names.ts';
import { hostsBehind } from '../where/where.ts';

/** The columns of updates as one looks at them for the room they take; `own` stand after the title. */
export function useDiskColumns<Row extends DiskUpdate>(
  own: readonly GridColumn<Row>[],
  measures: readonly StateMeasure[],
): readonly GridColumn<Row>[] {
  const { t } = useTranslation(['updates', 'downloads']);
  const nameOf = useEntryName();
  const navigate = useNavigate();
  const openHosts = useStable(
    (updateId: string, measure: StateMeasure) => void navigate(hostsBehind({ kind: 'update', updateId, measure })),
  );
  return useMemo(
    () => [
      { key: 'kbids', header: t('column.kbids'), kind: 'list', width: 100, value: (row) => row.kbids.map(kbLabel) },
      { key: 'title', header: t('column.title'), width: 240, flex: 1, value: (row) => row.title },
      ...own,
      {
        key: 'maxDownloadSize',
        header: t('downloads:disk.size'),
        headerTooltip: t('downloads:disk.sizeMeaning'),
        kind: 'size',
        width: 110,
        value: (row) => row.maxDownloadSize,
        sort: 'desc',
      },
      ...measures.map(
        (measure): GridColumn<Row> => ({
          key: measure,
          header: t(`column.${measure}`),
          headerTooltip: t(`countMeaning.${measure}`),
          kind: 'number',
          width: 96,
          value: (row) => (row.hosts[measure] === 0 ? null : row.hosts[measure]),
          sortBy: (row) => row.hosts[measure],
          open: { run: (row) => openHosts(row.updateId, measure), hint: t('onHosts.open') },
        }),
      ),
      {
        key: 'severity',
        header: t('column.severity'),
        kind: 'chip',
        width: 100,
        value: (row) => row.severity,
        sortBy: (row) => SEVERITIES.findIndex((key) => key === severityKey(row.severity)),
        chip: (row) => {
          const key = severityKey(row.severity);
          return key === 'none' ? null : { label: nameOf('severities', key), tone: severityTone(key) };
        },
      },
      {
        key: 'product',
        header: t('column.product'),
        width: 150,
        value: (row) => (row.product === null ? null : (friendlyProduct(row.product) ?? row.product)),
      },
      { key: 'changetime', header: t('column.changetime'), kind: 'date', width: 104, value: (row) => row.changetime },
    ],
    [t, nameOf, openHosts, own, measures],
  );
}
