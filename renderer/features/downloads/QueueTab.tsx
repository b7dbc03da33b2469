import { Alert, Box, LinearProgress, Stack, Tooltip, Typography } from '@mui/material';
import {
  CircleHelp,
  Clipboard,
  DownloadCloud,
  RefreshCw,
  RotateCcw,
  Search,
  Trash2,
  TriangleAlert,
} from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsoleError } from '../../../contract/errors.ts';
import type { DownloadTask } from '../../../contract/schemas/downloads.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { useAction, useCall } from '../../app/console.ts';
import { useCapability } from '../../app/session.ts';
import { Grid } from '../../grid/Grid.tsx';
import type { MenuEntry } from '../../grid/menu.ts';
import { useLocale } from '../../i18n/locale.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useCopy } from '../../ui/CopyButton.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useErrorWords } from '../../ui/error-words.ts';
import { formatSize } from '../../ui/format.ts';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { useToasts } from '../../ui/toasts.ts';
import { FailedTask } from './FailedTask.tsx';
import { isIndexTask, openFailures } from './failures.ts';
import { useTaskColumns } from './task-columns.ts';
import { fileOf, taskState } from './task-state.ts';

const noTasks: readonly DownloadTask[] = [];
const idOf = (task: DownloadTask): string => String(task.id);

/** How far everything that runs is, taken together; tasks without a known size do not count. */
function overall(tasks: readonly DownloadTask[]): { readonly done: number; readonly total: number } {
  const known = tasks.filter((task) => (task.targetSize ?? 0) > 0);
  return {
    done: known.reduce((sum, task) => sum + Math.min(task.fileSize ?? 0, task.targetSize ?? 0), 0),
    total: known.reduce((sum, task) => sum + (task.targetSize ?? 0), 0),
  };
}

