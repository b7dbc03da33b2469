import { Box } from '@mui/material';
import { Fragment, type ReactNode } from 'react';

/** Names and values in two columns. What is null is left out. */
export function Facts({
  items,
  labelWidth = 150,
}: {
  readonly items: readonly ({ readonly label: string; readonly value: ReactNode } | null)[];
  readonly labelWidth?: number;
}) {
  return (
    <Box
      component="dl"
      sx={{
        display: 'grid',
        gridTemplateColumns: `minmax(90px, ${labelWidth}px) minmax(0, 1fr)`,
        columnGap: 2,
        rowGap: 0.625,
        m: 0,
        typography: 'body2',
      }}
    >
      {items.map((item) =>
        item === null ? null : (
          <Fragment key={item.label}>
            <Box component="dt" sx={{ color: 'text.secondary' }}>
              {item.label}
            </Box>
            <Box component="dd" sx={{ m: 0, minWidth: 0, overflowWrap: 'anywhere' }}>
              {item.value}
            </Box>
          </Fragment>
        ),
      )}
    </Box>
  );
}
