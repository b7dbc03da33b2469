import { styled } from '@mui/material';

/** A check box for lists of many: one element, and nothing to draw again when what stands beside it changes. */
export const PlainCheckbox = styled('input')(({ theme }) => ({
  appearance: 'none',
  display: 'grid',
  placeContent: 'center',
  flex: 'none',
  width: 15,
  height: 15,
  margin: 5,
  border: `1px solid ${theme.look.strongLine}`,
  borderRadius: 3,
  cursor: 'inherit',
  '&::before': {
    content: '""',
    width: 9,
    height: 9,
    backgroundColor: theme.look.onAccent,
    clipPath: 'polygon(14% 44%, 0 62%, 42% 100%, 100% 18%, 82% 2%, 40% 66%)',
    visibility: 'hidden',
  },
  '&:checked': { backgroundColor: theme.look.accent, borderColor: theme.look.accent },
  '&:checked::before': { visibility: 'visible' },
  // The system's own colours replace ours: then its own box is the one that can be read.
  '@media (forced-colors: active)': { appearance: 'auto' },
}));
