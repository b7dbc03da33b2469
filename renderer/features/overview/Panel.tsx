import { Box, Paper, Stack, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';

/** One part of the overview under its own heading. */
export function Panel({
  title,
  note,
  actions,
  children,
}: {
  readonly title: string;
  readonly note?: string | undefined;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id} variant="outlined" sx={{ p: 2, minWidth: 0 }}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1, flexWrap: 'wrap', mb: 1 }}>
        <Typography id={id} variant="h2" sx={{ fontSize: '0.9375rem', fontWeight: 620 }}>
          {title}
        </Typography>
        {note === undefined ? null : (
          <Typography variant="caption" color="textSecondary">
            {note}
          </Typography>
        )}
        <Box sx={{ flex: 1 }} />
        {actions}
      </Stack>
      {children}
    </Paper>
  );
}
