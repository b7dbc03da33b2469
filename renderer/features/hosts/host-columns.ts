import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { HostRow } from '../../../contract/schemas/hosts.ts';
import type { SignerState } from '../../../contract/schemas/signer.ts';
import type { StateMeasure } from '../../../domain/measures.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { useStable } from '../../grid/use-stable.ts';
import type { Tone } from '../../theme/palette.ts';
import { updatesBehind } from '../where/where.ts';
import { isReachable, wuaTone } from './host-filter.ts';
import { trusts } from './trigger-plan.ts';

type T = TFunction<'hosts'>;

interface Chip {
  readonly label: string;
  readonly tone: Tone;
}

/** How a host's connection is shown. */
export function reachChip(host: Pick<HostRow, 'reachable'>, t: T): Chip {
  if (host.reachable === 'RUNNING') return { label: t('reach.busy'), tone: 'info' };
  if (isReachable(host)) return { label: t('reach.yes'), tone: 'ok' };
  return { label: t(host.reachable === null || host.reachable === '' ? 'reach.unsaid' : 'reach.no'), tone: 'neutral' };
}

/** How a host's Windows Update status is shown: raw, with a mark. */
export function wuaChip(host: Pick<HostRow, 'wuaStatus'>): Chip | null {
  const tone = wuaTone(host.wuaStatus);
  return tone === null || host.wuaStatus === null ? null : { label: host.wuaStatus, tone };
}

/** How far ahead of this computer's clock a scan may be dated before it is told. */
const AHEAD = 3_600_000;

/** Whether a scan is dated in the future: the clock of its host is wrong, and such a host drops actions without a word. */
export const isAhead = ({ lastScan }: Pick<HostRow, 'lastScan'>): boolean =>
  lastScan !== null && Date.parse(lastScan) > Date.now() + AHEAD;

/** A host by its name; by the begin of its uuid too where another host is called the same. */
export const hostName = ({ fqdn, uuid, sharesName }: Pick<HostRow, 'fqdn' | 'uuid' | 'sharesName'>): string =>
  sharesName ? `${fqdn} (${uuid.slice(0, 8)})` : fqdn || uuid;

/** How old a host's last scan is, in one word. */
export function scanChip(host: Pick<HostRow, 'lastScan' | 'isStale'>, t: T): Chip {
  if (isAhead(host)) return { label: t('scan.ahead'), tone: 'warning' };
  if (host.lastScan === null) return { label: t('scan.never'), tone: 'warning' };
  return host.isStale ? { label: t('scan.stale'), tone: 'warning' } : { label: t('scan.recent'), tone: 'ok' };
}

const plain = (
  key: string,
  header: string,
  value: GridColumn<HostRow>['value'],
  rest: Partial<GridColumn<HostRow>> = {},
): GridColumn<HostRow> => ({ key, header, value, hidden: true, width: 140, ...rest });

const auditTone = (status: string): Tone =>
  status === 'OK' ? 'ok' : status === 'WARNING' ? 'warning' : status === 'ERROR' ? 'error' : 'neutral';

const statusTone = (status: string): Tone =>
  status === 'ERROR' ? 'error' : status === 'TO-UPGRADE' ? 'warning' : status === 'RUNNING' ? 'info' : 'ok';

/** The columns of the host grid: those of protocol 8.1 that matter here, and the counts of updates by state. */
export function useHostColumns(signer: SignerState | null): readonly GridColumn<HostRow>[] {
  const { t } = useTranslation('hosts');
  const navigate = useNavigate();
  const openUpdates = useStable(
    (uuid: string, measure: StateMeasure) => void navigate(updatesBehind({ kind: 'host', uuid, measure })),
  );
  // Other columns have the grid sort and draw all rows anew: not for a signer that is as closed as before it was asked for.
  const chain = signer?.kind === 'open' ? signer.chain : null;
  return useMemo(
    () => [...shownColumns(t, openUpdates), ...hiddenColumns(t, chain, openUpdates)],
    [t, chain, openUpdates],
  );
}

/** Opens the updates behind a number of a host. */
type Open = (uuid: string, measure: StateMeasure) => void;

