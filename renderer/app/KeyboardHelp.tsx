import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllCommands } from './commands.ts';
import { KeyCaps } from './KeyCaps.tsx';

/** Every key that does something now. */
export function KeyboardHelp({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const titleId = useId();
  const commands = useAllCommands().filter((command) => command.keys !== undefined);
  const inGrid: readonly (readonly [string, string])[] = [
    [t('keys.arrows'), t('help.gridMove')],
    [t('keys.space'), t('help.gridSelect')],
    ['Ctrl+A', t('help.gridAll')],
    [t('keys.enter'), t('help.gridOpen')],
    [t('keys.menu'), t('help.gridMenu')],
    [t('keys.delete'), t('help.gridDelete')],
    [t('keys.escape'), t('help.leave')],
  ];
  const section = (title: string, lines: readonly (readonly [string, string])[]) => (
    <Box component="section">
      <Typography variant="h3" sx={{ mb: 1 }}>
        {title}
      </Typography>
      <Box
        component="dl"
        sx={{
          display: 'grid',
          gridTemplateColumns: 'auto 1fr',
          columnGap: 2,
          rowGap: 0.75,
          m: 0,
          alignItems: 'center',
        }}
      >
        {lines.map(([keys, label]) => (
          <Box key={`${keys} ${label}`} sx={{ display: 'contents' }}>
            <Box component="dt">
              <KeyCaps keys={keys} />
            </Box>
            <Typography component="dd" variant="body2" sx={{ m: 0 }}>
              {label}
            </Typography>
          </Box>
        ))}
      </Box>
    </Box>
  );
  return (
    <Dialog open={open} onClose={onClose} aria-labelledby={titleId} maxWidth="md">
      <DialogTitle id={titleId}>{t('help.title')}</DialogTitle>
      <DialogContent>
        <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' }, gap: 4, pt: 1 }}>
          {section(
            t('help.everywhere'),
            commands.map((command) => [command.keys ?? '', command.label] as const),
          )}
          {section(t('help.grid'), inGrid)}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button autoFocus onClick={onClose}>
          {t('close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
