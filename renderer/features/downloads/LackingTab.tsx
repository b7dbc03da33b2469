import { Alert, Box, Typography } from '@mui/material';
import { DownloadCloud } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DiskState } from '../../../contract/schemas/downloads.ts';
import { bytesOf, LACKS, type Lack } from '../../../domain/disk.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { useAction, useCall } from '../../app/console.ts';
import { useCapability } from '../../app/session.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { Grid } from '../../grid/Grid.tsx';
import { useStable } from '../../grid/use-stable.ts';
import { useLocale } from '../../i18n/locale.ts';
import type { Tone } from '../../theme/palette.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { formatNumber, formatSize } from '../../ui/format.ts';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { useToasts } from '../../ui/toasts.ts';
import { useDiskColumns } from './disk-columns.ts';
import { PartChoices } from './PartChoices.tsx';

type Lacking = DiskState['lacking'][number];

const none: readonly Lacking[] = [];
const idOf = (row: Lacking): string => row.updateId;
const tones: Readonly<Record<Lack, Tone>> = {
  wanted: 'warning',
  'held-back': 'neutral',
  forbidden: 'neutral',
  unclear: 'neutral',
};
const measures = ['needed', 'missing', 'failed', 'heldBack', 'forbidden'] as const;

/** What hosts need and the server does not have: how much, why, and one action to have it fetched. */
export function LackingTab() {
  const { t } = useTranslation(['downloads', 'common', 'session']);
  const locale = useLocale();
  const say = useToasts((toasts) => toasts.say);
  const disk = useCall('downloads.disk', {});
  const canDownload = useCapability('download-updates');
  const download = useAction('updates.download');
  const [part, setPart] = useState<Lack>('wanted');
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState<readonly Lacking[]>([]);
  const rows = disk.data?.lacking ?? none;
  const shown = useMemo(() => rows.filter((row) => row.lack === part), [rows, part]);
  const parts = LACKS.map((key) => {
    const of = rows.filter((row) => row.lack === key);
    return {
      key,
      label: t(`lack.${key}`),
      meaning: t(`lackMeaning.${key}`),
      count: of.length,
      bytes: bytesOf(of),
    };
  });
  const fetchable = (some: readonly Lacking[]): readonly Lacking[] => some.filter((row) => row.files > 0);
  const wanted = fetchable(rows.filter((row) => row.lack === 'wanted'));
  const chosen = fetchable(shown.filter((row) => selected.includes(row.updateId)));
  const nameless = rows.filter((row) => row.files === 0).length;
  const target = chosen.length > 0 ? chosen : part === 'wanted' ? wanted : fetchable(shown);
  const reason = canDownload.available ? t('lackingTab.nothing') : t(`session:unavailable.${canDownload.reason}`);
  const ask = useStable(() => setAsking(target));
  const isOff = !canDownload.available || target.length === 0;

  const own = useMemo<readonly GridColumn<Lacking>[]>(
    () => [
      {
        key: 'lack',
        header: t('lackingTab.why'),
        kind: 'chip',
        width: 110,
        value: (row) => row.lack,
        chip: (row) => ({ label: t(`lack.${row.lack}`), tone: tones[row.lack] }),
        tooltip: (row) => t(`lackMeaning.${row.lack}`),
      },
    ],
    [t],
  );
  const columns = useDiskColumns(own, measures);
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'downloads.fetch',
        label: t('lackingTab.command'),
        group: t('title'),
        icon: DownloadCloud,
        isDisabled: isOff,
        reason,
        run: ask,
      },
    ],
    [t, isOff, reason, ask],
  );
  useCommands(commands);

  const size = formatSize(bytesOf(target), locale);
  return (
    <ScreenFrame
      toolbar={
        <>
          <PartChoices label={t('lackingTab.parts')} parts={parts} value={part} onChange={setPart} />
          <Box sx={{ flex: 1 }} />
          <ToolButton
            primary
            icon={DownloadCloud}
            label={
              target.length === 0
                ? t('lackingTab.confirmLabel')
                : t('lackingTab.download', { count: target.length, shown: formatNumber(target.length, locale), size })
            }
            disabled={isOff}
            reason={reason}
            onClick={ask}
          />
        </>
      }
      notices={
        nameless === 0 ? undefined : (
          <Alert severity="info" sx={{ borderRadius: 0, py: 0 }}>
            {t('lackingTab.nameless', { count: nameless })}
          </Alert>
        )
      }
    >
      <Grid
        id="downloads-lacking"
        label={t('lackingTab.grid')}
        rows={shown}
        rowId={idOf}
        columns={columns}
        onSelectionChange={setSelected}
        isLoading={disk.isPending}
        error={disk.error?.error ?? null}
        onRetry={() => void disk.refetch()}
        empty={
          <EmptyState
            icon={DownloadCloud}
            title={t(part === 'wanted' ? 'lackingTab.complete' : 'lackingTab.emptyPart')}
            text={t(part === 'wanted' ? 'lackingTab.completeText' : `lackMeaning.${part}`)}
          />
        }
      />
      <ConfirmDialog
        open={asking.length > 0}
        title={t('lackingTab.confirm', { count: asking.length, shown: formatNumber(asking.length, locale) })}
        confirmLabel={t('lackingTab.confirmLabel')}
        isBusy={download.isPending}
        error={download.error?.error ?? null}
        onClose={() => setAsking([])}
        onConfirm={() =>
          download.mutate(
            { updateIds: asking.map(idOf) },
            {
              onSuccess: () => {
                say({ tone: 'ok', text: t('lackingTab.asked', { count: asking.length }) });
                setAsking([]);
              },
            },
          )
        }
      >
        <Typography variant="body2">
          {t('lackingTab.confirmText', { size: formatSize(bytesOf(asking), locale) })}
        </Typography>
        {asking.some((row) => row.lack === 'forbidden') ? (
          <Alert severity="warning">{t('lackingTab.forbiddenToo')}</Alert>
        ) : null}
      </ConfirmDialog>
    </ScreenFrame>
  );
}
