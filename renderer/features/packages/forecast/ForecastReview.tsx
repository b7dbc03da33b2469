import { Alert, Box, LinearProgress, Stack, Typography } from '@mui/material';
import { Telescope } from 'lucide-react';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { ForecastBody } from './ForecastStrip.tsx';
import type { LiveForecast } from './use-forecast.ts';
import { type WarnedDraft, WarningSummary } from './WarningList.tsx';
import { useForecastWords } from './words.ts';

/** What publishing does to hosts, on the page that one confirms: numbers, what they leave out, warnings. */
export function ForecastReview({ live, draft }: { readonly live: LiveForecast; readonly draft: WarnedDraft }) {
  const t = useForecastWords();
  const { forecast, error } = live;
  return (
    <Stack component="section" aria-label={t('review.title')} sx={{ gap: 1.25 }}>
      <Box>
        <Typography
          variant="h3"
          sx={{ display: 'flex', alignItems: 'center', gap: 0.75, color: 'primary.main', flexWrap: 'wrap' }}
        >
          <Telescope size={16} aria-hidden />
          {t('review.title')}
          <Typography component="span" variant="caption" color="textSecondary">
            {t('label')}
          </Typography>
        </Typography>
        {forecast === null || forecast.holders.hosts === 0 ? null : (
          <Typography variant="caption" color="textSecondary" component="p">
            {t('review.certain', { fresh: forecast.fresh.hosts, count: forecast.holders.hosts })}{' '}
            {t('review.changed', { count: forecast.fresh.changedHosts })}
          </Typography>
        )}
      </Box>
      {error === null ? null : (
        <Stack sx={{ gap: 0.75 }}>
          <ErrorNotice compact error={error} onRetry={live.retry} />
          <Alert severity="warning">{t('review.failed')}</Alert>
        </Stack>
      )}
      {live.isCurrent || error !== null ? null : (
        <Stack role="status" sx={{ gap: 0.75 }}>
          <LinearProgress aria-label={t('computing')} />
          <Typography variant="body2">{t('review.waiting')}</Typography>
        </Stack>
      )}
      {forecast === null ? null : <ForecastBody draftId={draft.draftId} forecast={forecast} isDim={!live.isCurrent} />}
      <WarningSummary live={live} draft={draft} />
    </Stack>
  );
}
