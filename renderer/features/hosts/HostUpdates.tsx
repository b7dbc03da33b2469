import { Box, Button, FormControlLabel, Stack, Switch } from '@mui/material';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ActionKind } from '../../../contract/schemas/actions.ts';
import type { HostRow, HostUpdateRow } from '../../../contract/schemas/hosts.ts';
import { kbLabel } from '../../../domain/update.ts';
import { useCall } from '../../app/console.ts';
import { Grid } from '../../grid/Grid.tsx';
import type { MenuEntry } from '../../grid/menu.ts';
import { useCopy } from '../../ui/CopyButton.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { startDraft } from '../packages/intent.ts';
import { askWhy, useWhyFocus } from '../why/open.ts';
import { HostUpdateDetail } from './HostUpdateDetail.tsx';
import { useHostUpdateColumns } from './host-update-columns.ts';
import { filterHostUpdates, firstHostUpdateFilter, UPDATE_GROUPS, type UpdateGroup } from './host-update-filter.ts';
import { useOpenPage } from './open-page.ts';

const NO_ROWS: readonly HostUpdateRow[] = [];
const updateIdOf = (row: HostUpdateRow): string => row.update.updateId;

/** The tab of a host's updates: filters, list, and beside it what happens next with the one in focus and its install log. */
export function HostUpdates({
  host,
  onOrder,
}: {
  readonly host: HostRow;
  readonly onOrder: (action: ActionKind) => void;
}) {
  const { t } = useTranslation(['hosts', 'common']);
  const answer = useCall('hosts.updates', { uuid: host.uuid });
  const rows = answer.data ?? NO_ROWS;
  const [filter, setFilter] = useState(firstHostUpdateFilter);
  const [focused, setFocused] = useState<string | null>(null);
  const shown = useMemo(() => filterHostUpdates(rows, filter), [rows, filter]);
  const columns = useHostUpdateColumns();
  const menu = useUpdateMenu(host.uuid);
  const focusWhy = useWhyFocus();
  const focusedRow = rows.find((row) => row.update.updateId === focused) ?? null;
  const switchGroup = (group: UpdateGroup): void =>
    setFilter((before) => ({
      ...before,
      groups: before.groups.includes(group) ? before.groups.filter((one) => one !== group) : [...before.groups, group],
    }));
  return (
    <Stack sx={{ height: '100%', minHeight: 0 }}>
      <Stack
        direction="row"
        role="group"
        aria-label={t('updates.filter')}
        sx={{
          alignItems: 'center',
          flexWrap: 'wrap',
          gap: 0.75,
          px: 2,
          py: 0.5,
          borderBottom: 1,
          borderColor: 'divider',
        }}
      >
        {UPDATE_GROUPS.map((group) => {
          const isOn = filter.groups.includes(group);
          return (
            <Button
              key={group}
              aria-pressed={isOn}
              onClick={() => switchGroup(group)}
              sx={{
                minHeight: 26,
                px: 1.125,
                gap: 0.75,
                borderRadius: 4,
                border: 1,
                borderColor: isOn ? 'primary.main' : 'divider',
                bgcolor: isOn ? 'action.selected' : 'transparent',
                color: 'text.primary',
                fontWeight: isOn ? 620 : 500,
              }}
            >
              {t(`updates.${group}`)}
              <Box component="span" sx={{ color: 'text.secondary' }}>
                {shown.counts[group]}
              </Box>
            </Button>
          );
        })}
        <FormControlLabel
          sx={{ ml: 1, mr: 0, '& .MuiFormControlLabel-label': { typography: 'body2' } }}
          control={
            <Switch
              size="small"
              checked={filter.isCriticalOnly}
              onChange={(_event, isCriticalOnly) => setFilter((before) => ({ ...before, isCriticalOnly }))}
            />
          }
          label={`${t('updates.critical')} (${shown.critical})`}
        />
      </Stack>
      <Box sx={{ flex: 1, minHeight: 160 }}>
        <SplitPane
          id="host-update"
          side="right"
          initial={380}
          min={260}
          pane={rows.length === 0 ? null : <HostUpdateDetail uuid={host.uuid} row={focusedRow} onOrder={onOrder} />}
        >
          <Grid
            id="host-updates"
            label={t('updates.label', { host: host.fqdn })}
            rows={rows}
            rowId={updateIdOf}
            columns={columns}
            visibleIds={shown.ids}
            onFocusRow={(row) => {
              setFocused(row === null ? null : row.update.updateId);
              focusWhy(row === null ? null : { updateId: row.update.updateId, uuid: host.uuid });
            }}
            menu={menu}
            isLoading={answer.isPending}
            error={answer.error?.error ?? null}
            onRetry={() => void answer.refetch()}
            empty={
              <EmptyState
                title={t('panel.neverScanned')}
                text={t('panel.neverScannedText')}
                actions={
                  <Button variant="contained" onClick={() => onOrder('scan')}>
                    {t('action.scan')}
                  </Button>
                }
              />
            }
            noneShown={
              <EmptyState
                title={
                  filter.groups.length === 1 && filter.groups[0] === 'pending' && !filter.isCriticalOnly
                    ? t('updates.allInstalled')
                    : t('updates.noneShown')
                }
                text={t('updates.noneShownText')}
              />
            }
          />
        </SplitPane>
      </Box>
    </Stack>
  );
}

function useUpdateMenu(
  uuid: string,
): (row: HostUpdateRow, selection: readonly HostUpdateRow[]) => readonly MenuEntry[] {
  const { t } = useTranslation(['hosts', 'common']);
  const navigate = useNavigate();
  const copy = useCopy();
  const list = useCall('updates.list', {}).data;
  const open = useOpenPage();
  return (row, selection) => {
    const ids = new Set(selection.map(updateIdOf));
    const known = list?.rows.filter((update) => ids.has(update.updateId)) ?? [];
    const decide = (verdict: 'allow' | 'forbid'): void => {
      startDraft({ list: verdict, updates: known });
      void navigate('/packages');
    };
    const kbs = [...new Set(selection.flatMap((one) => one.update.kbids.map(kbLabel)))];
    const kb = row.update.kbids[0];
    return [
      {
        kind: 'item',
        id: 'why',
        label: t('common:why.label'),
        shortcut: 'W',
        onSelect: () => askWhy({ updateId: row.update.updateId, uuid }),
      },
      { kind: 'separator', id: 'after-why' },
      {
        kind: 'item',
        id: 'allow',
        label: t('updateMenu.allow'),
        disabled: known.length === 0,
        onSelect: () => decide('allow'),
      },
      {
        kind: 'item',
        id: 'forbid',
        label: t('updateMenu.forbid'),
        disabled: known.length === 0,
        onSelect: () => decide('forbid'),
      },
      { kind: 'separator', id: 's' },
      {
        kind: 'item',
        id: 'copy',
        label: t('updateMenu.copyKb'),
        disabled: kbs.length === 0,
        onSelect: () => void copy(kbs.join('\n')),
      },
      {
        kind: 'item',
        id: 'page',
        label: t('updateMenu.openKb'),
        onSelect: () =>
          open(kb === undefined ? { page: 'catalog', query: row.update.title } : { page: 'kb', kb: kbLabel(kb) }),
      },
    ];
  };
}
