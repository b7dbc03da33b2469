import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { Telescope } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useForecastWords } from './words.ts';

/** A list behind a number of the forecast, over the editor. */
export function PairDialog({
  title,
  onClose,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const t = useForecastWords();
  const titleId = useId();
  return (
    <Dialog
      open
      onClose={onClose}
      aria-labelledby={titleId}
      maxWidth="xl"
      slotProps={{ paper: { sx: { height: 'min(860px, calc(100% - 64px))' } } }}
    >
      <DialogTitle id={titleId} sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Box component="span" sx={{ color: 'primary.main', display: 'inline-flex' }}>
          <Telescope size={18} aria-hidden />
        </Box>
        {title}
      </DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', overflow: 'hidden', pb: 0 }}>
        <Box sx={{ flex: 1, minHeight: 0, pt: 0.5 }}>{children}</Box>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common:close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
