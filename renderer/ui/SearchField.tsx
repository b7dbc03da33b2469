import { InputAdornment, TextField } from '@mui/material';
import type { SxProps, Theme } from '@mui/material/styles';
import { Search } from 'lucide-react';
import type { Ref } from 'react';

/** The search box of a list; Escape empties it. */
export function SearchField({
  inputRef,
  value,
  onChange,
  placeholder,
  label = placeholder,
  sx = { width: 260 },
}: {
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly placeholder: string;
  /** What screen readers say where the placeholder says too little. */
  readonly label?: string;
  readonly sx?: SxProps<Theme>;
}) {
  return (
    <TextField
      {...(inputRef === undefined ? {} : { inputRef })}
      type="search"
      placeholder={placeholder}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || value === '') return;
        // A dialog around it must not close.
        event.preventDefault();
        event.stopPropagation();
        onChange('');
      }}
      sx={sx}
      slotProps={{
        htmlInput: { 'aria-label': label, spellCheck: false },
        input: {
          startAdornment: (
            <InputAdornment position="start">
              <Search size={15} aria-hidden />
            </InputAdornment>
          ),
        },
      }}
    />
  );
}
