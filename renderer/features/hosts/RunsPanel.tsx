import { Box, IconButton, List, ListItemButton, Stack, Tooltip, Typography } from '@mui/material';
import { ArrowLeft, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ActionRun } from '../../../contract/schemas/actions.ts';
import { useCall } from '../../app/console.ts';
import { EmptyState, LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Ago } from '../../ui/Time.tsx';
import { actionIcons } from './action-look.ts';
import { RunBar } from './RunBar.tsx';
import { RunDetail } from './RunDetail.tsx';
import { summarise } from './run-progress.ts';

/** The orders of the session, and what happens on each host of one of them. */
export function RunsPanel({
  runId,
  onShow,
}: {
  readonly runId: string | null;
  readonly onShow: (id: string | null) => void;
}) {
  const { t } = useTranslation('hosts');
  const runs = useCall('actions.runs', {});
  const run = runs.data?.find((one) => one.id === runId) ?? null;
  return (
    <Stack component="section" aria-label={t('run.list')} sx={{ height: '100%', minHeight: 0 }}>
      <Stack
        direction="row"
        sx={{
          alignItems: 'center',
          gap: 0.5,
          pl: run === null ? 2 : 0.5,
          pr: 1,
          minHeight: 44,
          borderBottom: 1,
          borderColor: 'divider',
        }}
      >
        {run === null ? null : (
          <Tooltip title={t('run.back')}>
            <IconButton aria-label={t('run.back')} onClick={() => onShow('all')}>
              <ArrowLeft size={17} aria-hidden />
            </IconButton>
          </Tooltip>
        )}
        <Typography variant="h2" sx={{ flex: 1, minWidth: 0 }} noWrap>
          {run === null ? t('run.list') : t(`run.title.${run.action}`)}
        </Typography>
        <Tooltip title={t('run.close')}>
          <IconButton aria-label={t('run.close')} onClick={() => onShow(null)}>
            <X size={17} aria-hidden />
          </IconButton>
        </Tooltip>
      </Stack>
      <Box sx={{ flex: 1, minHeight: 0, overflow: 'auto' }}>
        {run !== null ? (
          <RunDetail key={run.id} run={run} onShow={onShow} />
        ) : runs.error !== null ? (
          <Box sx={{ p: 2 }}>
            <ErrorNotice error={runs.error.error} onRetry={() => void runs.refetch()} />
          </Box>
        ) : runs.data === undefined ? (
          <LoadingState />
        ) : runs.data.length === 0 ? (
          <EmptyState title={t('run.none')} text={t('run.noneText')} />
        ) : (
          <RunList runs={runs.data} onShow={onShow} />
        )}
      </Box>
    </Stack>
  );
}

function RunList({ runs, onShow }: { readonly runs: readonly ActionRun[]; readonly onShow: (id: string) => void }) {
  const newestFirst = [...runs].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  return (
    <List disablePadding>
      {newestFirst.map((run) => (
        <RunLine key={run.id} run={run} onShow={() => onShow(run.id)} />
      ))}
    </List>
  );
}

function RunLine({ run, onShow }: { readonly run: ActionRun; readonly onShow: () => void }) {
  const { t } = useTranslation('hosts');
  const summary = summarise(run);
  const Icon = actionIcons[run.action];
  return (
    <ListItemButton
      component="button"
      onClick={onShow}
      sx={{
        gap: 1.5,
        borderBottom: 1,
        borderColor: 'divider',
        borderRadius: 0,
        width: '100%',
        textAlign: 'left',
        py: 1.25,
        px: 2,
        color: 'text.primary',
      }}
    >
      <Icon size={18} aria-hidden />
      <Stack sx={{ flex: 1, minWidth: 0, gap: 0.5 }}>
        <Stack direction="row" sx={{ alignItems: 'baseline', gap: 1 }}>
          <Typography variant="body2" sx={{ flex: 1, fontWeight: 600 }} noWrap>
            {t(`run.title.${run.action}`)}
          </Typography>
          <Typography variant="caption" color="textSecondary">
            <Ago at={run.startedAt} />
          </Typography>
        </Stack>
        <RunBar summary={summary} />
        <Typography variant="caption" color="textSecondary">
          {t('run.of', { ended: summary.ended, count: summary.total })}
          {summary.counts
            .filter(({ progress }) => progress !== 'done')
            .map(({ progress, count }) => ` · ${t(`progress.${progress}`)} ${count}`)
            .join('')}
        </Typography>
      </Stack>
    </ListItemButton>
  );
}
