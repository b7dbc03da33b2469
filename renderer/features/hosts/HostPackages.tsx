import { FormControlLabel, Stack, Switch } from '@mui/material';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostDetail } from '../../../contract/schemas/hosts.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { Grid } from '../../grid/Grid.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';

type HostPackage = HostDetail['packages'][number];

const packageId = (row: HostPackage): string => `${row.package} ${row.version ?? ''}`;

/** The packages of a host, the rule packages first. */
export function HostPackages({ detail }: { readonly detail: HostDetail }) {
  const { t } = useTranslation('hosts');
  const [isRulesOnly, setRulesOnly] = useState(false);
  const visibleIds = useMemo(
    () => (isRulesOnly ? new Set(detail.packages.filter((row) => row.section === 'wsus').map(packageId)) : null),
    [detail, isRulesOnly],
  );
  const columns = useMemo<readonly GridColumn<HostPackage>[]>(
    () => [
      {
        key: 'package',
        header: t('packages.column.name'),
        value: (row) => row.package,
        width: 240,
        flex: 1,
        sort: 'asc',
      },
      { key: 'version', header: t('packages.column.version'), value: (row) => row.version, width: 110 },
      { key: 'section', header: t('packages.column.section'), value: (row) => row.section, width: 100 },
      {
        key: 'status',
        header: t('packages.column.status'),
        value: (row) => row.installStatus,
        kind: 'chip',
        chip: ({ installStatus }) =>
          installStatus === null
            ? null
            : {
                label: installStatus,
                tone: installStatus === 'OK' ? 'ok' : installStatus === 'ERROR' ? 'error' : 'warning',
              },
        width: 120,
      },
      { key: 'date', header: t('packages.column.date'), value: (row) => row.installDate, kind: 'datetime', width: 150 },
    ],
    [t],
  );
  return (
    <Stack sx={{ height: '100%', minHeight: 0 }}>
      <FormControlLabel
        sx={{ mx: 2, '& .MuiFormControlLabel-label': { typography: 'body2' } }}
        control={<Switch size="small" checked={isRulesOnly} onChange={(_event, isOn) => setRulesOnly(isOn)} />}
        label={t('packages.rulesOnly')}
      />
      <Grid
        id="host-packages"
        label={t('packages.label', { host: detail.host.fqdn })}
        rows={detail.packages}
        rowId={packageId}
        columns={columns}
        visibleIds={visibleIds}
        selection="none"
        empty={<EmptyState title={t('packages.none')} />}
      />
    </Stack>
  );
}
