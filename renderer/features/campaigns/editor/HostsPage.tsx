import { Box, Stack, TextField, Typography } from '@mui/material';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostRow } from '../../../../contract/schemas/hosts.ts';
import { useCall } from '../../../app/console.ts';
import type { GridColumn } from '../../../grid/columns.ts';
import { Grid } from '../../../grid/Grid.tsx';
import { SearchField } from '../../../ui/SearchField.tsx';
import type { PageProps } from '../CampaignEditor.tsx';

const noHosts: readonly HostRow[] = [];
const uuidOf = (host: HostRow): string => host.uuid;

/** Name of the campaign, and which hosts take part. */
export function HostsPage({ draft, onChange, isWrong }: PageProps) {
  const { t } = useTranslation('campaigns');
  const hosts = useCall('hosts.list', {});
  const rows = hosts.data?.rows ?? noHosts;
  const [search, setSearch] = useState('');
  // The grid is told once; from then on it tells.
  const [first] = useState(draft.uuids);
  const columns = useMemo(
    (): readonly GridColumn<HostRow>[] => [
      { key: 'fqdn', header: t('column.host'), width: 180, flex: 1, value: (row) => row.fqdn },
      {
        key: 'description',
        header: t('editor.description'),
        width: 120,
        hidden: true,
        value: (row) => row.description,
      },
      { key: 'group', header: t('editor.group'), kind: 'list', width: 120, value: (row) => row.groups },
      { key: 'os', header: t('editor.os'), width: 160, value: (row) => row.osName },
      {
        key: 'reachable',
        header: t('editor.reachable'),
        kind: 'boolean',
        width: 100,
        value: (row) => row.reachable === 'OK',
      },
      { key: 'lastScan', header: t('editor.lastScan'), kind: 'date', width: 110, value: (row) => row.lastScan },
      {
        key: 'open',
        header: t('editor.open'),
        kind: 'number',
        width: 90,
        value: (row) => row.updates.pending + row.updates.missing + row.updates.failed,
      },
    ],
    [t],
  );
  const order = (ids: readonly string[]): readonly string[] => {
    const chosen = new Set(ids);
    return rows.flatMap((row) => (chosen.has(row.uuid) ? [row.uuid] : []));
  };
  return (
    <>
      <Stack direction="row" sx={{ gap: 2, alignItems: 'flex-start' }}>
        <TextField
          autoFocus
          label={t('editor.name')}
          placeholder={t('editor.nameExample')}
          value={draft.name}
          onChange={(event) => onChange({ name: event.target.value.slice(0, 100) })}
          error={isWrong('name')}
          helperText={isWrong('name') ? t('editor.nameMissing') : ' '}
          sx={{ flex: 1 }}
        />
        <SearchField placeholder={t('search')} value={search} onChange={setSearch} />
      </Stack>
      <Box sx={{ height: 320, border: 1, borderColor: 'divider', borderRadius: 1, overflow: 'hidden' }}>
        <Grid
          id="campaign-pick"
          label={t('editor.pick')}
          rows={rows}
          rowId={uuidOf}
          columns={columns}
          quickSearch={search}
          selectedIds={first}
          onSelectionChange={(ids) => onChange({ uuids: order(ids) })}
          isLoading={hosts.isPending}
          error={hosts.error?.error ?? null}
        />
      </Box>
      <Typography variant="body2" aria-live="polite" color={isWrong('uuids') ? 'error' : 'textSecondary'}>
        {isWrong('uuids') ? t('editor.noHosts') : t('editor.picked', { count: draft.uuids.length })}{' '}
        {t('editor.pickHelp')}
      </Typography>
    </>
  );
}
