import { Box, Button, Table, TableBody, TableCell, TableHead, TableRow, Tooltip } from '@mui/material';
import { TrendingUp } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Measure } from '../../../domain/compliance.ts';
import { type Cell, figure } from '../../../domain/compliance-tally.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatNumber } from '../../ui/format.ts';
import { useEntryWords } from '../where/where-words.ts';
import { Figure } from './Figure.tsx';
import { shareText } from './share.ts';

const COLUMNS = [
  'counted',
  'compliant-allowed',
  'compliant-raw',
  'pending',
  'missing',
  'failed',
  'stale',
] as const satisfies readonly Measure[];

const isShare = (measure: Measure): boolean => measure === 'compliant-allowed' || measure === 'compliant-raw';

/** Entries shown before one asks for all of them. */
const FEW = 12;

/** The figures of every entry of a dimension; each opens its hosts, and an entry shows its trend. */
export function EntryTable({
  cells,
  label,
  staleDays,
  spellings,
  shown,
  onTrend,
}: {
  readonly cells: readonly Cell[];
  readonly label: string;
  readonly staleDays: number;
  /** What hosts say for a system that has several names. */
  readonly spellings: Readonly<Record<string, readonly string[]>>;
  /** The entry whose trend is shown. */
  readonly shown: Pick<Cell, 'dimension' | 'key'>;
  readonly onTrend: (cell: Cell) => void;
}) {
  const { t } = useTranslation('overview');
  const locale = useLocale();
  const entry = useEntryWords();
  const spelled = (cell: Cell): readonly string[] | undefined =>
    cell.dimension === 'os' ? spellings[cell.key] : undefined;
  const [isAll, setAll] = useState(false);
  return (
    // Wide tables are scrolled by keyboard, too.
    <Box role="region" aria-label={label} tabIndex={0} sx={{ overflowX: 'auto' }}>
      <Table size="small" aria-label={label} sx={{ '& th, & td': { px: 1 }, '& thead th': { whiteSpace: 'nowrap' } }}>
        <TableHead>
          <TableRow>
            <TableCell>{t('entry')}</TableCell>
            {COLUMNS.map((measure) => (
              <Tooltip key={measure} title={t(`definition.${measure}`, { days: staleDays })} describeChild>
                <TableCell align="right">{t(`column.${measure}`)}</TableCell>
              </Tooltip>
            ))}
            <TableCell align="right">{t('column.trend')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {(isAll ? cells : cells.slice(0, FEW)).map((cell) => {
            const name = entry(cell.dimension, cell.key);
            const isShown = shown.dimension === cell.dimension && shown.key === cell.key;
            return (
              <TableRow key={cell.key} hover>
                <TableCell component="th" scope="row" sx={{ minWidth: 150, maxWidth: 260, overflowWrap: 'anywhere' }}>
                  {spelled(cell) === undefined ? (
                    name
                  ) : (
                    <Tooltip title={t('spelled', { names: spelled(cell)?.join(', ') })} describeChild>
                      <Box
                        component="span"
                        tabIndex={0}
                        sx={{ borderBottom: '1px dotted', borderColor: 'text.secondary' }}
                      >
                        {name}
                      </Box>
                    </Tooltip>
                  )}
                </TableCell>
                {COLUMNS.map((measure) => {
                  const value = figure(cell, measure);
                  return (
                    <TableCell key={measure} align="right" sx={{ whiteSpace: 'nowrap' }}>
                      <Figure
                        value={value}
                        where={{ kind: 'compliance', dimension: cell.dimension, key: cell.key, measure }}
                        definition={t(`definition.${measure}`, { days: staleDays })}
                        text={
                          isShare(measure)
                            ? `${shareText(value, cell.counted, locale)} (${formatNumber(value, locale)})`
                            : undefined
                        }
                      />
                    </TableCell>
                  );
                })}
                <TableCell align="right" padding="none">
                  <Button
                    aria-label={t('trend.of', { name })}
                    aria-pressed={isShown}
                    onClick={() => onTrend(cell)}
                    sx={{ minWidth: 32, px: 1 }}
                  >
                    <TrendingUp size={15} aria-hidden />
                  </Button>
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
      {cells.length > FEW ? (
        <Button onClick={() => setAll(!isAll)} aria-expanded={isAll} sx={{ mt: 0.5 }}>
          {isAll ? t('few') : t('all', { count: cells.length, shown: formatNumber(cells.length, locale) })}
        </Button>
      ) : null}
    </Box>
  );
}
