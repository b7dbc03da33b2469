import { Tooltip, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { Freshness } from '../../contract/schemas/common.ts';
import { useLocale } from '../i18n/locale.ts';
import { formatDateTime } from './format.ts';
import { useAgo } from './Time.tsx';

/** How old what one sees is. */
export function FreshnessLabel({ freshness }: { readonly freshness: Freshness }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const ago = useAgo(freshness.syncedAt);
  const text =
    freshness.syncedAt === null
      ? t('freshness.never')
      : t(freshness.isOffline ? 'freshness.offline' : 'freshness.read', { ago });
  const title =
    freshness.syncedAt === null ? '' : t('freshness.title', { time: formatDateTime(freshness.syncedAt, locale) });
  return (
    <Tooltip title={title}>
      <Typography
        component="span"
        variant="caption"
        sx={{ color: freshness.isOffline ? 'warning.main' : 'text.secondary', whiteSpace: 'nowrap' }}
      >
        {text}
      </Typography>
    </Tooltip>
  );
}
