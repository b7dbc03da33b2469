import { Button, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { LineChart } from '@mui/x-charts/LineChart';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrendPoint } from '../../../contract/schemas/fleet.ts';
import type { Cell } from '../../../domain/compliance-tally.ts';
import { useCall } from '../../app/console.ts';
import { useLocale } from '../../i18n/locale.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatDate } from '../../ui/format.ts';
import { useEntryWords } from '../where/where-words.ts';
import { ChartFigure } from './ChartFigure.tsx';
import { STILL, useChartColours } from './chart-look.ts';
import { Panel } from './Panel.tsx';
import { shareText } from './share.ts';
import { TrendTable } from './TrendTable.tsx';

const SPANS = [30, 90, 365] as const;

const noon = (day: string): Date => new Date(`${day}T12:00:00`);
const percent = (part: number, { counted }: TrendPoint): number | null =>
  counted === 0 ? null : (part / counted) * 100;

/** How compliance of an entry went, from the figures that are kept of each day; honest where there are too few of them. */
export function TrendPanel({
  of,
  onWhole,
}: {
  readonly of: Pick<Cell, 'dimension' | 'key'>;
  readonly onWhole: () => void;
}) {
  const { t } = useTranslation(['overview', 'where']);
  const locale = useLocale();
  const entry = useEntryWords();
  const colours = useChartColours();
  const [days, setDays] = useState<number>(90);
  const trend = useCall('fleet.trend', { dimension: of.dimension, key: of.key, days }, { keepPrevious: true });
  const points = trend.data?.points ?? [];
  const name = entry(of.dimension, of.key);
  const first = points[0];
  const series = [
    { id: 'allowed', label: t('measure.compliant-allowed'), of: (point: TrendPoint) => point.allowed },
    { id: 'raw', label: t('measure.compliant-raw'), of: (point: TrendPoint) => point.raw },
  ];
  return (
    <Panel
      title={t('trend.title', { name: of.dimension === 'fleet' ? t('where:fleet') : name })}
      actions={
        <>
          {of.dimension === 'fleet' ? null : <Button onClick={onWhole}>{t('trend.whole')}</Button>}
          <ToggleButtonGroup
            exclusive
            size="small"
            value={days}
            aria-label={t('trend.span')}
            onChange={(_event, next: number | null) => {
              if (next !== null) setDays(next);
            }}
          >
            {SPANS.map((span) => (
              <ToggleButton key={span} value={span} sx={{ py: 0.25, px: 1, textTransform: 'none' }}>
                {t('trend.days', { count: span })}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
        </>
      }
    >
      {trend.error === null ? null : <ErrorNotice error={trend.error.error} compact />}
      {points.length < 2 ? (
        <Typography variant="body2" color="textSecondary">
          {first === undefined
            ? trend.data?.since == null
              ? t('trend.none')
              : t('trend.noneOf', { since: formatDate(trend.data.since, locale) })
            : t('trend.one', { day: formatDate(first.day, locale) })}
        </Typography>
      ) : (
        <>
          <ChartFigure title={t('trend.title', { name })} description={t('trend.desc')}>
            <LineChart
              {...STILL}
              height={230}
              margin={{ left: 0, right: 24, top: 8, bottom: 0 }}
              colors={[colours.compliant, colours.compliantRaw]}
              xAxis={[
                {
                  scaleType: 'time',
                  data: points.map(({ day }) => noon(day)),
                  valueFormatter: (day: Date) => formatDate(day.toISOString(), locale),
                  tickNumber: 6,
                },
              ]}
              yAxis={[
                { min: 0, max: 100, valueFormatter: (value: number) => shareText(value, 100, locale), width: 48 },
              ]}
              grid={{ horizontal: true }}
              series={series.map(({ id, label, of: part }) => ({
                id,
                label,
                curve: 'linear' as const,
                showMark: points.length <= 40,
                // Days that nobody read are gaps in time, and the line goes on to the next day that is known.
                connectNulls: true,
                data: points.map((point) => percent(part(point), point)),
                valueFormatter: (_value, { dataIndex }) => {
                  const point = points[dataIndex];
                  if (point === undefined) return '';
                  return t('chart.value', {
                    part: part(point),
                    whole: point.counted,
                    share: shareText(part(point), point.counted, locale),
                  });
                },
              }))}
              slotProps={{ legend: { position: { vertical: 'top', horizontal: 'start' } } }}
            />
          </ChartFigure>{' '}
          <TrendTable points={points} label={t('trend.of', { name })} />
        </>
      )}
    </Panel>
  );
}
