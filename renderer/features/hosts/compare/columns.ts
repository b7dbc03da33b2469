import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedUpdate, HostRow } from '../../../../contract/schemas/hosts.ts';
import { SEVERITIES, severityKey } from '../../../../domain/catalogue.ts';
import type { RowState } from '../../../../domain/update.ts';
import { kbLabel } from '../../../../domain/update.ts';
import type { GridColumn } from '../../../grid/columns.ts';
import { severityTone, stateTones } from '../../../ui/tone.ts';
import { useEntryName } from '../../updates/names.ts';

/** What waits stands before what is done. */
const order: readonly RowState[] = [
  'failed',
  'missing',
  'pending',
  'held-back',
  'forbidden',
  'unknown',
  'done',
  'superseded',
];

/** The update, and a column for each host with its state. */
export function useCompareColumns(hosts: readonly HostRow[]): readonly GridColumn<ComparedUpdate>[] {
  const { t } = useTranslation(['updates', 'common', 'hosts']);
  const nameOf = useEntryName();
  return useMemo(
    () => [
      {
        key: 'changetime',
        header: t('column.changetime'),
        kind: 'date',
        width: 104,
        value: (row) => row.changetime,
        sort: 'desc',
      },
      { key: 'kbids', header: t('column.kbids'), kind: 'list', width: 100, value: (row) => row.kbids.map(kbLabel) },
      { key: 'title', header: t('column.title'), width: 240, flex: 1, value: (row) => row.title },
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
      ...hosts.map(
        (host, at): GridColumn<ComparedUpdate> => ({
          key: `host ${at}`,
          header: host.fqdn.split('.')[0] ?? host.fqdn,
          headerTooltip: host.fqdn,
          kind: 'chip',
          width: 112,
          value: (row) => row.states[at] ?? null,
          sortBy: (row) => {
            const state = row.states[at] ?? null;
            return state === null ? order.length : order.indexOf(state);
          },
          chip: (row) => {
            const state = row.states[at] ?? null;
            return state === null ? null : { label: t(`common:state.${state}`), tone: stateTones[state] };
          },
          tooltip: (row) => {
            const state = row.states[at] ?? null;
            if (state === null) return t('hosts:compare.unreported');
            return [t(`common:stateMeaning.${state}`), row.statuses[at] ?? null].filter(Boolean).join(' — ');
          },
        }),
      ),
    ],
    [t, nameOf, hosts],
  );
}