function shownColumns(t: T, open: Open): GridColumn<HostRow>[] {
  return [
    {
      key: 'reachable',
      header: t('column.reachable'),
      value: (host) => reachChip(host, t).label,
      kind: 'chip',
      chip: (host) => reachChip(host, t),
      width: 126,
    },
    {
      key: 'wuaStatus',
      header: t('column.wua'),
      value: (host) => host.wuaStatus,
      kind: 'chip',
      chip: wuaChip,
      width: 160,
    },
    { key: 'fqdn', header: t('column.fqdn'), value: hostName, width: 180, sort: 'asc' },
    counted('needed', t, open),
    counted('pending', t, open),
    counted('missing', t, open),
    counted('failed', t, open),
    counted('heldBack', t, open, { width: 96 }),
    counted('forbidden', t, open, { width: 100 }),
    counted('done', t, open, { width: 88 }),
    { key: 'lastScan', header: t('column.lastScan'), value: (host) => host.lastScan, kind: 'datetime', width: 140 },
    {
      key: 'scanAge',
      header: t('column.scanAge'),
      value: (host) => scanChip(host, t).label,
      kind: 'chip',
      chip: (host) => scanChip(host, t),
      width: 88,
    },
    {
      key: 'reboot',
      header: t('column.reboot'),
      value: (host) => (host.rebootRequired === true ? t('rebootRequired') : null),
      kind: 'chip',
      chip: (host) => (host.rebootRequired === true ? { label: t('rebootRequired'), tone: 'warning' } : null),
      width: 112,
    },
    { key: 'osName', header: t('column.os'), value: (host) => host.osName, width: 230 },
    { key: 'description', header: t('column.description'), value: (host) => host.description, width: 140, flex: 1 },
    { key: 'lastSeen', header: t('column.lastSeen'), value: (host) => host.lastSeenOn, kind: 'datetime', width: 140 },
  ];
}

/** A count of a host's updates; empty where the host never reported, so that a zero is a fact. */
const counted = (
  measure: StateMeasure,
  t: T,
  open: Open,
  rest: Partial<GridColumn<HostRow>> = {},
): GridColumn<HostRow> => ({
  key: measure,
  header: t(`column.${measure}`),
  headerTooltip: t(`countMeaning.${measure}`),
  value: (host) => (host.lastScan === null && host.updates.reported === 0 ? null : host.updates[measure]),
  kind: 'number',
  width: 92,
  open: { run: (host) => open(host.uuid, measure), hint: t('showUpdates') },
  ...rest,
});

function hiddenColumns(t: T, chain: readonly string[] | null, open: Open): GridColumn<HostRow>[] {
  return [
    counted('superseded', t, open, { hidden: true }),
    counted('reported', t, open, { hidden: true }),
    plain('hostStatus', t('column.hostStatus'), (host) => host.hostStatus, {
      kind: 'chip',
      chip: ({ hostStatus }) => (hostStatus === null ? null : { label: hostStatus, tone: statusTone(hostStatus) }),
    }),
    plain('auditStatus', t('column.auditStatus'), (host) => host.auditStatus, {
      kind: 'chip',
      chip: ({ auditStatus }) => (auditStatus === null ? null : { label: auditStatus, tone: auditTone(auditStatus) }),
    }),
    plain('ip', t('column.ip'), (host) => host.ipAddresses, { kind: 'list' }),
    plain('platform', t('column.platform'), (host) => host.platform, { width: 100 }),
    plain('osVersion', t('column.osVersion'), (host) => host.osVersion),
    plain('model', t('column.model'), (host) => host.model),
    plain('manufacturer', t('column.manufacturer'), (host) => host.manufacturer),
    plain('serial', t('column.serial'), (host) => host.serialNumber),
    plain('users', t('column.users'), (host) => host.users, { kind: 'list' }),
    plain('lastUser', t('column.lastUser'), (host) => host.lastUser),
    plain('mac', t('column.mac'), (host) => host.macAddresses, { kind: 'list' }),
    plain('waptVersion', t('column.waptVersion'), (host) => host.waptVersion),
    plain('uuid', t('column.uuid'), (host) => host.uuid, { width: 280 }),
    plain('groups', t('column.groups'), (host) => host.groups, { kind: 'list' }),
    plain('unit', t('column.unit'), (host) => host.organizationalUnit, { width: 240 }),
    plain('site', t('column.site'), (host) => host.site),
    plain('repositories', t('column.repositories'), (host) => host.repositories),
    plain('rulePackages', t('column.rulePackages'), (host) => host.rulePackages, { kind: 'list', width: 200 }),
    plain('indexDate', t('column.indexDate'), (host) => host.indexDate, { kind: 'datetime' }),
    plain('wuaEnabled', t('column.wuaEnabled'), (host) => host.wuaEnabled, { kind: 'boolean' }),
    plain('trust', t('column.trust'), (host) => trustChip(host, chain, t)?.label ?? null, {
      kind: 'chip',
      chip: (host) => trustChip(host, chain, t),
    }),
  ];
}

function trustChip(host: HostRow, chain: readonly string[] | null, t: T): Chip | null {
  if (chain === null) return null;
  const doesTrust = trusts(host, chain);
  if (doesTrust === null) return { label: t('trust.unsaid'), tone: 'neutral' };
  return doesTrust ? { label: t('trust.yes'), tone: 'ok' } : { label: t('trust.no'), tone: 'warning' };
}
