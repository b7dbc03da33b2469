import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { friendlyProduct, SEVERITIES, severityKey } from '../../../domain/catalogue.ts';
import type { StateMeasure } from '../../../domain/measures.ts';
import { kbLabel, type UpdateRow } from '../../../domain/update.ts';
import type { CellValue, GridColumn } from '../../grid/columns.ts';
import { useStable } from '../../grid/use-stable.ts';
import { severityTone } from '../../ui/tone.ts';
import { useKnownBadColumn } from '../failures/known-bad/column.ts';
import { hostsBehind } from '../where/where.ts';
import { entryKey, useEntryName } from './names.ts';
import type { en } from './words/en.ts';

const severityRank = new Map<string, number>(SEVERITIES.map((key, i) => [key, SEVERITIES.length - i]));

/** Remembers what a name reads as: there are few of them, and a grid asks for each row at each sorting. */
function remembered(read: (name: string) => string | null): (name: string | null) => string | null {
  const known = new Map<string, string | null>();
  return (name) => {
    if (name === null) return null;
    const found = known.get(name);
    if (found !== undefined) return found;
    const made = read(name);
    known.set(name, made);
    return made;
  };
}

/** Texts `True` and `False`, as hosts report flags, read as yes and no. */
function flag(text: string | null): CellValue {
  if (text === null) return null;
  if (/^true$/i.test(text)) return true;
  return /^false$/i.test(text) ? false : text;
}

/** The columns of protocol 8.6, and how many hosts stand where: each number opens its hosts. */
export function useUpdateColumns(): readonly GridColumn<UpdateRow>[] {
  const { t } = useTranslation('updates');
  const nameOf = useEntryName();
  const bad = useKnownBadColumn<UpdateRow>();
  const navigate = useNavigate();
  const openHosts = useStable(
    (updateId: string, measure: StateMeasure) => void navigate(hostsBehind({ kind: 'update', updateId, measure })),
  );
  return useMemo(() => {
    const productOf = remembered((name) => friendlyProduct(name) ?? name);
    const classificationOf = remembered((name) => {
      const key = entryKey('classifications', name);
      return key === null ? null : nameOf('classifications', key);
    });
    const rankOf = remembered((name) => String(severityRank.get(severityKey(name)) ?? 0));
    const count = (key: StateMeasure, options: Partial<GridColumn<UpdateRow>> = {}): GridColumn<UpdateRow> => ({
      key,
      header: t(`column.${key}`),
      headerTooltip: t(`countMeaning.${key}`),
      kind: 'number',
      width: 90,
      // Zeros are noise where one looks for what is not.
      value: (row) => (row.hosts[key] === 0 ? null : row.hosts[key]),
      sortBy: (row) => row.hosts[key],
      open: {
        run: (row) => openHosts(row.updateId, key),
        hint: t('onHosts.open'),
      },
      ...options,
    });
    const hidden = (
      key: keyof typeof en.column,
      value: (row: UpdateRow) => CellValue,
      options: Partial<GridColumn<UpdateRow>> = {},
    ): GridColumn<UpdateRow> => ({
      key,
      header: t(`column.${key}`),
      value,
      hidden: true,
      ...options,
    });
    return [
      hidden('updateId', (row) => row.updateId, { width: 300 }),
      {
        key: 'changetime',
        header: t('column.changetime'),
        kind: 'date',
        width: 120,
        sort: 'desc',
        value: (row) => row.changetime,
      },
      { key: 'kbids', header: t('column.kbids'), kind: 'list', width: 100, value: (row) => row.kbids.map(kbLabel) },
      {
        key: 'title',
        header: t('column.title'),
        width: 280,
        flex: 1,
        hasLead: true,
        value: (row) => row.title || row.updateId,
      },
      {
        key: 'severity',
        header: t('column.severity'),
        kind: 'chip',
        width: 100,
        value: (row) => row.severity,
        sortBy: (row) => rankOf(row.severity) ?? '0',
        chip: (row) => {
          const key = entryKey('severities', row.severity);
          return key === null ? null : { label: nameOf('severities', key), tone: severityTone(key) };
        },
        tooltip: (row) => row.severity,
      },
      ...bad,
      count('needed', { width: 92 }),
      count('pending', { width: 86 }),
      count('missing', { width: 94 }),
      count('failed', { width: 80 }),
      {
        key: 'product',
        header: t('column.product'),
        width: 140,
        value: (row) => productOf(row.product),
        tooltip: (row) => row.product,
      },
      {
        key: 'classification',
        header: t('column.classification'),
        width: 140,
        value: (row) => classificationOf(row.classification),
        tooltip: (row) => row.classification,
      },
      {
        key: 'maxDownloadSize',
        header: t('column.maxDownloadSize'),
        kind: 'size',
        width: 118,
        value: (row) => row.maxDownloadSize,
      },
      {
        key: 'downloadedOn',
        header: t('column.downloadedOn'),
        kind: 'datetime',
        width: 140,
        value: (row) => row.downloadedOn,
      },
      count('heldBack', { width: 96 }),
      count('forbidden', { width: 100 }),
      count('done', { width: 84 }),
      count('superseded', { hidden: true }),
      count('reported', { hidden: true }),
      hidden('isSuperseded', (row) => row.isSuperseded, { kind: 'boolean' }),
      hidden('cveIds', (row) => row.cveIds, { kind: 'list' }),
      hidden('securityBulletinIds', (row) => row.securityBulletinIds, { kind: 'list' }),
      hidden('canRequestUserInput', (row) => flag(row.canRequestUserInput), { kind: 'boolean' }),
      hidden('isMandatory', (row) => row.isMandatory, { kind: 'boolean' }),
      hidden('supersededUpdateIds', (row) => row.supersededUpdateIds, { kind: 'list' }),
      hidden('requiresNetworkConnectivity', (row) => row.requiresNetworkConnectivity, { kind: 'boolean' }),
      hidden('createdOn', (row) => row.createdOn, { kind: 'datetime', width: 140 }),
      hidden('reportedOn', (row) => row.createdOn, { kind: 'date' }),
      hidden('createdBy', (row) => row.createdBy),
      hidden('minDownloadSize', (row) => row.minDownloadSize, { kind: 'size' }),
      hidden('rebootBehaviour', (row) => row.rebootBehaviour),
      hidden('downloadUrls', (row) => row.downloadUrls, { kind: 'list', width: 240 }),
      hidden('updatedOn', (row) => row.updatedOn, { kind: 'datetime', width: 140 }),
      hidden('updatedBy', (row) => row.updatedBy),
      hidden('updateType', (row) => row.updateType),
      hidden('uninstallationNotes', (row) => row.uninstallationNotes),
      hidden('isUninstallable', (row) => row.isUninstallable, { kind: 'boolean' }),
      hidden('supportUrl', (row) => row.supportUrl, { width: 200 }),
      hidden('isBeta', (row) => row.isBeta, { kind: 'boolean' }),
      hidden('uninstallationImpact', (row) => row.uninstallationImpact),
      hidden('installationImpact', (row) => row.installationImpact),
      hidden('languages', (row) => row.languages, { kind: 'list' }),
      hidden('releaseNotes', (row) => row.releaseNotes, { width: 300 }),
    ];
  }, [t, nameOf, openHosts, bad]);
}
