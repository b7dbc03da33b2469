import { Alert, Box, Button, Stack, Tooltip, Typography } from '@mui/material';
import { RotateCcw, Square } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ErrorCode, isErrorCode } from '../../../contract/errors.ts';
import type { ActionRun, HostProgress, RunHost } from '../../../contract/schemas/actions.ts';
import { useAction } from '../../app/console.ts';
import { useServer } from '../../app/session.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { Grid } from '../../grid/Grid.tsx';
import { useLocale } from '../../i18n/locale.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useErrorWords } from '../../ui/error-words.ts';
import { formatPercent } from '../../ui/format.ts';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { Ago } from '../../ui/Time.tsx';
import { useEnsureSigner } from '../signer/ensure.ts';
import { RunBar } from './RunBar.tsx';
import { NoTaskNotice, UnreachableNotice } from './RunNotices.tsx';
import { PROGRESS_TONE, summarise } from './run-progress.ts';
import { isCommunity } from './trigger-plan.ts';

const runHostId = (host: RunHost): string => host.uuid;

/** The kinds of failure of our own side, the most frequent first; more than two say no more than two. */
function failuresOf(run: ActionRun): readonly ErrorCode[] {
  const counts = new Map<ErrorCode, number>();
  for (const { progress, code } of run.hosts) {
    if (progress !== 'failed' || code === null || !isErrorCode(code)) continue;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 2)
    .map(([code]) => code);
}

/** One order: how far it is, what happened on each host, what to do about the rest. */
export function RunDetail({ run, onShow }: { readonly run: ActionRun; readonly onShow: (id: string) => void }) {
  const { t } = useTranslation('hosts');
  const summary = useMemo(() => summarise(run), [run]);
  const [shown, setShown] = useState<HostProgress | null>(null);
  const visibleIds = useMemo(
    () => (shown === null ? null : new Set(run.hosts.filter((host) => host.progress === shown).map(runHostId))),
    [run, shown],
  );
  const columns = useRunColumns();
  const stop = useAction('actions.stop');
  const retry = useAction('actions.retry');
  const ensureSigner = useEnsureSigner();
  const server = useServer();
  const startRetry = async (): Promise<void> => {
    if (!(await ensureSigner(t(`signWhy.${run.action}`)))) return;
    retry.mutate({ runId: run.id }, { onSuccess: (next) => onShow(next.id) });
  };
  const of = (progress: HostProgress): readonly RunHost[] => run.hosts.filter((host) => host.progress === progress);
  // Hosts that the order reached: what the others do says nothing of it.
  const reached = run.hosts.length - of('unreachable').length - of('not-launched').length;
  const failure = stop.error ?? retry.error;
  return (
    <Stack sx={{ height: '100%', minHeight: 0 }}>
      <Stack sx={{ gap: 1, px: 2, py: 1.5, borderBottom: 1, borderColor: 'divider' }}>
        <Stack direction="row" sx={{ alignItems: 'baseline', gap: 1 }}>
          <Typography variant="body2" aria-live="polite" sx={{ fontWeight: 600 }}>
            {t('run.of', { ended: summary.ended, count: summary.total })}
          </Typography>
          <Typography variant="caption" color="textSecondary" sx={{ flex: 1 }}>
            <Ago at={run.startedAt} />
          </Typography>
          <StatusChip
            tone={summary.isRunning ? 'info' : 'neutral'}
            label={summary.isRunning ? t('run.running') : t('run.ended')}
          />
        </Stack>
        <RunBar summary={summary} />
        <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 0.5 }}>
          {summary.counts.map(({ progress, count }) => (
            <Tooltip key={progress} title={t(`progressMeaning.${progress}`)} describeChild>
              <Button
                aria-pressed={shown === progress}
                onClick={() => setShown(shown === progress ? null : progress)}
                sx={{
                  minHeight: 26,
                  px: 0.75,
                  gap: 0.75,
                  color: 'text.primary',
                  bgcolor: shown === progress ? 'action.selected' : 'transparent',
                }}
              >
                <StatusChip tone={PROGRESS_TONE[progress]} label={t(`progress.${progress}`)} />
                {count}
              </Button>
            </Tooltip>
          ))}
        </Stack>
        <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
          {summary.isRunning ? (
            <Tooltip title={t('run.stopHint')} describeChild>
              <Button
                variant="outlined"
                startIcon={<Square size={14} aria-hidden />}
                loading={stop.isPending}
                onClick={() => stop.mutate({ runId: run.id })}
              >
                {t('run.stop')}
              </Button>
            </Tooltip>
          ) : null}
          {summary.toRetry === 0 ? null : (
            <Button
              variant={summary.isRunning ? 'outlined' : 'contained'}
              startIcon={<RotateCcw size={14} aria-hidden />}
              loading={retry.isPending}
              onClick={() => void startRetry()}
            >
              {t('run.retry', { count: summary.toRetry })}
            </Button>
          )}
        </Stack>
        {failure === null ? null : <ErrorNotice error={failure.error} compact />}
        {failuresOf(run).map((code) => (
          <ErrorNotice key={code} error={{ code }} compact />
        ))}
        {run.serverMessage === null ? null : (
          <Typography variant="caption" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
            {t('run.serverSaid', { message: run.serverMessage })}
          </Typography>
        )}
      </Stack>
      <Box sx={{ maxHeight: '45%', overflow: 'auto', flexShrink: 0 }}>
        <NoTaskNotice
          hosts={of('no-task')}
          action={run.action}
          isAll={of('no-task').length === reached}
          isCommunity={isCommunity(server)}
        />
        <UnreachableNotice hosts={[...of('unreachable'), ...of('not-launched')]} action={run.action} />
        {of('stopped').length > 0 ? (
          <Alert severity="info" sx={{ borderRadius: 0 }}>
            {t('run.stopped')}
          </Alert>
        ) : null}
      </Box>
      <Box sx={{ flex: 1, minHeight: 180 }}>
        <Grid
          id="run-hosts"
          label={t(`run.title.${run.action}`)}
          rows={run.hosts}
          rowId={runHostId}
          columns={columns}
          visibleIds={visibleIds}
          selection="none"
        />
      </Box>
    </Stack>
  );
}

function useRunColumns(): readonly GridColumn<RunHost>[] {
  const { t } = useTranslation('hosts');
  const locale = useLocale();
  const words = useErrorWords();
  return useMemo(
    () => [
      {
        key: 'state',
        header: t('run.column.state'),
        value: (host) => t(`progress.${host.progress}`),
        kind: 'chip',
        chip: (host) => ({ label: t(`progress.${host.progress}`), tone: PROGRESS_TONE[host.progress] }),
        tooltip: (host) => t(`progressMeaning.${host.progress}`),
        width: 146,
      },
      { key: 'host', header: t('run.column.host'), value: (host) => host.fqdn || host.uuid, width: 190 },
      {
        key: 'percent',
        header: t('run.column.progress'),
        value: (host) => (host.percent === null ? null : formatPercent(host.percent, locale)),
        sortBy: (host) => host.percent ?? -1,
        width: 76,
      },
      {
        key: 'message',
        header: t('run.column.message'),
        value: (host) =>
          host.code !== null && isErrorCode(host.code) ? words({ code: host.code }).title : host.message,
        width: 180,
        flex: 1,
      },
      { key: 'changedAt', header: t('run.column.at'), value: (host) => host.changedAt, kind: 'datetime', hidden: true },
    ],
    [t, locale, words],
  );
}
