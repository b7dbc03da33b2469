import { TextField } from '@mui/material';

/** A short field for a number; what is wrong stands in place of what it means. */
export function NumberField({
  label,
  value,
  onChange,
  wrong,
  help = ' ',
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Null: nothing is. */
  readonly wrong: string | null;
  readonly help?: string;
}) {
  return (
    <TextField
      label={label}
      value={value}
      onChange={(event) => onChange(event.target.value.slice(0, 12))}
      error={wrong !== null}
      helperText={wrong ?? help}
      slotProps={{ htmlInput: { inputMode: 'numeric' } }}
      sx={{ flex: '1 1 220px' }}
    />
  );
}
