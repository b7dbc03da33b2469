import { Box, Typography } from '@mui/material';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import {
  explainLegacy,
  type LegacyReason,
  type LegacyRules,
  type LegacyVerdict,
} from '../../../../domain/legacy-rules.ts';
import { kbLabel, type UpdateRow } from '../../../../domain/update.ts';
import { useCall } from '../../../app/console.ts';
import type { GridColumn } from '../../../grid/columns.ts';
import { Grid } from '../../../grid/Grid.tsx';
import { useForecastWords } from './words.ts';

interface LegacyRow {
  readonly update: UpdateRow;
  readonly verdict: LegacyVerdict;
}

const idOf = (row: LegacyRow): string => row.update.updateId;
const NO_UPDATES: readonly UpdateRow[] = [];

/** What a package of 2015 said of each update, and by which of its lists. */
export function LegacyVerdicts({ legacy }: { readonly legacy: LegacyRules }) {
  const t = useForecastWords();
  const list = useCall('updates.list', {});
  const updates = list.data?.rows ?? NO_UPDATES;
  const rows = useMemo(
    () => updates.map((update): LegacyRow => ({ update, verdict: explainLegacy(legacy, update) })),
    [updates, legacy],
  );
  const columns = useMemo<readonly GridColumn<LegacyRow>[]>(
    () => [
      {
        key: 'verdict',
        header: t('of2015.verdict'),
        value: ({ verdict }) => t(verdict.isAllowed ? 'of2015.allowed' : 'of2015.forbidden'),
        kind: 'chip',
        chip: ({ verdict }) => ({
          label: t(verdict.isAllowed ? 'of2015.allowed' : 'of2015.forbidden'),
          tone: 'neutral',
          isForecast: true,
        }),
        width: 160,
      },
      { key: 'why', header: t('of2015.why'), value: ({ verdict }) => reasonWords(verdict.reason, t), width: 300 },
      {
        key: 'kbids',
        header: t('pairs.kbs'),
        value: ({ update }) => update.kbids.map(kbLabel),
        kind: 'list',
        width: 100,
      },
      { key: 'title', header: t('pairs.title'), value: ({ update }) => update.title, width: 260, flex: 1 },
    ],
    [t],
  );
  return (
    <Box component="section" aria-label={t('of2015.title')}>
      <Typography variant="h2" sx={{ mb: 0.5 }}>
        {t('of2015.title')}
      </Typography>
      <Typography variant="body2" sx={{ mb: 1 }}>
        {t('of2015.text')}
      </Typography>
      <Box sx={{ height: 380, border: 1, borderColor: 'divider', borderRadius: 1, overflow: 'hidden' }}>
        <Grid
          id="legacy-verdicts"
          label={t('of2015.grid')}
          rows={rows}
          rowId={idOf}
          columns={columns}
          selection="none"
          isLoading={list.isPending}
          error={list.error?.error ?? null}
          onRetry={() => void list.refetch()}
        />
      </Box>
    </Box>
  );
}

function reasonWords(reason: LegacyReason, t: TFunction<['forecast', 'why', 'common']>): string {
  switch (reason.kind) {
    case 'forbidden':
    case 'explicit':
      return t(`of2015.reason.${reason.kind}`, { entry: reason.entry });
    case 'criteria': {
      const severity = reason.restrictedBy.includes('severity');
      const classification = reason.restrictedBy.includes('classification');
      if (severity === classification) return t(severity ? 'of2015.reason.both' : 'of2015.reason.open');
      return t(severity ? 'of2015.reason.severity' : 'of2015.reason.classification');
    }
    case 'stopped':
      if (reason.by.length > 1) return t('of2015.reason.stoppedBoth');
      return t(
        reason.by.includes('severity') ? 'of2015.reason.stoppedSeverity' : 'of2015.reason.stoppedClassification',
      );
  }
}
