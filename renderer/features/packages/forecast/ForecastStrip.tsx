import { Box, Button, CircularProgress, Stack, Tooltip, Typography } from '@mui/material';
import { Telescope, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { useAgo } from '../../../ui/Time.tsx';
import { Apart } from './Apart.tsx';
import { ContradictionsDialog } from './ContradictionsDialog.tsx';
import { MovesDialog } from './MovesDialog.tsx';
import { countPairs, MOVE_GROUPS, type MoveGroup } from './moves.ts';
import { Numbers } from './Numbers.tsx';
import type { LiveForecast } from './use-forecast.ts';
import { useForecastWords } from './words.ts';

/** A list behind a number. */
type Shown =
  | { readonly kind: 'moves'; readonly group: MoveGroup; readonly isStale: boolean }
  | { readonly kind: 'contradictions' };

/** The forecast under the editor: what publishing would change, always in sight; earlier numbers stay, dimmed, while newer ones are computed. */
export function ForecastStrip({
  draftId,
  live,
  isUnsaved,
  onWarnings,
}: {
  readonly draftId: string;
  readonly live: LiveForecast;
  /** What is on screen is not on disk yet, so the numbers are of a state before. */
  readonly isUnsaved: boolean;
  readonly onWarnings: () => void;
}) {
  const t = useForecastWords();
  const { forecast, error } = live;
  const isComputing = live.isComputing || isUnsaved;
  const ago = useAgo(forecast?.computedAt);
  return (
    <Box
      component="section"
      aria-label={t('label')}
      aria-busy={isComputing}
      sx={(theme) => ({
        borderTop: `2px dashed ${theme.look.accent}`,
        bgcolor: 'background.paper',
        px: 2,
        py: 1,
        maxHeight: 220,
        overflow: 'auto',
      })}
    >
      <Stack direction="row" sx={{ columnGap: 2, rowGap: 0.75, alignItems: 'flex-start', flexWrap: 'wrap' }}>
        <Stack sx={{ minWidth: 122 }}>
          <Tooltip title={t('meaning')} describeChild>
            <Typography
              variant="h3"
              component="h2"
              sx={{ display: 'flex', alignItems: 'center', gap: 0.75, color: 'primary.main' }}
            >
              <Telescope size={16} aria-hidden />
              {t('label')}
            </Typography>
          </Tooltip>
          <Typography variant="caption" color="textSecondary" component="div">
            {isComputing ? (
              <Stack direction="row" component="span" sx={{ alignItems: 'center', gap: 0.75 }}>
                <CircularProgress size={11} aria-hidden />
                {t('computing')}
              </Stack>
            ) : forecast === null ? null : (
              t('computed', { ago })
            )}
          </Typography>
          <Typography variant="caption" color="textSecondary">
            {t('pairsWord')}
          </Typography>
          {forecast === null || forecast.fresh.hosts === 0 ? null : (
            <Typography variant="caption" color="textSecondary">
              {t('changedHosts', { changed: forecast.fresh.changedHosts, count: forecast.fresh.hosts })}
            </Typography>
          )}
        </Stack>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          {error !== null ? <ErrorNotice compact error={error} onRetry={live.retry} /> : null}
          {forecast === null ? (
            error === null ? (
              <Typography variant="body2" color="textSecondary">
                {t('first')}
              </Typography>
            ) : null
          ) : (
            <ForecastBody draftId={draftId} forecast={forecast} isDim={isComputing} />
          )}
        </Box>
        {forecast === null ? null : <WarningButton forecast={forecast} onClick={onWarnings} />}
      </Stack>
    </Box>
  );
}

function WarningButton({
  forecast,
  onClick,
}: {
  readonly forecast: NonNullable<LiveForecast['forecast']>;
  readonly onClick: () => void;
}) {
  const t = useForecastWords();
  const count = warningCount(forecast);
  return (
    <Button
      variant="outlined"
      color={count === 0 ? 'primary' : 'warning'}
      startIcon={count === 0 ? undefined : <TriangleAlert size={15} aria-hidden />}
      onClick={onClick}
    >
      {count === 0 ? t('noWarnings') : t('warnings', { count })}
    </Button>
  );
}

/** How many warnings a forecast has in all. */
export function warningCount({ warningCounts }: NonNullable<LiveForecast['forecast']>): number {
  return Object.values(warningCounts).reduce((sum, count) => sum + count, 0);
}

/** Numbers and what they leave out, with the lists behind them. */
export function ForecastBody({
  draftId,
  forecast,
  isDim = false,
}: {
  readonly draftId: string;
  readonly forecast: NonNullable<LiveForecast['forecast']>;
  readonly isDim?: boolean;
}) {
  const [shown, setShown] = useState<Shown | null>(null);
  const close = (): void => setShown(null);
  return (
    <>
      <Stack sx={{ gap: 0.75, opacity: isDim ? 0.55 : 1, transition: 'opacity 120ms' }}>
        <Numbers
          forecast={forecast}
          part={forecast.fresh}
          onShow={(group) => setShown({ kind: 'moves', group, isStale: false })}
        />
        <Apart
          forecast={forecast}
          onStale={() => setShown({ kind: 'moves', group: firstChange(forecast), isStale: true })}
          onContradictions={() => setShown({ kind: 'contradictions' })}
        />
      </Stack>
      {shown?.kind === 'moves' ? (
        <MovesDialog
          draftId={draftId}
          forecast={forecast}
          first={shown.group}
          isStale={shown.isStale}
          onClose={close}
        />
      ) : null}
      {shown?.kind === 'contradictions' ? <ContradictionsDialog draftId={draftId} onClose={close} /> : null}
    </>
  );
}

/** The first thing that pairs of hosts with old data become. */
function firstChange({ stale }: NonNullable<LiveForecast['forecast']>): MoveGroup {
  const counts = countPairs(stale);
  return MOVE_GROUPS.find((group) => counts[group] > 0) ?? 'stay';
}
