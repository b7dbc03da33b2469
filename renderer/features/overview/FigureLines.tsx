import { Box, Typography } from '@mui/material';
import { Fragment, type ReactNode } from 'react';

/** One line: what it is, its figure, and what it means in small. */
export interface FigureLine {
  readonly key: string;
  readonly label: string;
  readonly figure: ReactNode;
  readonly note?: string | undefined;
}

/** Figures under each other, each with its name. */
export function FigureLines({ lines }: { readonly lines: readonly FigureLine[] }) {
  return (
    <Box component="dl" sx={{ display: 'grid', gridTemplateColumns: '1fr auto', columnGap: 2, rowGap: 0.75, m: 0 }}>
      {lines.map(({ key, label, figure, note }) => (
        <Fragment key={key}>
          <Box component="dt" sx={{ minWidth: 0 }}>
            <Typography variant="body2">{label}</Typography>
            {note === undefined ? null : (
              <Typography variant="caption" color="textSecondary" component="p">
                {note}
              </Typography>
            )}
          </Box>
          <Typography component="dd" variant="body2" sx={{ m: 0, textAlign: 'right', fontWeight: 620 }}>
            {figure}
          </Typography>
        </Fragment>
      ))}
    </Box>
  );
}
