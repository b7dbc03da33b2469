import { Box, Stack, Typography } from '@mui/material';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DownloadTask } from '../../../contract/schemas/downloads.ts';
import { fonts } from '../../theme/theme.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { fileOf } from './task-state.ts';

/** Why a download failed: what the server noted, the likely cause, and what to do about it. */
export function FailedTask({ task, onClose }: { readonly task: DownloadTask; readonly onClose: () => void }) {
  const { t } = useTranslation('downloads');
  const cause = task.cause ?? 'unknown';
  return (
    <Stack
      component="section"
      aria-label={t('detail.title')}
      sx={{ height: '100%', overflow: 'auto', px: 2, py: 1.25, gap: 1.25 }}
    >
      <Stack direction="row" sx={{ alignItems: 'flex-start', gap: 1 }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography variant="h2" sx={{ overflowWrap: 'anywhere' }}>
            {t('detail.title')}
          </Typography>
          <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
            {fileOf(task)}
          </Typography>
        </Box>
        <ToolButton iconOnly icon={X} label={t('detail.close')} onClick={onClose} />
      </Stack>
      <Box>
        <Typography variant="h3">{t('detail.cause')}</Typography>
        <Typography variant="body2">{t(`cause.${cause}.cause`)}</Typography>
      </Box>
      <Box>
        <Typography variant="h3">{t('detail.next')}</Typography>
        <Typography variant="body2">{t(`cause.${cause}.next`)}</Typography>
      </Box>
      <Box>
        <Typography variant="h3">{t('detail.raw')}</Typography>
        <Stack direction="row" sx={{ alignItems: 'flex-start', gap: 1 }}>
          <Box
            component="code"
            sx={{
              fontFamily: fonts.mono,
              fontSize: '0.75rem',
              overflowWrap: 'anywhere',
              whiteSpace: 'pre-wrap',
              flex: 1,
            }}
          >
            {task.error ?? task.message ?? task.status ?? ''}
          </Box>
          <CopyButton text={task.error ?? ''} label={t('menu.copyError')} />
        </Stack>
      </Box>
    </Stack>
  );
}
