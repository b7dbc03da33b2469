import { Box, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../i18n/locale.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { formatSize } from '../../ui/format.ts';
import type { UpdateActions } from './update-actions.ts';

/** The questions before a download of several updates, and before deleting cached files. */
export function UpdateConfirm({ actions }: { readonly actions: UpdateActions }) {
  const { t } = useTranslation(['updates', 'common']);
  const locale = useLocale();
  const { pending } = actions;
  if (pending === null) return null;
  const { updates, kind } = pending;
  const count = updates.length;
  const size = updates.reduce((sum, row) => sum + (row.maxDownloadSize ?? 0), 0);
  const needing = updates.reduce((most, row) => Math.max(most, row.hosts.needed), 0);
  const isDelete = kind === 'delete';
  return (
    <ConfirmDialog
      open
      title={
        isDelete ? t('deleteFiles.title', { count, title: updates[0]?.title ?? '' }) : t('download.confirm', { count })
      }
      confirmLabel={isDelete ? t('common:delete') : t('download.confirmButton')}
      tone={isDelete ? 'danger' : 'normal'}
      isBusy={actions.isBusy}
      error={actions.error}
      onConfirm={actions.confirm}
      onClose={actions.cancel}
    >
      <Typography variant="body2">
        {isDelete
          ? t('deleteFiles.text')
          : size === 0
            ? t('download.textUnknown')
            : t('download.text', { size: formatSize(size, locale) })}
      </Typography>
      {isDelete && needing > 0 ? (
        <Typography variant="body2" sx={{ fontWeight: 600 }}>
          {t(count === 1 ? 'deleteFiles.neededWarning' : 'deleteFiles.neededWarningMany', { count: needing })}
        </Typography>
      ) : null}
      <Box component="ul" sx={{ m: 0, pl: 2.5, maxHeight: 180, overflow: 'auto', color: 'text.secondary' }}>
        {updates.slice(0, 50).map((row) => (
          <li key={row.updateId}>{row.title || row.updateId}</li>
        ))}
        {count > 50 ? <li>… {count - 50}</li> : null}
      </Box>
    </ConfirmDialog>
  );
}