/** What the server fetches and fetched: progress, and for what failed the likely cause and the next step (protocol 8.7). */
export function QueueTab() {
  const { t } = useTranslation(['downloads', 'common', 'session']);
  const locale = useLocale();
  const copy = useCopy();
  const errorWords = useErrorWords();
  const say = useToasts((toasts) => toasts.say);
  const searchBox = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState('');
  const [detailId, setDetailId] = useState<string | null>(null);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [toForget, setToForget] = useState<readonly DownloadTask[]>([]);
  const canList = useCapability('list-downloads');
  const canForget = useCapability('forget-downloads');
  const canDownload = useCapability('download-updates');
  const [isMoving, setMoving] = useState(false);
  const list = useCall('downloads.list', {}, { enabled: canList.available, refetchInterval: isMoving ? 3_000 : false });
  const forget = useAction('downloads.forget');
  const download = useAction('updates.download');
  const index = useAction('index.download');
  const columns = useTaskColumns();

  const tasks = list.data?.tasks ?? noTasks;
  const running = useMemo(() => tasks.filter((task) => ['running', 'waiting'].includes(taskState(task))), [tasks]);
  const failures = useMemo(() => openFailures(tasks), [tasks]);
  if (isMoving !== running.length > 0) setMoving(running.length > 0);
  const sum = overall(running);
  const detail = tasks.find((task) => idOf(task) === detailId && taskState(task) === 'failed');

  const { refetch } = list;
  const refresh = useCallback(() => void refetch(), [refetch]);
  const forgetReason = canForget.available ? undefined : t(`session:unavailable.${canForget.reason}`);
  const commands = useMemo<readonly Command[]>(
    () => [
      { id: 'downloads.refresh', label: t('refresh'), group: t('title'), keys: 'F5', icon: RefreshCw, run: refresh },
      {
        id: 'downloads.search',
        label: t('search'),
        group: t('title'),
        keys: '/',
        icon: Search,
        run: () => searchBox.current?.focus(),
      },
      {
        id: 'downloads.find',
        label: t('search'),
        group: t('title'),
        keys: 'Ctrl+F',
        icon: Search,
        run: () => searchBox.current?.focus(),
      },
    ],
    [t, refresh],
  );
  useCommands(commands);

  const again = (chosen: readonly DownloadTask[]): void => {
    const updateIds = [...new Set(chosen.flatMap((task) => task.updateId ?? []))];
    if (chosen.some(isIndexTask))
      index.mutate({ force: false, missing: false }, { onError: ({ error }) => sayFailure(error) });
    if (updateIds.length > 0) askAgain(updateIds);
  };
  const sayFailure = (error: ConsoleError): void =>
    say({ tone: 'error', text: `${errorWords(error).title}. ${errorWords(error).next}` });
  const askAgain = (updateIds: readonly string[]): void => {
    download.mutate(
      { updateIds: [...updateIds] },
      {
        onSuccess: () => say({ tone: 'ok', text: t('again', { count: updateIds.length }) }),
        onError: ({ error }) => sayFailure(error),
      },
    );
  };

  const menu = (task: DownloadTask, selection: readonly DownloadTask[]): readonly MenuEntry[] => [
    {
      kind: 'item',
      id: 'why',
      label: t('menu.why'),
      icon: CircleHelp,
      disabled: taskState(task) !== 'failed',
      onSelect: () => setDetailId(idOf(task)),
    },
    {
      kind: 'item',
      id: 'again',
      label: t('menu.again'),
      icon: RotateCcw,
      disabled: !canDownload.available || selection.every((one) => one.updateId === null && !isIndexTask(one)),
      reason: canDownload.available ? t('menu.noUpdate') : t(`session:unavailable.${canDownload.reason}`),
      onSelect: () => again(selection),
    },
    { kind: 'separator', id: 's1' },
    {
      kind: 'item',
      id: 'url',
      label: t('menu.copyUrl'),
      icon: Clipboard,
      disabled: task.url === null,
      onSelect: () => void copy(task.url ?? ''),
    },
    { kind: 'separator', id: 's2' },
    {
      kind: 'item',
      id: 'forget',
      label: t('menu.forget'),
      icon: Trash2,
      danger: true,
      shortcut: t('common:keys.delete'),
      disabled: !canForget.available,
      reason: forgetReason,
      onSelect: () => setToForget(selection),
    },
  ];

  if (!canList.available) {
    return (
      <ScreenFrame>
        <EmptyState icon={DownloadCloud} title={t('unavailable')} text={t(`session:unavailable.${canList.reason}`)} />
      </ScreenFrame>
    );
  }
  return (
    <ScreenFrame
      toolbar={
        <>
          <SearchField inputRef={searchBox} placeholder={t('search')} value={search} onChange={setSearch} />
          <ToolButton
            icon={RefreshCw}
            label={t('refresh')}
            shortcut="F5"
            isBusy={list.isFetching && !isMoving}
            onClick={refresh}
          />
          <ToolButton
            icon={Trash2}
            label={t('forget')}
            disabled={!canForget.available || selected.length === 0}
            reason={forgetReason}
            onClick={() => setToForget(tasks.filter((task) => selected.includes(idOf(task))))}
          />
          <Box sx={{ flex: 1 }} />
          {failures.tasks.length === 0 ? null : (
            <>
              <Tooltip title={t('summary.failedMeaning')} describeChild>
                <span>
                  <StatusChip
                    tone="error"
                    icon={TriangleAlert}
                    label={t('summary.failed', { count: failures.tasks.length })}
                  />
                </span>
              </Tooltip>
              <ToolButton
                icon={RotateCcw}
                label={t('retryAll')}
                disabled={!canDownload.available || (failures.updateIds.length === 0 && !failures.hasIndex)}
                reason={canDownload.available ? t('menu.noUpdate') : t(`session:unavailable.${canDownload.reason}`)}
                isBusy={download.isPending}
                onClick={() => again(failures.tasks)}
              />
            </>
          )}
          <Stack sx={{ minWidth: running.length === 0 ? 0 : 220, gap: 0.5 }} role="status">
            <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 2 }}>
              <Typography variant="caption">
                {running.length === 0 ? t('summary.none') : t('summary.running', { count: running.length })}
              </Typography>
              {sum.total === 0 ? null : (
                <Typography variant="caption" color="textSecondary">
                  {t('summary.speed', { done: formatSize(sum.done, locale), total: formatSize(sum.total, locale) })}
                </Typography>
              )}
            </Stack>
            {running.length === 0 ? null : (
              <LinearProgress
                aria-label={t('column.progress')}
                {...(sum.total === 0 ? {} : { variant: 'determinate' as const, value: (100 * sum.done) / sum.total })}
              />
            )}
          </Stack>
        </>
      }
      notices={
        list.data?.isCutOff === true ? (
          <Alert severity="warning" sx={{ borderRadius: 0, py: 0 }}>
            {t('cutOff')}
          </Alert>
        ) : undefined
      }
    >
      <SplitPane
        id="downloads-detail"
        side="bottom"
        initial={250}
        min={140}
        pane={detail === undefined ? null : <FailedTask task={detail} onClose={() => setDetailId(null)} />}
      >
        <Grid
          id="downloads"
          label={t('grid')}
          rows={tasks}
          rowId={idOf}
          columns={columns}
          quickSearch={search}
          menu={menu}
          onSelectionChange={setSelected}
          onFocusRow={(task) => setDetailId(task === null ? null : idOf(task))}
          onOpen={(task) => setDetailId(idOf(task))}
          onDelete={(selection) => {
            if (canForget.available) setToForget(selection);
          }}
          isLoading={list.isPending}
          error={list.error?.error ?? null}
          onRetry={refresh}
          empty={<EmptyState icon={DownloadCloud} title={t('empty')} text={t('emptyText')} />}
        />
      </SplitPane>
      <ConfirmDialog
        open={toForget.length > 0}
        title={t('forgetDialog.title', { count: toForget.length })}
        confirmLabel={t('common:delete')}
        tone="danger"
        isBusy={forget.isPending}
        error={forget.error?.error ?? null}
        onClose={() => setToForget([])}
        onConfirm={() =>
          forget.mutate(
            { ids: toForget.map((task) => task.id) },
            {
              onSuccess: ({ forgotten }) => {
                setToForget([]);
                say({ tone: 'ok', text: t('forgetDialog.done', { count: forgotten }) });
                refresh();
              },
            },
          )
        }
      >
        <Typography variant="body2">{t('forgetDialog.text')}</Typography>
        <Box component="ul" sx={{ m: 0, pl: 2.5, maxHeight: 160, overflow: 'auto', color: 'text.secondary' }}>
          {toForget.slice(0, 30).map((task) => (
            <li key={idOf(task)}>{fileOf(task)}</li>
          ))}
        </Box>
      </ConfirmDialog>
    </ScreenFrame>
  );
}
