import { Alert, Box, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { type Again, bytesOf } from '../../../domain/disk.ts';
import { useAction, useCall } from '../../app/console.ts';
import { useLocale } from '../../i18n/locale.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useErrorWords } from '../../ui/error-words.ts';
import { formatNumber, formatSize } from '../../ui/format.ts';
import { useToasts } from '../../ui/toasts.ts';
import type { IdleUpdate } from './CleanUpTab.tsx';

/** Up to so many updates the files are looked at one by one before one decides. */
const WEIGHED = 200;
const LISTED = 30;
const agains = ['decision', 'rule', 'host', 'no'] as const satisfies readonly Again[];

/** Asks before files are deleted: what that frees, weighed on the server, and what would have how much fetched again. */
export function DeleteFilesDialog({
  updates,
  staleHosts,
  onClose,
}: {
  readonly updates: readonly IdleUpdate[];
  readonly staleHosts: number;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['downloads', 'common']);
  const locale = useLocale();
  const errorWords = useErrorWords();
  const say = useToasts((toasts) => toasts.say);
  const remove = useAction('updates.deleteFiles');
  const updateIds = updates.map((update) => update.updateId);
  const isWeighed = updates.length <= WEIGHED;
  const weight = useCall('downloads.weigh', { updateIds }, { enabled: isWeighed });
  const about = formatSize(bytesOf(updates), locale);
  return (
    <ConfirmDialog
      open
      tone="danger"
      title={t('deleteFiles.title', { count: updates.length, shown: formatNumber(updates.length, locale) })}
      confirmLabel={t('deleteFiles.confirm')}
      isBusy={remove.isPending}
      error={remove.error?.error ?? null}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { updateIds },
          {
            onSuccess: ({ deleted, freed }) => {
              onClose();
              const size = freed === null ? about : formatSize(freed, locale);
              say({ tone: 'ok', text: t('deleteFiles.done', { count: deleted.length, size }) });
            },
          },
        )
      }
    >
      <Typography variant="body2" component="p" aria-live="polite">
        {!isWeighed
          ? t('deleteFiles.about', { size: about })
          : weight.data !== undefined
            ? t('deleteFiles.weighed', {
                count: weight.data.files,
                shown: formatNumber(weight.data.files, locale),
                size: formatSize(weight.data.bytes, locale),
              })
            : weight.error === null
              ? t('deleteFiles.weighing', { size: about })
              : t('deleteFiles.unweighed', { size: about, why: errorWords(weight.error.error).title })}
      </Typography>
      <Typography variant="h3" component="h3">
        {t('deleteFiles.again')}
      </Typography>
      <Box component="ul" aria-label={t('deleteFiles.again')} sx={{ m: 0, pl: 2.5, typography: 'body2' }}>
        {agains.map((again) => {
          const some = updates.filter((update) => update.again === again);
          if (some.length === 0) return null;
          return (
            <li key={again}>
              {t(`deleteFiles.after.${again}`, {
                count: some.length,
                shown: formatNumber(some.length, locale),
                size: formatSize(bytesOf(some), locale),
              })}
            </li>
          );
        })}
      </Box>
      {staleHosts === 0 ? null : (
        <Alert severity="info" sx={{ py: 0 }}>
          {t('deleteFiles.stale', { count: staleHosts, shown: formatNumber(staleHosts, locale) })}
        </Alert>
      )}
      <Box component="ul" sx={{ m: 0, pl: 2.5, maxHeight: 160, overflow: 'auto', color: 'text.secondary' }}>
        {updates.slice(0, LISTED).map((update) => (
          <li key={update.updateId}>{update.title}</li>
        ))}
        {updates.length <= LISTED ? null : <li>{t('deleteFiles.more', { count: updates.length - LISTED })}</li>}
      </Box>
    </ConfirmDialog>
  );
}
