import { Box, Button, CircularProgress, LinearProgress, Popover, Stack, Typography } from '@mui/material';
import { Check, Pause, Play, RefreshCw, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { isErrorCode } from '../../contract/errors.ts';
import type { ActionRun } from '../../contract/schemas/actions.ts';
import { EndedList } from '../endings/EndedList.tsx';
import { useRunningExport } from '../grid/export/running.ts';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import { Ago } from '../ui/Time.tsx';
import { useAction, useCall } from './console.ts';
import { isRunningDownload } from './downloads.ts';
import { useCapability, useSession } from './session.ts';

const finished = new Set(['unreachable', 'not-launched', 'no-task', 'done', 'failed', 'stopped']);

/** How many hosts of a run have an end. */
const endedHosts = (run: ActionRun): number => run.hosts.filter((host) => finished.has(host.progress)).length;

function Running({
  label,
  detail,
  percent,
}: {
  readonly label: string;
  readonly detail: string;
  readonly percent: number | null;
}) {
  return (
    <Stack sx={{ gap: 0.5 }}>
      <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 2 }}>
        <Typography variant="body2">{label}</Typography>
        <Typography variant="body2" color="textSecondary">
          {detail}
        </Typography>
      </Stack>
      <LinearProgress
        aria-label={label}
        {...(percent === null ? {} : { variant: 'determinate' as const, value: percent })}
      />
    </Stack>
  );
}

