import { Box } from '@mui/material';

/** Keys as they stand on a keyboard. */
export function KeyCaps({ keys }: { readonly keys: string }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', gap: 0.375, whiteSpace: 'nowrap' }}>
      {keys.split('+').map((key) => (
        <Box
          key={key}
          component="kbd"
          sx={{
            fontFamily: 'inherit',
            fontSize: '0.6875rem',
            lineHeight: '18px',
            minWidth: 18,
            px: 0.625,
            textAlign: 'center',
            border: 1,
            borderColor: 'divider',
            borderRadius: 0.75,
            bgcolor: 'background.default',
            color: 'text.secondary',
          }}
        >
          {key}
        </Box>
      ))}
    </Box>
  );
}
