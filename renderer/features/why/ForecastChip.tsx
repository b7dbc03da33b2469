import { Box, Tooltip } from '@mui/material';
import { Telescope } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Decision } from '../../../domain/decision.ts';
import type { Tone } from '../../theme/palette.ts';
import { useWhyWords } from './words.ts';

/** The tone of a forecast decision. */
export const decisionTones: Readonly<Record<Decision, Tone>> = {
  allowed: 'ok',
  forbidden: 'error',
  'held-back': 'warning',
  unknown: 'neutral',
};

/** A decision that the console computed: dashed and on no ground, so that nobody takes it for what a host reports. */
export function ForecastChip({ decision }: { readonly decision: Decision }): ReactElement {
  const t = useWhyWords();
  return (
    <Tooltip title={`${t('forecast')}: ${t(`decisionMeaning.${decision}`)}`}>
      <Box
        component="span"
        sx={(theme) => ({
          display: 'inline-flex',
          alignItems: 'center',
          gap: 0.5,
          height: 22,
          px: 0.875,
          borderRadius: 1,
          fontSize: '0.75rem',
          fontWeight: 550,
          lineHeight: 1,
          whiteSpace: 'nowrap',
          color: theme.look.tones[decisionTones[decision]].text,
          border: `1px dashed ${theme.look.tones[decisionTones[decision]].text}`,
        })}
      >
        <Telescope size={12} aria-hidden />
        {t(`decision.${decision}`)}
      </Box>
    </Tooltip>
  );
}