/** What is running: reading the server, downloads on the server, orders on hosts. */
export function WorkIndicator() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const session = useSession();
  const { data: sync } = useCall('sync.state', {});
  const canListDownloads = useCapability('list-downloads').available;
  const { data: downloads } = useCall('downloads.list', {}, { enabled: canListDownloads });
  const { data: freshness } = useCall('sync.freshness', {});
  const { data: runs } = useCall('actions.runs', {});
  const campaigns = useCall('campaigns.list', {}).data?.campaigns ?? [];
  const start = useAction('sync.start');
  const cancel = useAction('sync.cancel');
  const pause = useAction('sync.pause');
  const resume = useAction('sync.resume');

  const isSyncing = sync !== undefined && sync.phase !== 'idle';
  const exporting = useRunningExport((state) => state.running);
  const isPaused = sync?.isPaused === true;
  const running = (runs ?? []).filter((run) => run.endedAt === null);
  const downloading = (downloads?.tasks ?? []).filter(isRunningDownload);
  const campaigning = campaigns.filter(({ standing, waitsFor }) => standing === 'running' && waitsFor !== 'elsewhere');
  const asking = campaigns.filter(({ waitsFor }) => waitsFor === 'signer');
  const isSignerAsked = asking.length > 0;
  const [spokenOf, ...others] = new Set([...campaigning, ...asking]);
  const isBusy =
    (isSyncing && !isPaused) ||
    running.length > 0 ||
    downloading.length > 0 ||
    campaigning.length > 0 ||
    exporting !== null;
  const label = isPaused
    ? t('work.paused')
    : isSyncing
      ? t(`work.phase.${sync.phase}`)
      : running.length > 0
        ? t('work.runs', { count: running.length })
        : downloading.length > 0
          ? t('work.downloads', { count: downloading.length })
          : exporting !== null
            ? t('export.writing', { list: exporting.title })
            : campaigning.length > 0
              ? t('work.campaigns', { count: campaigning.length })
              : isSignerAsked
                ? t('work.needsSigner')
                : t('work.idle');
  const failed = sync !== undefined && !isSyncing && sync.error !== null;
  const close = (): void => setAnchor(null);

  return (
    <>
      <Button
        onClick={(event) => setAnchor(event.currentTarget)}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        sx={{
          color: failed ? 'error.main' : isBusy ? 'primary.main' : 'text.secondary',
          fontWeight: 500,
          flexShrink: 0,
        }}
        startIcon={
          isBusy ? (
            <CircularProgress size={14} thickness={6} color="inherit" aria-hidden />
          ) : isPaused ? (
            <Pause size={15} aria-hidden />
          ) : failed || isSignerAsked ? (
            <TriangleAlert size={15} aria-hidden />
          ) : (
            <Check size={15} aria-hidden />
          )
        }
      >
        {failed && !isPaused ? t('work.syncFailed') : label}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': t('work.label'), sx: { width: 380, p: 2 } } }}
      >
        <Stack sx={{ gap: 1.5 }}>
          {isSyncing ? (
            <Running
              label={isPaused ? label : t(`work.phase.${sync.phase}`)}
              detail={sync.total === 0 ? '' : t('work.progress', { done: sync.done, total: sync.total })}
              percent={sync.total === 0 ? null : (100 * sync.done) / sync.total}
            />
          ) : (
            <Stack sx={{ gap: 0.25 }}>
              <Typography variant="body2">
                {freshness === undefined || freshness.syncedAt === null ? (
                  t('freshness.never')
                ) : (
                  <LastRead at={freshness.syncedAt} />
                )}
              </Typography>
              {sync === undefined || sync.finishedAt === null ? null : (
                <Typography variant="caption" color="textSecondary">
                  {t('work.changedHosts', { count: sync.changedHosts })}
                  {sync.failedHosts > 0 ? ` · ${t('work.failedHosts', { count: sync.failedHosts })}` : ''}
                </Typography>
              )}
            </Stack>
          )}
          {failed && sync.error !== null && isErrorCode(sync.error) ? (
            <ErrorNotice compact error={{ code: sync.error }} />
          ) : null}
          {start.error === null ? null : <ErrorNotice compact error={start.error.error} />}
          {running.map((run) => (
            <Running
              key={run.id}
              label={t(`work.run.${run.action}`)}
              detail={t('work.runProgress', { done: endedHosts(run), total: run.hosts.length })}
              percent={run.hosts.length === 0 ? null : (100 * endedHosts(run)) / run.hosts.length}
            />
          ))}
          {campaigning.map(({ id, name, counts }) => {
            const ended = counts.hosts - counts.waiting - counts.out;
            return (
              <Running
                key={id}
                label={t('work.campaign', { name })}
                detail={t('work.runProgress', { done: ended, total: counts.hosts })}
                percent={counts.hosts === 0 ? null : (100 * ended) / counts.hosts}
              />
            );
          })}
          {isSignerAsked ? <Typography variant="body2">{t('work.needsSigner')}</Typography> : null}
          {downloading.length === 0 ? null : (
            <Running label={t('work.downloads', { count: downloading.length })} detail="" percent={null} />
          )}
          {exporting === null ? null : (
            <Stack direction="row" sx={{ alignItems: 'center', gap: 1 }}>
              <Box sx={{ flex: 1 }}>
                <Running
                  label={t('export.writing', { list: exporting.title })}
                  detail={t('work.progress', { done: exporting.done, total: exporting.total })}
                  percent={exporting.total === 0 ? null : (100 * exporting.done) / exporting.total}
                />
              </Box>
              <Button onClick={exporting.cancel}>{t('cancel')}</Button>
            </Stack>
          )}
          <EndedList
            onGo={(path) => {
              close();
              void navigate(path);
            }}
          />
          <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
            {isSyncing || isPaused ? (
              <Button
                variant="outlined"
                startIcon={isPaused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
                onClick={() => (isPaused ? resume.mutate({}) : pause.mutate({}))}
              >
                {t(isPaused ? 'work.resume' : 'work.pause')}
              </Button>
            ) : null}
            {/* One button for both: the one that has the focus must not go away, or Escape is heard by nobody. */}
            <Button
              variant="outlined"
              aria-disabled={start.isPending}
              startIcon={isSyncing ? undefined : <RefreshCw size={14} aria-hidden />}
              onClick={() => {
                if (isSyncing) cancel.mutate({});
                else if (!start.isPending) start.mutate({ full: false });
              }}
            >
              {t(isSyncing ? 'work.stop' : 'work.readNow')}
            </Button>
            {session.kind === 'open' && !isSyncing ? (
              <Button onClick={() => start.mutate({ full: true })}>{t('work.readAll')}</Button>
            ) : null}
            <Box sx={{ flex: 1 }} />
            {campaigning.length > 0 || isSignerAsked ? (
              <Button
                onClick={() => {
                  close();
                  void navigate(
                    spokenOf === undefined || others.length > 0
                      ? '/campaigns'
                      : `/campaigns/${encodeURIComponent(spokenOf.id)}`,
                  );
                }}
              >
                {t('nav.campaigns')}
              </Button>
            ) : null}
            {downloading.length > 0 ? (
              <Button
                onClick={() => {
                  close();
                  void navigate('/downloads');
                }}
              >
                {t('nav.downloads')}
              </Button>
            ) : null}
          </Stack>
        </Stack>
      </Popover>
    </>
  );
}

function LastRead({ at }: { readonly at: string }) {
  const { t } = useTranslation();
  return (
    <>
      {t('work.lastRead', { ago: '' })}
      <Ago at={at} />
    </>
  );
}
