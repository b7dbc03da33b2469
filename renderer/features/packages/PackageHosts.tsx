import { Button, Stack, Typography } from '@mui/material';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PackageHost, RulePackage } from '../../../contract/schemas/packages.ts';
import { useCall } from '../../app/console.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { Grid } from '../../grid/Grid.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useStartOrder } from '../hosts/order.ts';
import { Bringers } from './assignment/Bringers.tsx';

const NO_HOSTS: readonly PackageHost[] = [];
const hostId = (host: PackageHost): string => host.uuid;

/** The hosts that have the selected package in any version (protocol 8.5). */
export function PackageHosts({
  row,
  onAssign,
}: {
  readonly row: RulePackage | null;
  readonly onAssign: (row: RulePackage) => void;
}) {
  const { t } = useTranslation(['packages', 'hosts', 'assignment']);
  const navigate = useNavigate();
  const startOrder = useStartOrder();
  const answer = useCall('packages.hosts', { filename: row?.filename ?? '-' }, { enabled: row !== null });
  const columns = usePackageHostColumns(row);
  if (row === null) return <EmptyState title={t('hosts.pick')} />;
  const hosts = answer.data ?? NO_HOSTS;
  return (
    <Stack
      component="section"
      aria-label={t('hosts.title', { name: row.package })}
      sx={{ height: '100%', minHeight: 0 }}
    >
      <Stack
        direction="row"
        sx={{ alignItems: 'center', gap: 1, px: 2, minHeight: 38, borderBottom: 1, borderColor: 'divider' }}
      >
        <Typography variant="h3" component="h2" sx={{ minWidth: 0, flexShrink: 0, maxWidth: '45%' }} noWrap>
          {t('hosts.title', { name: row.package })}
        </Typography>
        <Bringers name={row.package} />
        <span style={{ flex: 1 }} />
        <Button sx={{ flexShrink: 0 }} onClick={() => onAssign(row)}>
          {t('assignment:assign')}
        </Button>
        {hosts.length === 0 ? null : (
          <Button
            sx={{ flexShrink: 0 }}
            onClick={() => void startOrder({ action: 'refresh', uuids: hosts.map(hostId) })}
          >
            {t('hosts.refresh')}
          </Button>
        )}
      </Stack>
      <Grid
        id="package-hosts"
        label={t('hosts.title', { name: row.package })}
        rows={hosts}
        rowId={hostId}
        columns={columns}
        selection="none"
        onOpen={(host) => void navigate(`/hosts/${encodeURIComponent(host.uuid)}`)}
        isLoading={answer.isPending}
        error={answer.error?.error ?? null}
        onRetry={() => void answer.refetch()}
        empty={<EmptyState title={t('hosts.none')} text={t('hosts.noneText')} />}
      />
    </Stack>
  );
}

function usePackageHostColumns(row: RulePackage | null): readonly GridColumn<PackageHost>[] {
  const { t } = useTranslation(['packages', 'hosts']);
  const name = row?.package ?? '';
  const version = row?.version ?? null;
  return useMemo(
    () => [
      {
        key: 'reachable',
        header: t('hosts.column.reachable'),
        value: (host) => host.reachable,
        kind: 'chip',
        chip: (host) => {
          const isOk = host.reachable === 'OK' || host.reachable === 'RUNNING';
          return { label: t(isOk ? 'hosts:reach.yes' : 'hosts:reach.no'), tone: isOk ? 'ok' : 'neutral' };
        },
        width: 120,
      },
      { key: 'fqdn', header: t('hosts.column.host'), value: (host) => host.fqdn, width: 220, sort: 'asc' },
      {
        key: 'description',
        header: t('hosts.column.description'),
        value: (host) => host.description,
        width: 180,
        flex: 1,
      },
      {
        key: 'installStatus',
        header: t('hosts.column.status'),
        value: (host) => host.installStatus,
        kind: 'chip',
        chip: ({ installStatus }) =>
          installStatus === null
            ? null
            : {
                label: installStatus,
                tone: installStatus === 'OK' ? 'ok' : installStatus === 'ERROR' ? 'error' : 'warning',
              },
        width: 110,
      },
      { key: 'package', header: t('hosts.column.package'), value: () => name, width: 180 },
      {
        key: 'version',
        header: t('hosts.column.version'),
        value: (host) => host.version,
        kind: 'chip',
        chip: (host) =>
          host.version === null ? null : { label: host.version, tone: host.version === version ? 'ok' : 'warning' },
        width: 100,
      },
      {
        key: 'installDate',
        header: t('hosts.column.date'),
        value: (host) => host.installDate,
        kind: 'datetime',
        width: 150,
      },
      { key: 'uuid', header: t('hosts.column.uuid'), value: (host) => host.uuid, hidden: true, width: 280 },
    ],
    [t, name, version],
  );
}
