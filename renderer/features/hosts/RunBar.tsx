import { Box } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { isEnded, PROGRESS_TONE, type RunSummary } from './run-progress.ts';

/** A run as one bar: what ended by tone, and how far the rest is. */
export function RunBar({ summary }: { readonly summary: RunSummary }) {
  const { t } = useTranslation('hosts');
  const ended = summary.counts.filter(({ progress }) => isEnded({ progress }));
  const endedPercent = summary.total === 0 ? 0 : (summary.ended / summary.total) * 100;
  return (
    <Box
      role="progressbar"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={summary.percent}
      aria-label={t('run.of', { ended: summary.ended, count: summary.total })}
      sx={{
        display: 'flex',
        height: 6,
        borderRadius: 3,
        overflow: 'hidden',
        bgcolor: 'action.hover',
        border: 1,
        borderColor: 'divider',
      }}
    >
      {ended.map(({ progress, count }) => (
        <Box
          key={progress}
          sx={(theme) => ({
            width: `${(count / summary.total) * 100}%`,
            bgcolor: theme.look.tones[PROGRESS_TONE[progress]].text,
          })}
        />
      ))}
      <Box
        sx={(theme) => ({
          width: `${Math.max(0, summary.percent - endedPercent)}%`,
          bgcolor: theme.look.tones.info.text,
          opacity: 0.6,
        })}
      />
    </Box>
  );
}
