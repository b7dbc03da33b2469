import { Box, Tooltip } from '@mui/material';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowState } from '../../domain/update.ts';
import type { Tone } from '../theme/palette.ts';
import { stateTones } from './tone.ts';

/** A word on a quiet coloured ground. */
export function StatusChip({
  tone,
  label,
  icon: Icon,
  title,
}: {
  readonly tone: Tone;
  readonly label: string;
  readonly icon?: LucideIcon | undefined;
  readonly title?: string | undefined;
}): ReactElement {
  const chip = (
    <Box
      component="span"
      sx={(theme) => ({
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.5,
        height: 20,
        px: 0.875,
        borderRadius: 1,
        fontSize: '0.75rem',
        fontWeight: 550,
        lineHeight: 1,
        whiteSpace: 'nowrap',
        color: theme.look.tones[tone].text,
        bgcolor: theme.look.tones[tone].ground,
        border: `1px solid ${theme.look.tones[tone].line}`,
      })}
    >
      {Icon === undefined ? null : <Icon size={12} aria-hidden />}
      {label}
    </Box>
  );
  return title === undefined ? chip : <Tooltip title={title}>{chip}</Tooltip>;
}

/** The state of an update on a host, with its meaning on hover. */
export function RowStateChip({ state }: { readonly state: RowState }): ReactElement {
  const { t } = useTranslation();
  return <StatusChip tone={stateTones[state]} label={t(`state.${state}`)} title={t(`stateMeaning.${state}`)} />;
}
