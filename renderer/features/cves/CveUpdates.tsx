import { Box, Button, Stack, Typography } from '@mui/material';
import { PackagePlus } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { CveAudit, CveUpdate } from '../../../contract/schemas/cves.ts';
import { kbLabel } from '../../../domain/update.ts';
import { useCall } from '../../app/console.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { Grid } from '../../grid/Grid.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { startDraft } from '../packages/intent.ts';
import { hostsBehind } from '../where/where.ts';

const idOf = (update: CveUpdate): string => update.updateId;

/** The updates that would put affected hosts right, and the way into a rule package. */
export function CveUpdates({ audit, cves }: { readonly audit: CveAudit; readonly cves: readonly string[] }) {
  const { t } = useTranslation('cves');
  const navigate = useNavigate();
  const known = useCall('updates.list', {}).data?.rows;
  const { updates } = audit;
  const rows = useMemo(() => {
    const wanted = new Set(updates.map(idOf));
    return known?.filter((row) => wanted.has(row.updateId)) ?? [];
  }, [known, updates]);
  const columns = useMemo<readonly GridColumn<CveUpdate>[]>(
    () => [
      { key: 'kbids', header: t('column.kbs'), kind: 'list', width: 110, value: (update) => update.kbids.map(kbLabel) },
      { key: 'title', header: t('column.title'), width: 300, flex: 1, value: (update) => update.title },
      {
        key: 'how',
        header: t('column.how'),
        width: 140,
        value: (update) => t(update.isBySupersedence ? 'supersedes' : 'direct'),
      },
      {
        key: 'cves',
        header: t('column.cves'),
        headerTooltip: t('cvesMeaning'),
        kind: 'number',
        width: 84,
        value: (update) => update.cves,
      },
      {
        key: 'hosts',
        header: t('column.hosts'),
        headerTooltip: t('hostsMeaning'),
        kind: 'number',
        width: 96,
        sort: 'desc',
        value: (update) => update.hosts,
        open: {
          run: ({ updateId }) => void navigate(hostsBehind({ kind: 'cve', cves: [...cves], exposure: null, updateId })),
          hint: t('showHosts'),
        },
      },
    ],
    [t, navigate, cves],
  );
  const allow = (): void => {
    startDraft({ list: 'allow', updates: rows, as: 'kbs' });
    void navigate('/packages');
  };
  return (
    <Stack sx={{ height: '100%', minHeight: 0 }}>
      <Stack direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', gap: 1, px: 1.5, py: 0.75 }}>
        <Typography variant="h3" component="h2" sx={{ flex: 1 }}>
          {t('updates')}
        </Typography>
        {rows.length === 0 ? null : (
          <Button variant="contained" startIcon={<PackagePlus size={15} aria-hidden />} onClick={allow}>
            {t('allow', { count: rows.length })}
          </Button>
        )}
      </Stack>
      <Box sx={{ flex: 1, minHeight: 0 }}>
        <Grid
          id="cve-updates"
          label={t('updates')}
          rows={updates}
          rowId={idOf}
          columns={columns}
          selection="none"
          empty={<EmptyState title={t('updatesNone')} />}
        />
      </Box>
    </Stack>
  );
}
