import { Alert, Button, IconButton, Snackbar } from '@mui/material';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useIsShown } from '../desks/desk.ts';
import { useToasts } from './toasts.ts';
import { severityOf } from './tone.ts';

/** Shows the messages one after the other; a failure stays until it is dismissed. */
export function ToastStack() {
  const { t } = useTranslation();
  const queue = useToasts((toasts) => toasts.queue);
  const dismiss = useToasts((toasts) => toasts.dismiss);
  const isShown = useIsShown();
  const toast = queue[0];
  // Behind another desk a message waits until it can be read.
  if (toast === undefined || !isShown) return null;
  return (
    <Snackbar
      key={toast.id}
      open
      anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
      autoHideDuration={toast.tone === 'error' ? null : toast.action === undefined ? 5_000 : 10_000}
      onClose={(_event, reason) => {
        if (reason !== 'clickaway') dismiss(toast.id);
      }}
    >
      <Alert
        variant="outlined"
        severity={severityOf(toast.tone)}
        onClose={() => dismiss(toast.id)}
        closeText={t('dismiss')}
        sx={{ bgcolor: 'background.paper', boxShadow: 6, alignItems: 'center', maxWidth: 520 }}
        action={
          toast.action === undefined ? undefined : (
            // An alert with an action draws no button that closes it.
            <>
              <Button
                color="inherit"
                onClick={() => {
                  toast.action?.run();
                  dismiss(toast.id);
                }}
              >
                {toast.action.label}
              </Button>
              <IconButton size="small" color="inherit" aria-label={t('dismiss')} onClick={() => dismiss(toast.id)}>
                <X size={18} aria-hidden />
              </IconButton>
            </>
          )
        }
      >
        {toast.text}
      </Alert>
    </Snackbar>
  );
}
