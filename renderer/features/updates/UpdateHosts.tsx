import { Stack, ToggleButton, ToggleButtonGroup } from '@mui/material';
import { CircleHelp, Computer } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { UpdateHost } from '../../../contract/schemas/updates.ts';
import type { RowState, UpdateRow } from '../../../domain/update.ts';
import { useCall } from '../../app/console.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { Grid } from '../../grid/Grid.tsx';
import { useLocale } from '../../i18n/locale.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatNumber } from '../../ui/format.ts';
import { stateTones } from '../../ui/tone.ts';
import { askWhy, useWhyFocus } from '../why/open.ts';

const states = [
  'failed',
  'missing',
  'pending',
  'held-back',
  'forbidden',
  'unknown',
  'done',
  'superseded',
] as const satisfies readonly RowState[];

const noHosts: readonly UpdateHost[] = [];
const idOf = (host: UpdateHost): string => host.uuid;

/** The hosts that report an update, by state. */
export function UpdateHosts({ row }: { readonly row: UpdateRow }) {
  const { t } = useTranslation(['updates', 'common']);
  const navigate = useNavigate();
  const locale = useLocale();
  const focusWhy = useWhyFocus();
  const [state, setState] = useState<RowState | 'all'>('all');
  const hosts = useCall('updates.hosts', { updateId: row.updateId });
  const all = hosts.data ?? noHosts;

  const counts = useMemo(() => {
    const found = new Map<RowState, number>();
    for (const host of all) found.set(host.state, (found.get(host.state) ?? 0) + 1);
    return found;
  }, [all]);
  // Another update may have no host in the state one looked at.
  const current = state !== 'all' && !counts.has(state) ? 'all' : state;
  const shown = useMemo(
    () => (current === 'all' ? null : new Set(all.flatMap((host) => (host.state === current ? [host.uuid] : [])))),
    [all, current],
  );

  const columns = useMemo<readonly GridColumn<UpdateHost>[]>(
    () => [
      { key: 'fqdn', header: t('detail.host'), width: 190, flex: 1, value: (host) => host.fqdn },
      {
        key: 'state',
        header: t('detail.state'),
        kind: 'chip',
        width: 110,
        value: (host) => host.state,
        sortBy: (host) => states.indexOf(host.state),
        sort: 'asc',
        chip: (host) => ({ label: t(`common:state.${host.state}`), tone: stateTones[host.state] }),
        tooltip: (host) => t(`common:stateMeaning.${host.state}`),
      },
      { key: 'status', header: t('detail.status'), width: 110, value: (host) => host.status },
      { key: 'reachable', header: t('detail.reachable'), width: 100, value: (host) => host.reachable },
      { key: 'lastScan', header: t('detail.lastScan'), kind: 'datetime', width: 140, value: (host) => host.lastScan },
      {
        key: 'installDate',
        header: t('detail.installDate'),
        kind: 'datetime',
        width: 140,
        value: (host) => host.installDate,
      },
      { key: 'lastResult', header: t('detail.lastResult'), width: 130, value: (host) => host.lastResult },
    ],
    [t],
  );

  return (
    <Stack sx={{ height: '100%', minHeight: 0 }}>
      <ToggleButtonGroup
        exclusive
        size="small"
        value={current}
        aria-label={t('detail.state')}
        onChange={(_event, value: RowState | 'all' | null) => setState(value ?? 'all')}
        sx={{
          px: 1.5,
          py: 0.75,
          flexWrap: 'wrap',
          gap: 0.5,
          '& .MuiToggleButton-root': {
            border: 1,
            borderColor: 'divider',
            borderRadius: '6px !important',
            m: '0 !important',
            px: 1,
            py: 0.125,
            fontSize: '0.75rem',
            textTransform: 'none',
          },
        }}
      >
        <ToggleButton value="all">
          {t('detail.allStates')} {formatNumber(all.length, locale)}
        </ToggleButton>
        {states
          .filter((one) => counts.has(one))
          .map((one) => (
            <ToggleButton key={one} value={one}>
              {t(`common:state.${one}`)} {formatNumber(counts.get(one) ?? 0, locale)}
            </ToggleButton>
          ))}
      </ToggleButtonGroup>
      <Grid
        id="update-hosts"
        label={t('detail.hostGrid')}
        rows={all}
        rowId={idOf}
        columns={columns}
        visibleIds={shown}
        selection="none"
        isLoading={hosts.isPending}
        error={hosts.error?.error ?? null}
        onRetry={() => void hosts.refetch()}
        onFocusRow={(host) => focusWhy(host === null ? null : { updateId: row.updateId, uuid: host.uuid })}
        onOpen={(host) => void navigate(`/hosts?uuid=${encodeURIComponent(host.uuid)}`)}
        menu={(host) => [
          {
            kind: 'item',
            id: 'why',
            label: t('common:why.label'),
            icon: CircleHelp,
            shortcut: 'W',
            onSelect: () => askWhy({ updateId: row.updateId, uuid: host.uuid }),
          },
          {
            kind: 'item',
            id: 'open',
            label: t('detail.openHost'),
            icon: Computer,
            onSelect: () => void navigate(`/hosts?uuid=${encodeURIComponent(host.uuid)}`),
          },
        ]}
        empty={<EmptyState title={t('detail.noHosts')} />}
      />
    </Stack>
  );
}
