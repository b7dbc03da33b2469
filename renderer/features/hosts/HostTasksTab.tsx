import { Box, LinearProgress, Stack, Tab, Tabs, Typography } from '@mui/material';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostRow, HostTask } from '../../../contract/schemas/hosts.ts';
import { useCall } from '../../app/console.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { Grid } from '../../grid/Grid.tsx';
import { useLocale } from '../../i18n/locale.ts';
import { fonts } from '../../theme/theme.ts';
import { EmptyState, LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatPercent } from '../../ui/format.ts';
import { SplitPane } from '../../ui/SplitPane.tsx';

const LISTS = ['pending', 'done', 'errors', 'cancelled'] as const;
type ListName = (typeof LISTS)[number];

/** Main follows a host for two minutes after it was asked; asking again keeps it following. */
const KEEP_FOLLOWING = 60_000;

const taskId = (task: HostTask): string => String(task.id);

/** The tasks of a host (protocol 8.4): what runs with its log, and what waits, ended or failed; live while it is shown. */
export function HostTasksTab({ host }: { readonly host: HostRow }) {
  const { t } = useTranslation('hosts');
  const tasks = useCall('hosts.tasks', { uuid: host.uuid }, { refetchInterval: KEEP_FOLLOWING });
  const [list, setList] = useState<ListName>('done');
  const [focused, setFocused] = useState<string | null>(null);
  const columns = useTaskColumns();
  if (tasks.error !== null) {
    return (
      <Box sx={{ p: 2, maxWidth: 760 }}>
        <ErrorNotice error={tasks.error.error} onRetry={() => void tasks.refetch()} />
      </Box>
    );
  }
  if (tasks.data === undefined) return <LoadingState />;
  if (
    tasks.data.lastEventId === null &&
    tasks.data.running === null &&
    LISTS.every((name) => tasks.data[name].length === 0)
  ) {
    return <EmptyState title={t('tasks.noSupport')} />;
  }
  const rows = tasks.data[list];
  const shown = focused === null ? null : (rows.find((task) => taskId(task) === focused) ?? null);
  return (
    <SplitPane
      id="host-task"
      side="right"
      initial={420}
      min={280}
      pane={
        <Stack sx={{ height: '100%', minHeight: 0 }}>
          {shown === null ? (
            <Running task={tasks.data.running} />
          ) : (
            <Log
              title={t('tasks.logsOf', { name: shown.description ?? shown.classname ?? '', id: shown.id })}
              text={shown.logs}
            />
          )}
        </Stack>
      }
    >
      <Stack sx={{ height: '100%', minHeight: 0 }}>
        {tasks.data.running !== null && shown !== null ? <RunningLine task={tasks.data.running} /> : null}
        <Tabs
          value={list}
          onChange={(_event, next: ListName) => {
            setList(next);
            setFocused(null);
          }}
          sx={{ minHeight: 32, px: 1, '& .MuiTab-root': { minHeight: 32, py: 0, fontSize: '0.75rem' } }}
        >
          {LISTS.map((name) => (
            <Tab key={name} value={name} label={`${t(`tasks.${name}`)} (${tasks.data[name].length})`} />
          ))}
        </Tabs>
        <Box sx={{ flex: 1, minHeight: 0 }}>
          <Grid
            id="host-tasks"
            label={t(`tasks.${list}`)}
            rows={rows}
            rowId={taskId}
            columns={columns}
            selection="none"
            onFocusRow={(task) => setFocused(task === null ? null : taskId(task))}
            empty={<EmptyState title={t('tasks.nothing')} />}
            footer={
              <Typography variant="caption" color="textSecondary">
                {t('tasks.following')}
              </Typography>
            }
          />
        </Box>
      </Stack>
    </SplitPane>
  );
}

function Running({ task }: { readonly task: HostTask | null }) {
  const { t } = useTranslation('hosts');
  if (task === null) return <EmptyState title={t('tasks.none')} text={t('tasks.pick')} />;
  return (
    <>
      <RunningLine task={task} />
      <Log
        title={t('tasks.logsOf', { name: task.description ?? task.classname ?? '', id: task.id })}
        text={task.logs}
        isLive
      />
    </>
  );
}

function RunningLine({ task }: { readonly task: HostTask }) {
  const { t } = useTranslation('hosts');
  const locale = useLocale();
  const percent = task.progress === null ? null : Math.min(100, Math.max(0, task.progress));
  return (
    <Stack sx={{ gap: 0.5, px: 2, py: 1, borderBottom: 1, borderColor: 'divider' }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'baseline' }}>
        <Typography variant="body2" sx={{ fontWeight: 600, flex: 1, minWidth: 0 }} noWrap>
          {t('tasks.running')}: {task.description ?? task.classname}
        </Typography>
        <Typography variant="caption" color="textSecondary">
          {percent === null ? '' : formatPercent(percent, locale)}
        </Typography>
      </Stack>
      <LinearProgress
        aria-label={task.description ?? t('tasks.running')}
        {...(percent === null ? {} : { variant: 'determinate' as const, value: percent })}
      />
      <Typography variant="caption" color="textSecondary" noWrap>
        {task.runStatus ?? task.summary}
      </Typography>
    </Stack>
  );
}

function Log({
  title,
  text,
  isLive = false,
}: {
  readonly title: string;
  readonly text: string;
  readonly isLive?: boolean;
}) {
  const { t } = useTranslation('hosts');
  const end = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (isLive && end.current !== null) end.current.scrollTop = end.current.scrollHeight;
  }, [text, isLive]);
  return (
    <Stack sx={{ flex: 1, minHeight: 0, px: 2, py: 1, gap: 0.5 }}>
      <Typography variant="h3">{title}</Typography>
      <Box
        ref={end}
        component="pre"
        tabIndex={0}
        aria-label={title}
        sx={{
          flex: 1,
          minHeight: 0,
          overflow: 'auto',
          m: 0,
          fontFamily: fonts.mono,
          fontSize: '0.75rem',
          lineHeight: 1.5,
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
        }}
      >
        {text === '' ? t('tasks.noLog') : text}
      </Box>
    </Stack>
  );
}

function useTaskColumns(): readonly GridColumn<HostTask>[] {
  const { t } = useTranslation('hosts');
  return useMemo(
    () => [
      { key: 'id', header: t('tasks.column.id'), value: (task) => task.id, kind: 'number', width: 70, sort: 'desc' },
      {
        key: 'description',
        header: t('tasks.column.description'),
        value: (task) => task.description ?? task.classname,
        flex: 1,
        width: 200,
      },
      { key: 'summary', header: t('tasks.column.summary'), value: (task) => task.summary, width: 180 },
      {
        key: 'createdOn',
        header: t('tasks.column.created'),
        value: (task) => task.createdOn,
        kind: 'datetime',
        width: 140,
      },
      { key: 'createdBy', header: t('tasks.column.by'), value: (task) => task.createdBy, width: 120 },
      {
        key: 'startedOn',
        header: t('tasks.column.started'),
        value: (task) => task.startedOn,
        kind: 'datetime',
        hidden: true,
      },
      {
        key: 'finishedOn',
        header: t('tasks.column.finished'),
        value: (task) => task.finishedOn,
        kind: 'datetime',
        hidden: true,
      },
      {
        key: 'progress',
        header: t('tasks.column.progress'),
        value: (task) => task.progress,
        kind: 'number',
        hidden: true,
      },
      { key: 'runStatus', header: t('tasks.column.status'), value: (task) => task.runStatus, hidden: true },
      { key: 'classname', header: t('tasks.column.class'), value: (task) => task.classname, hidden: true },
    ],
    [t],
  );
}
