import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostUpdateRow } from '../../../contract/schemas/hosts.ts';
import { friendlyProduct, SEVERITIES, severityKey } from '../../../domain/catalogue.ts';
import { kbLabel, lastEntry, type Update } from '../../../domain/update.ts';
import type { CellValue, GridColumn } from '../../grid/columns.ts';
import { severityTone, stateTones } from '../../ui/tone.ts';
import { entryKey, useEntryName } from '../updates/names.ts';

const severityRank = new Map<string, number>(SEVERITIES.map((key, i) => [key, SEVERITIES.length - i]));
const STATE_ORDER = ['failed', 'missing', 'pending', 'unknown', 'held-back', 'forbidden', 'superseded', 'done'];

/** The columns of a host's updates (protocol 8.3), the state in the words of the design before the raw status. */
export function useHostUpdateColumns(): readonly GridColumn<HostUpdateRow>[] {
  const { t } = useTranslation(['hosts', 'common']);
  const nameOf = useEntryName();
  return useMemo(() => {
    const of = (
      key: string,
      header: string,
      value: (update: Update) => CellValue,
      rest: Partial<GridColumn<HostUpdateRow>> = {},
    ): GridColumn<HostUpdateRow> => ({ key, header, value: (row) => value(row.update), width: 130, ...rest });
    const hidden = (
      key: string,
      header: string,
      value: (row: HostUpdateRow) => CellValue,
      kind: GridColumn<HostUpdateRow>['kind'] = 'text',
    ): GridColumn<HostUpdateRow> => ({ key, header, value, kind, width: 130, hidden: true });
    return [
      {
        key: 'state',
        header: t('updates.column.state'),
        value: (row) => t(`common:state.${row.state}`),
        kind: 'chip',
        chip: (row) => ({ label: t(`common:state.${row.state}`), tone: stateTones[row.state] }),
        sortBy: (row) => STATE_ORDER.indexOf(row.state),
        tooltip: (row) => t(`common:stateMeaning.${row.state}`),
        width: 110,
        sort: 'asc',
      },
      { key: 'status', header: t('updates.column.status'), value: (row) => row.status, width: 100 },
      of('kbids', t('updates.column.kbs'), (update) => update.kbids.map(kbLabel), { kind: 'list', width: 100 }),
      of('title', t('updates.column.title'), (update) => update.title || update.updateId, { width: 320 }),
      of('severity', t('updates.column.severity'), (update) => update.severity, {
        kind: 'chip',
        chip: ({ update }) => {
          const key = entryKey('severities', update.severity);
          return key === null ? null : { label: nameOf('severities', key), tone: severityTone(key) };
        },
        sortBy: ({ update }) => severityRank.get(severityKey(update.severity)) ?? 0,
        tooltip: ({ update }) => update.severity,
        width: 104,
      }),
      of(
        'classification',
        t('updates.column.classification'),
        ({ classification }) => {
          const key = entryKey('classifications', classification);
          return key === null ? null : nameOf('classifications', key);
        },
        { tooltip: ({ update }) => update.classification },
      ),
      of(
        'product',
        t('updates.column.product'),
        ({ product }) => (product === null ? null : (friendlyProduct(product) ?? product)),
        { tooltip: ({ update }) => update.product },
      ),
      of('changetime', t('updates.column.published'), (update) => update.changetime, { kind: 'date', width: 110 }),
      {
        key: 'installDate',
        header: t('updates.column.installed'),
        value: (row) => row.installDate,
        kind: 'datetime',
        width: 130,
      },
      of('maxDownloadSize', t('updates.column.maxSize'), (update) => update.maxDownloadSize, {
        kind: 'size',
        width: 110,
      }),
      { key: 'delayed', header: t('updates.column.delayed'), value: (row) => row.delayed, kind: 'boolean', width: 84 },
      of('isUninstallable', t('updates.column.uninstallable'), (update) => update.isUninstallable, {
        kind: 'boolean',
        width: 104,
      }),
      of('downloadedOn', t('updates.column.downloadedOn'), (update) => update.downloadedOn, { kind: 'datetime' }),
      of('updateId', t('updates.column.updateId'), (update) => update.updateId, { width: 160 }),
      hidden('lastResult', t('updates.column.lastResult'), (row) => lastEntry(row.history)?.resultCode ?? null),
      hidden('cves', t('updates.column.cves'), ({ update }) => update.cveIds, 'list'),
      hidden('userInput', t('updates.column.userInput'), ({ update }) => update.canRequestUserInput),
      hidden('bulletins', t('updates.column.bulletins'), ({ update }) => update.securityBulletinIds, 'list'),
      hidden('mandatory', t('updates.column.mandatory'), ({ update }) => update.isMandatory, 'boolean'),
      hidden('supersedes', t('updates.column.supersedes'), ({ update }) => update.supersededUpdateIds, 'list'),
      hidden('network', t('updates.column.network'), ({ update }) => update.requiresNetworkConnectivity, 'boolean'),
      hidden('minSize', t('updates.column.minSize'), ({ update }) => update.minDownloadSize, 'size'),
      hidden('reboot', t('updates.column.rebootBehaviour'), ({ update }) => update.rebootBehaviour),
      hidden('hidden', t('updates.column.hidden'), (row) => row.hidden, 'boolean'),
      hidden('installed', t('updates.column.isInstalled'), (row) => row.installed, 'boolean'),
      hidden('downloaded', t('updates.column.downloaded'), (row) => row.downloaded, 'boolean'),
      hidden('present', t('updates.column.present'), (row) => row.present, 'boolean'),
      hidden('type', t('updates.column.type'), ({ update }) => update.updateType),
      hidden('allowed', t('updates.column.allowed'), (row) => row.allowed, 'boolean'),
      hidden('updatedOn', t('updates.column.updatedOn'), ({ update }) => update.updatedOn, 'datetime'),
      hidden('createdOn', t('updates.column.createdOn'), ({ update }) => update.createdOn, 'datetime'),
      hidden('beta', t('updates.column.beta'), ({ update }) => update.isBeta, 'boolean'),
      hidden('installImpact', t('updates.column.installImpact'), ({ update }) => update.installationImpact),
      hidden('uninstallImpact', t('updates.column.uninstallImpact'), ({ update }) => update.uninstallationImpact),
      hidden('languages', t('updates.column.languages'), ({ update }) => update.languages, 'list'),
    ];
  }, [t, nameOf]);
}
