import { Box } from '@mui/material';
import type { ReactNode } from 'react';

/** Names and values, in as many columns as there is room for. What is null is left out. */
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
        gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 400px), 1fr))',
        columnGap: 4,
        rowGap: 0.625,
        m: 0,
        typography: 'body2',
      }}
    >
      {items.map((item) =>
        item === null ? null : (
          <Box
            key={item.label}
            sx={{ display: 'grid', gridTemplateColumns: `minmax(90px, ${labelWidth}px) minmax(0, 1fr)`, columnGap: 2 }}
          >
            <Box component="dt" sx={{ color: 'text.secondary' }}>
              {item.label}
            </Box>
            <Box component="dd" sx={{ m: 0, minWidth: 0, overflowWrap: 'anywhere' }}>
              {item.value}
            </Box>
          </Box>
        ),
      )}
    </Box>
  );
}
