import { ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Dimension } from '../../../domain/compliance.ts';
import { isUpdateDimension } from '../../../domain/compliance.ts';
import type { Cell } from '../../../domain/compliance-tally.ts';
import { ComplianceChart } from './ComplianceChart.tsx';
import { EntryTable } from './EntryTable.tsx';
import { Panel } from './Panel.tsx';

/** The dimensions one looks at by, in their order on screen. */
export const SHOWN_DIMENSIONS = [
  'severity',
  'product',
  'classification',
  'group',
  'unit',
  'site',
  'os',
] as const satisfies readonly Dimension[];

/** One of them. */
export type ShownDimension = (typeof SHOWN_DIMENSIONS)[number];

/** Entries that are drawn; the table has them all. */
const DRAWN = 8;

const SEVERITIES = ['Critical', 'Important', 'Moderate', 'Low'];

/** Severities stand in their own order, everything else by how many hosts it has. */
function inOrder(cells: readonly Cell[]): readonly Cell[] {
  const rank = (cell: Cell): number => {
    if (cell.dimension !== 'severity') return 0;
    const at = SEVERITIES.indexOf(cell.key);
    return at < 0 ? SEVERITIES.length : at;
  };
  return cells.toSorted((a, b) => rank(a) - rank(b));
}

/** Compliance by one dimension at a time: bars of the largest entries, and a table of all. */
export function CompliancePanel({
  cells,
  staleDays,
  spellings,
  dimension,
  onDimension,
  trendOf,
  onTrend,
}: {
  readonly cells: readonly Cell[];
  readonly staleDays: number;
  /** What hosts say for a system that has several names. */
  readonly spellings: Readonly<Record<string, readonly string[]>>;
  readonly dimension: ShownDimension;
  readonly onDimension: (dimension: ShownDimension) => void;
  readonly trendOf: Pick<Cell, 'dimension' | 'key'>;
  readonly onTrend: (cell: Cell) => void;
}) {
  const { t } = useTranslation(['overview', 'where']);
  const shown = useMemo(() => inOrder(cells.filter((cell) => cell.dimension === dimension)), [cells, dimension]);
  const name = t(`where:dimension.${dimension}`);
  const title = t('by.title', { dimension: name });
  return (
    <Panel
      title={t('by.label')}
      note={t(isUpdateDimension(dimension) ? 'by.ofUpdates' : 'by.ofHosts')}
      actions={
        <ToggleButtonGroup
          exclusive
          size="small"
          value={dimension}
          aria-label={t('by.label')}
          onChange={(_event, next: ShownDimension | null) => {
            if (next !== null) onDimension(next);
          }}
          sx={{ flexWrap: 'wrap' }}
        >
          {SHOWN_DIMENSIONS.map((each) => (
            <ToggleButton key={each} value={each} sx={{ py: 0.25, px: 1, textTransform: 'none' }}>
              {t(`where:dimension.${each}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      }
    >
      {shown.length === 0 ? (
        <Typography variant="body2" color="textSecondary">
          {t('by.none')}
        </Typography>
      ) : (
        <>
          <ComplianceChart cells={shown.slice(0, DRAWN)} title={title} />
          {shown.length > DRAWN ? (
            <Typography variant="caption" color="textSecondary" component="p" sx={{ mb: 1 }}>
              {t('by.drawn', { drawn: DRAWN, count: shown.length })}
            </Typography>
          ) : null}
          <EntryTable
            key={dimension}
            cells={shown}
            label={title}
            staleDays={staleDays}
            spellings={spellings}
            shown={trendOf}
            onTrend={onTrend}
          />
        </>
      )}
    </Panel>
  );
}
