import { Box, Paper, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { Where } from '../../../contract/schemas/fleet.ts';
import type { Measure } from '../../../domain/compliance.ts';
import { type Cell, figure } from '../../../domain/compliance-tally.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatNumber } from '../../ui/format.ts';
import { Figure } from './Figure.tsx';
import { shareText } from './share.ts';

const SHARES = ['compliant-allowed', 'compliant-raw'] as const satisfies readonly Measure[];
const COUNTS = ['failed', 'pending', 'missing', 'stale'] as const satisfies readonly Measure[];

const whole = (measure: Measure): Where => ({ kind: 'compliance', dimension: 'fleet', key: '', measure });

/** The figures of the whole fleet: raw and allowed side by side, what is open, and what is not counted. */
export function Headline({ cell, staleDays }: { readonly cell: Cell; readonly staleDays: number }) {
  const { t } = useTranslation('overview');
  const locale = useLocale();
  const tile = { p: 1.75, minWidth: 0 };
  return (
    <Box
      component="section"
      aria-label={t('headline')}
      sx={{
        display: 'grid',
        gap: 1.5,
        gridTemplateColumns: { xs: 'repeat(3, 1fr)', lg: '1.5fr 1.5fr repeat(4, 1fr)' },
      }}
    >
      {SHARES.map((measure) => (
        <Paper key={measure} variant="outlined" sx={tile}>
          <Typography variant="body2" color="textSecondary">
            {t(`measure.${measure}`)}
          </Typography>
          <Box sx={{ fontSize: '1.75rem', fontWeight: 640, lineHeight: 1.3 }}>
            <Figure
              value={figure(cell, measure)}
              where={whole(measure)}
              definition={t(`definition.${measure}`)}
              text={shareText(figure(cell, measure), cell.counted, locale)}
            />
          </Box>
          <Typography variant="caption" color="textSecondary" component="p">
            {t('partOf', {
              part: formatNumber(figure(cell, measure), locale),
              count: cell.counted,
              whole: formatNumber(cell.counted, locale),
            })}
          </Typography>
        </Paper>
      ))}
      {COUNTS.map((measure) => (
        <Paper key={measure} variant="outlined" sx={tile}>
          <Typography variant="body2" color="textSecondary">
            {t(`measure.${measure}`)}
          </Typography>
          <Box sx={{ fontSize: '1.75rem', fontWeight: 640, lineHeight: 1.3 }}>
            <Figure
              value={figure(cell, measure)}
              where={whole(measure)}
              definition={t(`definition.${measure}`, { days: staleDays })}
            />
          </Box>
          <Typography variant="caption" color="textSecondary" component="p">
            {measure === 'stale' ? t('notCounted') : t('hostsWithOne', { count: figure(cell, measure) })}
          </Typography>
        </Paper>
      ))}
    </Box>
  );
}
