import { Alert, Box, Typography } from '@mui/material';
import { HardDrive, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiskState } from '../../../contract/schemas/downloads.ts';
import { type Again, bytesOf, IDLES, type Idle } from '../../../domain/disk.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { useCall } from '../../app/console.ts';
import { useCapability } from '../../app/session.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { Grid } from '../../grid/Grid.tsx';
import { useStable } from '../../grid/use-stable.ts';
import { useLocale } from '../../i18n/locale.ts';
import type { Tone } from '../../theme/palette.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatNumber, formatSize } from '../../ui/format.ts';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { DeleteFilesDialog } from './DeleteFilesDialog.tsx';
import { useDiskColumns } from './disk-columns.ts';
import { PartChoices } from './PartChoices.tsx';

/** An update whose files the server has and no host fetches. */
export type IdleUpdate = DiskState['idle'][number];

const none: readonly IdleUpdate[] = [];
const idOf = (row: IdleUpdate): string => row.updateId;
const idleTones: Readonly<Record<Idle, Tone>> = {
  superseded: 'neutral',
  done: 'ok',
  unreported: 'neutral',
  forbidden: 'warning',
};
const againTones: Readonly<Record<Again, Tone>> = { no: 'ok', host: 'neutral', rule: 'info', decision: 'warning' };
const measures = ['done', 'forbidden', 'superseded', 'reported'] as const;
type Shown = Idle | 'all';

/** Files on the server that no host needs any more: what deleting them frees, and what would have them fetched again. */
export function CleanUpTab() {
  const { t } = useTranslation(['downloads', 'common', 'session']);
  const locale = useLocale();
  const disk = useCall('downloads.disk', {});
  const canDelete = useCapability('delete-files');
  const [part, setPart] = useState<Shown>('all');
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState<readonly IdleUpdate[]>([]);
  const rows = disk.data?.idle ?? none;
  const shown = useMemo(() => (part === 'all' ? rows : rows.filter((row) => row.idle === part)), [rows, part]);
  const parts = (['all', ...IDLES] as const).map((key) => {
    const of = key === 'all' ? rows : rows.filter((row) => row.idle === key);
    return { key, label: t(`idle.${key}`), meaning: t(`idleMeaning.${key}`), count: of.length, bytes: bytesOf(of) };
  });
  const chosen = useMemo(() => {
    const ids = new Set(selected);
    return shown.filter((row) => ids.has(row.updateId));
  }, [shown, selected]);
  const deletable = chosen.filter((row) => row.sharedWith === null);
  const isOff = !canDelete.available || deletable.length === 0;
  const reason = canDelete.available ? t('cleanUp.selectFirst') : t(`session:unavailable.${canDelete.reason}`);
  const ask = useStable(() => setAsking(deletable));

  const own = useMemo<readonly GridColumn<IdleUpdate>[]>(
    () => [
      {
        key: 'idle',
        header: t('cleanUp.why'),
        kind: 'chip',
        width: 178,
        value: (row) => row.idle,
        sortBy: (row) => IDLES.indexOf(row.idle),
        chip: (row) => ({ label: t(`idle.${row.idle}`), tone: idleTones[row.idle] }),
        tooltip: (row) => t(`idleMeaning.${row.idle}`),
      },
      {
        key: 'again',
        header: t('cleanUp.again'),
        headerTooltip: t('cleanUp.againMeaning'),
        kind: 'chip',
        width: 170,
        value: (row) => row.again,
        chip: (row) =>
          row.sharedWith === null
            ? { label: t(`againShort.${row.again}`), tone: againTones[row.again] }
            : { label: t('cleanUp.shared'), tone: 'error' },
        tooltip: (row) =>
          row.sharedWith === null
            ? t(`againMeaning.${row.again}`)
            : t('cleanUp.sharedMeaning', { title: row.sharedWith }),
      },
    ],
    [t],
  );
  const columns = useDiskColumns(own, measures);
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'downloads.clean',
        label: t('cleanUp.command'),
        group: t('title'),
        icon: Trash2,
        isDisabled: isOff,
        reason,
        run: ask,
      },
    ],
    [t, isOff, reason, ask],
  );
  useCommands(commands);

  const shared = chosen.length - deletable.length;
  return (
    <ScreenFrame
      toolbar={
        <>
          <PartChoices label={t('cleanUp.parts')} parts={parts} value={part} onChange={setPart} />
          <Box sx={{ flex: 1 }} />
          <ToolButton
            icon={Trash2}
            label={
              deletable.length === 0
                ? t('cleanUp.delete')
                : t('cleanUp.deleteSome', {
                    count: deletable.length,
                    shown: formatNumber(deletable.length, locale),
                    size: formatSize(bytesOf(deletable), locale),
                  })
            }
            disabled={isOff}
            reason={reason}
            onClick={ask}
          />
        </>
      }
      notices={
        shared === 0 ? undefined : (
          <Alert severity="info" sx={{ borderRadius: 0, py: 0 }}>
            {t('cleanUp.leftOut', { count: shared })}
          </Alert>
        )
      }
    >
      <Grid
        id="downloads-idle"
        label={t('cleanUp.grid')}
        rows={shown}
        rowId={idOf}
        columns={columns}
        onSelectionChange={setSelected}
        onDelete={(selection) => {
          const some = selection.filter((row) => row.sharedWith === null);
          if (canDelete.available && some.length > 0) setAsking(some);
        }}
        isLoading={disk.isPending}
        error={disk.error?.error ?? null}
        onRetry={() => void disk.refetch()}
        empty={<EmptyState icon={HardDrive} title={t('cleanUp.empty')} text={t('cleanUp.emptyText')} />}
        footer={
          disk.data === undefined ? null : (
            <Typography variant="caption" component="span" noWrap>
              {t('cleanUp.cached', {
                count: disk.data.cached.updates,
                shown: formatNumber(disk.data.cached.updates, locale),
                size: formatSize(disk.data.cached.bytes, locale),
              })}
            </Typography>
          )
        }
      />
      {asking.length === 0 || disk.data === undefined ? null : (
        <DeleteFilesDialog updates={asking} staleHosts={disk.data.staleHosts} onClose={() => setAsking([])} />
      )}
    </ScreenFrame>
  );
}
