import { Box, Stack, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { AssignmentResult } from '../../../../contract/schemas/assignment.ts';
import type { Tone } from '../../../theme/palette.ts';
import { StatusChip } from '../../../ui/StatusChip.tsx';
import { choiceKey } from './choices.ts';
import { useReason } from './reasons.ts';

const TONES: Readonly<Record<AssignmentResult['outcome'], Tone>> = {
  done: 'ok',
  merged: 'ok',
  unchanged: 'neutral',
  overwritten: 'warning',
  failed: 'error',
};

/** What became of each package, with what somebody else did meanwhile. */
export function AssignmentResults({ results }: { readonly results: readonly AssignmentResult[] }) {
  const { t } = useTranslation('assignment');
  return (
    <Box role="status" aria-label={t('results')}>
      <Stack component="ul" sx={{ m: 0, p: 0, gap: 1, listStyle: 'none' }}>
        {results.map((result) => (
          <Line key={choiceKey(result.section, result.name)} result={result} />
        ))}
      </Stack>
    </Box>
  );
}

function Line({ result }: { readonly result: AssignmentResult }) {
  const { t } = useTranslation('assignment');
  const reasonOf = useReason();
  const { outcome, by, version } = result;
  const told =
    outcome === 'merged'
      ? by === null
        ? t('mergedNobody')
        : t('mergedText', { by })
      : outcome === 'overwritten'
        ? by === null
          ? t('overwrittenNobody', { version })
          : t('overwrittenText', { by, version })
        : result.error === null
          ? null
          : reasonOf(result.error);
  return (
    <Box component="li">
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1, flexWrap: 'wrap' }}>
        <StatusChip tone={TONES[outcome]} label={t(`outcome.${outcome}`)} />
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {t(`one.${result.section}`)} <strong>{result.label}</strong>
          {version === null ? '' : ` · ${t('version', { version })}`}
        </Typography>
      </Stack>
      {told === null ? null : (
        <Typography variant="body2" color="textSecondary" sx={{ pl: 0.5, overflowWrap: 'anywhere' }}>
          {told}
        </Typography>
      )}
    </Box>
  );
}
