import { Box, Stack } from '@mui/material';
import type { ReactNode } from 'react';

/** The inside of a screen: a row of tools, notices that stay true, and the content filling the rest. */
export function ScreenFrame({
  toolbar,
  notices,
  children,
}: {
  readonly toolbar?: ReactNode;
  readonly notices?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Stack sx={{ height: '100%', minHeight: 0, minWidth: 0 }}>
      {toolbar === undefined ? null : (
        <Stack
          direction="row"
          sx={{
            alignItems: 'center',
            gap: 1,
            px: 2,
            py: 1,
            minHeight: 49,
            flexWrap: 'wrap',
            bgcolor: 'background.paper',
            borderBottom: 1,
            borderColor: 'divider',
          }}
        >
          {toolbar}
        </Stack>
      )}
      {notices}
      <Box sx={{ flex: 1, minHeight: 0, minWidth: 0, position: 'relative' }}>{children}</Box>
    </Stack>
  );
}
