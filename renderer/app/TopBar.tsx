import { Box, Button, Stack, Typography } from '@mui/material';
import { CircleHelp, Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ServerButton } from '../features/session/ServerButton.tsx';
import { SignerButton } from '../features/signer/SignerButton.tsx';
import { FreshnessLabel } from '../ui/FreshnessLabel.tsx';
import { ToolButton } from '../ui/ToolButton.tsx';
import { useCall } from './console.ts';
import type { ScreenId } from './feature.ts';
import { PreferencesMenu } from './PreferencesMenu.tsx';
import { useSession } from './session.ts';
import { WorkIndicator } from './WorkIndicator.tsx';

/** What one looks at, how old it is, what is running, and by whom one is signed in. */
export function TopBar({
  current,
  onPalette,
  onHelp,
}: {
  readonly current: ScreenId;
  readonly onPalette: () => void;
  readonly onHelp: () => void;
}) {
  const { t } = useTranslation();
  const session = useSession();
  const { data: freshness } = useCall('sync.freshness', {});
  return (
    <Stack
      component="header"
      direction="row"
      sx={{
        alignItems: 'center',
        gap: 1,
        pl: 2,
        pr: 1.5,
        minHeight: 52,
        bgcolor: 'background.paper',
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Stack direction="row" sx={{ alignItems: 'baseline', gap: 1.5, minWidth: 0 }}>
        <Typography variant="h1" noWrap>
          {t(`nav.${current}`).replaceAll('\u00ad', '')}
        </Typography>
        {freshness === undefined ? null : (
          <FreshnessLabel freshness={{ ...freshness, isOffline: freshness.isOffline || session.kind === 'offline' }} />
        )}
      </Stack>
      <Box sx={{ flex: 1, display: 'flex', justifyContent: 'center', minWidth: 0 }}>
        <Button
          variant="outlined"
          onClick={onPalette}
          startIcon={<Search size={15} aria-hidden />}
          sx={{
            width: 'min(320px, 100%)',
            minWidth: 0,
            justifyContent: 'flex-start',
            color: 'text.secondary',
            bgcolor: 'background.default',
            fontWeight: 450,
          }}
        >
          <Box component="span" sx={{ flex: 1, textAlign: 'left', overflow: 'hidden', textOverflow: 'ellipsis' }}>
            {t('palette.hint')}
          </Box>
          <Box component="kbd" sx={{ fontFamily: 'inherit', fontSize: '0.6875rem', ml: 1 }}>
            Ctrl+K
          </Box>
        </Button>
      </Box>
      <WorkIndicator />
      <SignerButton />
      <ServerButton />
      <PreferencesMenu />
      <ToolButton iconOnly icon={CircleHelp} label={t('help.open')} shortcut="?" onClick={onHelp} />
    </Stack>
  );
}
