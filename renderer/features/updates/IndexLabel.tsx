import { LinearProgress, Stack, Tooltip, Typography } from '@mui/material';
import { Database } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { IndexState } from '../../../contract/schemas/downloads.ts';
import type { ConsoleFailure } from '../../app/console.ts';
import { downloadPercent, isRunningDownload } from '../../app/downloads.ts';
import { useLabelled, useLocale } from '../../i18n/locale.ts';
import { useErrorWords } from '../../ui/error-words.ts';
import { formatDate, formatDateTime, formatSize } from '../../ui/format.ts';
import { useAgo } from '../../ui/Time.tsx';

/** The state of the index, always in sight: its date, its size, and when the server last looked for a newer one. */
export function IndexLabel({
  index,
  error,
}: {
  readonly index: IndexState | undefined;
  readonly error: ConsoleFailure | null;
}) {
  const { t } = useTranslation('updates');
  const labelled = useLabelled();
  const locale = useLocale();
  const errorWords = useErrorWords();
  const checked = useAgo(index?.lastCheck);
  const seen = useAgo(index?.readAt);
  if (index === undefined) {
    return (
      <Typography variant="caption" color="textSecondary">
        {error === null ? `${t('index.label')}…` : labelled(t('index.label'), errorWords(error.error).title)}
      </Typography>
    );
  }
  const isRunning = index.task !== null && isRunningDownload(index.task);
  const percent = index.task === null ? null : downloadPercent(index.task);
  const main =
    index.date === null
      ? t('index.none')
      : [t('index.state', { date: formatDate(index.date, locale) }), formatSize(index.size, locale)]
          .filter((part) => part !== '')
          .join(' · ');
  const second = index.lastCheck === null ? t('index.seen', { ago: seen }) : t('index.checked', { ago: checked });
  const title = [
    formatDateTime(index.date, locale),
    index.lastCheck === null ? t('index.notSaid') : formatDateTime(index.lastCheck, locale),
  ]
    .filter((part) => part !== '')
    .join(' · ');
  return (
    <Tooltip title={title} describeChild>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 0.75, minWidth: 0, color: 'text.secondary' }}>
        <Database size={13} aria-hidden style={{ flexShrink: 0 }} />
        <Typography
          variant="caption"
          noWrap
          sx={{ color: index.date === null ? 'warning.main' : 'text.primary', fontWeight: 550 }}
        >
          {main}
        </Typography>
        {isRunning ? (
          <>
            <LinearProgress
              aria-label={t('index.running')}
              {...(percent === null ? {} : { variant: 'determinate' as const, value: percent })}
              sx={{ width: 110, flexShrink: 0 }}
            />
            <Typography variant="caption" noWrap>
              {percent === null ? t('index.running') : t('index.runningPercent', { percent: Math.floor(percent) })}
            </Typography>
          </>
        ) : (
          <Typography variant="caption" noWrap>
            · {second}
          </Typography>
        )}
      </Stack>
    </Tooltip>
  );
}
