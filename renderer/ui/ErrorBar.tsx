import { Alert, Box, Button } from '@mui/material';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConsoleError } from '../../contract/errors.ts';
import { useReauthentication } from '../app/reauthentication.ts';
import { useErrorWords } from './error-words.ts';

/** A failure in one line above what is still shown: what happened, the next step, and the way to try again. */
export function ErrorBar({
  error,
  onRetry,
  isBusy = false,
}: {
  readonly error: ConsoleError;
  readonly onRetry?: (() => void) | undefined;
  readonly isBusy?: boolean;
}) {
  const { t } = useTranslation();
  const words = useErrorWords()(error);
  const { reauthenticate } = useReauthentication();
  const isSignedOut = error.code === 'signed-out';
  const again = async (): Promise<void> => {
    if (!isSignedOut || (await reauthenticate())) onRetry?.();
  };
  return (
    <Alert
      severity="error"
      icon={<TriangleAlert size={17} aria-hidden />}
      sx={{
        borderRadius: 0,
        py: 0,
        alignItems: 'center',
        borderBottom: 1,
        borderColor: 'divider',
        '& .MuiAlert-action': { alignItems: 'center', py: 0 },
      }}
      action={
        onRetry === undefined ? undefined : (
          <Button color="inherit" loading={isBusy} onClick={() => void again()}>
            {t(isSignedOut ? 'freshness.reconnect' : 'retry')}
          </Button>
        )
      }
    >
      <Box component="span" sx={{ fontWeight: 620 }}>
        {words.title}.
      </Box>{' '}
      {words.next}
    </Alert>
  );
}
