import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { TrendPoint } from '../../../contract/schemas/fleet.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatDate, formatNumber } from '../../ui/format.ts';
import { shareText } from './share.ts';

/** The days of a trend in figures, newest first, for who cannot or will not read a line. */
export function TrendTable({ points, label }: { readonly points: readonly TrendPoint[]; readonly label: string }) {
  const { t } = useTranslation('overview');
  const locale = useLocale();
  const part = (count: number, { counted }: TrendPoint): string =>
    `${shareText(count, counted, locale)} (${formatNumber(count, locale)})`;
  return (
    <Box component="details" sx={{ mt: 1, '& summary': { cursor: 'pointer', fontSize: '0.8125rem' } }}>
      <summary>{t('trend.table')}</summary>
      <Box role="region" tabIndex={0} aria-label={label} sx={{ maxHeight: 260, overflow: 'auto' }}>
        <Table size="small" aria-label={label}>
          <TableHead>
            <TableRow>
              <TableCell>{t('trend.day')}</TableCell>
              {(
                ['counted', 'compliant-allowed', 'compliant-raw', 'pending', 'missing', 'failed', 'stale'] as const
              ).map((measure) => (
                <TableCell key={measure} align="right">
                  {t(`column.${measure}`)}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {points.toReversed().map((point) => (
              <TableRow key={point.day}>
                <TableCell component="th" scope="row">
                  {formatDate(point.day, locale)}
                </TableCell>
                <TableCell align="right">{formatNumber(point.counted, locale)}</TableCell>
                <TableCell align="right">{part(point.allowed, point)}</TableCell>
                <TableCell align="right">{part(point.raw, point)}</TableCell>
                <TableCell align="right">{formatNumber(point.pending, locale)}</TableCell>
                <TableCell align="right">{formatNumber(point.missing, locale)}</TableCell>
                <TableCell align="right">{formatNumber(point.failed, locale)}</TableCell>
                <TableCell align="right">{formatNumber(point.hosts - point.counted, locale)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
    </Box>
  );
}
