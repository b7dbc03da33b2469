import { ToggleButton, ToggleButtonGroup } from '@mui/material';
import type { ReactNode } from 'react';

/** A row of alternatives, one of which is chosen; `isDense` where they stand inside a panel or a dialog. */
export function Choices<V extends string | number>({
  label,
  value,
  choices,
  isDense = false,
  onChange,
}: {
  readonly label: string;
  readonly value: V;
  readonly choices: readonly { readonly value: V; readonly label: ReactNode }[];
  readonly isDense?: boolean;
  readonly onChange: (value: V) => void;
}) {
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      value={value}
      aria-label={label}
      onChange={(_event, next: V | null) => {
        if (next !== null) onChange(next);
      }}
      sx={{ flexWrap: 'wrap' }}
    >
      {choices.map((choice) => (
        <ToggleButton
          key={choice.value}
          value={choice.value}
          sx={{ py: isDense ? 0.25 : 0.375, px: 1.25, textTransform: 'none' }}
        >
          {choice.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
