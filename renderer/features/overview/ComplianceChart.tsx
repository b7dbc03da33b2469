import { BarChart } from '@mui/x-charts/BarChart';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Measure } from '../../../domain/compliance.ts';
import { type Cell, figure } from '../../../domain/compliance-tally.ts';
import { useLocale } from '../../i18n/locale.ts';
import { hostsBehind } from '../where/where.ts';
import { useEntryWords } from '../where/where-words.ts';
import { ChartFigure } from './ChartFigure.tsx';
import { STILL, useChartColours } from './chart-look.ts';
import { shareText } from './share.ts';

/** The four parts: two bars an entry, each of them all counted hosts. */
const PARTS = [
  { measure: 'compliant-allowed', stack: 'allowed', colour: 'compliant' },
  { measure: 'open', stack: 'allowed', colour: 'rest' },
  { measure: 'compliant-raw', stack: 'raw', colour: 'compliantRaw' },
  { measure: 'needed', stack: 'raw', colour: 'restRaw' },
] as const satisfies readonly { readonly measure: Measure; readonly stack: string; readonly colour: string }[];

/** A name for the narrow axis: whose Windows it is, and in which domain a unit lies, goes without saying. */
function shorten(whole: string): string {
  const name = /^OU=/i.test(whole)
    ? whole
        .split(/,(?=[A-Z]+=)/i)
        .flatMap((part) => (/^DC=/i.test(part) ? [] : [part.replace(/^[A-Z]+=/i, '')]))
        .join(', ')
    : whole.replace(/^Microsoft (?=Windows)/, '');
  return name.length > 30 ? `${name.slice(0, 29)}…` : name;
}

/** Compliance of entries as bars: with what is allowed, and raw below it. Every part opens its hosts, by mouse and by Enter. */
export function ComplianceChart({ cells, title }: { readonly cells: readonly Cell[]; readonly title: string }) {
  const { t } = useTranslation('overview');
  const locale = useLocale();
  const navigate = useNavigate();
  const entry = useEntryWords();
  const colours = useChartColours();
  const names = cells.map((cell) => entry(cell.dimension, cell.key));
  const open = (measure: Measure | undefined, at: number): void => {
    const cell = cells[at];
    if (cell === undefined || measure === undefined) return;
    void navigate(hostsBehind({ kind: 'compliance', dimension: cell.dimension, key: cell.key, measure }));
  };
  return (
    <ChartFigure title={title} description={t('chart.desc')}>
      <BarChart
        {...STILL}
        layout="horizontal"
        height={cells.length * 38 + 84}
        margin={{ left: 4, right: 24, top: 4, bottom: 0 }}
        colors={PARTS.map(({ colour }) => colours[colour])}
        yAxis={[
          {
            scaleType: 'band',
            data: cells.map((_cell, at) => at),
            valueFormatter: (at: number, { location }) =>
              location === 'tick' ? shorten(names[at] ?? '') : (names[at] ?? ''),
            width: 210,
            categoryGapRatio: 0.35,
            barGapRatio: 0.15,
          },
        ]}
        xAxis={[{ min: 0, max: 100, valueFormatter: (value: number) => shareText(value, 100, locale) }]}
        grid={{ vertical: true }}
        series={PARTS.map(({ measure, stack }) => ({
          id: measure,
          stack,
          label: t(`part.${measure}`),
          data: cells.map((cell) => (cell.counted === 0 ? 0 : (figure(cell, measure) / cell.counted) * 100)),
          valueFormatter: (_value, { dataIndex }) => {
            const cell = cells[dataIndex];
            if (cell === undefined) return '';
            const part = figure(cell, measure);
            return t('chart.value', { part, whole: cell.counted, share: shareText(part, cell.counted, locale) });
          },
        }))}
        onItemClick={(_event, { seriesId, dataIndex }) =>
          open(PARTS.find(({ measure }) => measure === seriesId)?.measure, dataIndex)
        }
        slotProps={{ legend: { position: { vertical: 'top', horizontal: 'start' } }, tooltip: { trigger: 'item' } }}
      />
    </ChartFigure>
  );
}
