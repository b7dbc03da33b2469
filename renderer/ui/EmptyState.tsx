import { Box, CircularProgress, Stack, Typography } from '@mui/material';
import { Inbox, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Why there is nothing to see, and what one can do about it. */
export function EmptyState({
  icon: Icon = Inbox,
  title,
  text,
  actions,
}: {
  readonly icon?: LucideIcon | undefined;
  readonly title: string;
  readonly text?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <Stack
      sx={{ alignItems: 'center', justifyContent: 'center', height: '100%', px: 4, py: 5, textAlign: 'center', gap: 1 }}
    >
      <Box
        sx={{
          width: 44,
          height: 44,
          borderRadius: 3,
          display: 'grid',
          placeItems: 'center',
          bgcolor: 'action.hover',
          color: 'text.secondary',
        }}
      >
        <Icon size={22} aria-hidden />
      </Box>
      <Typography variant="h2" component="h2">
        {title}
      </Typography>
      {text === undefined ? null : (
        <Typography component="div" variant="body2" color="textSecondary" sx={{ maxWidth: 540 }}>
          {text}
        </Typography>
      )}
      {actions === undefined ? null : (
        <Stack direction="row" sx={{ gap: 1, mt: 1, flexWrap: 'wrap', justifyContent: 'center' }}>
          {actions}
        </Stack>
      )}
    </Stack>
  );
}

/** That something is on its way. */
export function LoadingState({ label }: { readonly label?: string }) {
  const { t } = useTranslation();
  return (
    <Stack role="status" sx={{ alignItems: 'center', justifyContent: 'center', height: '100%', p: 5, gap: 2 }}>
      <CircularProgress size={26} thickness={4} aria-hidden />
      <Typography variant="body2" color="textSecondary">
        {label ?? t('loading')}
      </Typography>
    </Stack>
  );
}
