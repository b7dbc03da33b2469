import { Alert, AlertTitle, Box, Button, Stack, Typography } from '@mui/material';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsoleError } from '../../contract/errors.ts';
import { useErrorWords } from './error-words.ts';

/** What the server itself said, as it came. */
function RawFacts({ error }: { readonly error: ConsoleError }) {
  const { t } = useTranslation('errors');
  const raw = error.facts?.['serverMessage'];
  if (typeof raw !== 'string' || raw === '') return null;
  return (
    <Typography variant="caption" component="p" sx={{ mt: 0.75, fontFamily: 'monospace', overflowWrap: 'anywhere' }}>
      {t('serverSaid')} {raw}
    </Typography>
  );
}

/** A failure in words at its place: what happened, the likely cause, the next step. */
export function ErrorNotice({
  error,
  onRetry,
  compact = false,
  actions,
}: {
  readonly error: ConsoleError;
  readonly onRetry?: (() => void) | undefined;
  /** One line and the next step, for dialogs and panels. */
  readonly compact?: boolean;
  readonly actions?: ReactNode;
}) {
  const { t } = useTranslation();
  const words = useErrorWords()(error);
  return (
    <Alert
      severity="error"
      variant="outlined"
      icon={<TriangleAlert size={18} aria-hidden />}
      sx={{ alignItems: 'flex-start', '& .MuiAlert-message': { flex: 1, minWidth: 0 } }}
    >
      <AlertTitle sx={{ fontSize: '0.875rem', fontWeight: 620, mb: 0.25 }}>{words.title}</AlertTitle>
      <Box sx={{ color: 'text.primary' }}>
        {compact ? null : (
          <Typography variant="body2" component="p">
            {words.cause}
          </Typography>
        )}
        <Typography variant="body2" component="p">
          {words.next}
        </Typography>
        <RawFacts error={error} />
      </Box>
      {onRetry === undefined && actions === undefined ? null : (
        <Stack direction="row" sx={{ gap: 1, mt: 1 }}>
          {onRetry === undefined ? null : (
            <Button variant="outlined" onClick={onRetry}>
              {t('retry')}
            </Button>
          )}
          {actions}
        </Stack>
      )}
    </Alert>
  );
}
