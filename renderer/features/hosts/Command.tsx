import { Box, Stack } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { fonts } from '../../theme/theme.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';

/** A command line to run on a host, with a button that copies it. */
export function Command({ text }: { readonly text: string }) {
  const { t } = useTranslation('hosts');
  return (
    <Stack
      direction="row"
      sx={{
        alignItems: 'center',
        alignSelf: 'flex-start',
        width: 'fit-content',
        gap: 1,
        mt: 0.5,
        pl: 1.25,
        pr: 0.5,
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        bgcolor: 'background.default',
        color: 'text.primary',
      }}
    >
      <Box component="code" sx={{ fontFamily: fonts.mono, fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>
        {text}
      </Box>
      <CopyButton text={text} label={t('copyCommand')} />
    </Stack>
  );
}
