import { Box, Button, Stack, Typography } from '@mui/material';
import { FileUp, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CveSource, CveSources } from '../../../contract/schemas/cves.ts';
import { useAction } from '../../app/console.ts';
import { useLocale } from '../../i18n/locale.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { LoadingState } from '../../ui/EmptyState.tsx';
import { formatDate, formatDateTime, formatNumber } from '../../ui/format.ts';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { useToasts } from '../../ui/toasts.ts';

/** What was imported, and how old it is. */
export function FilesPane({
  sources,
  onImport,
}: {
  readonly sources: CveSources | undefined;
  readonly onImport: () => void;
}) {
  const { t } = useTranslation('cves');
  const [removed, setRemoved] = useState<CveSource | null>(null);
  if (sources === undefined) return <LoadingState />;
  return (
    <Stack
      component="section"
      aria-label={t('files.title')}
      tabIndex={0}
      sx={{ height: '100%', overflow: 'auto', p: 1.5, gap: 1.25 }}
    >
      <Typography variant="h3" component="h2">
        {t('files.title')}
      </Typography>
      {sources.sources.length === 0 ? (
        <>
          <Typography variant="body2" sx={{ fontWeight: 600 }}>
            {t('files.none')}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {t('files.noneText')}
          </Typography>
          <Box>
            <Button variant="contained" startIcon={<FileUp size={15} aria-hidden />} onClick={onImport}>
              {t('files.import')}
            </Button>
          </Box>
        </>
      ) : (
        sources.sources.map((source) => <Source key={source.id} source={source} onRemove={() => setRemoved(source)} />)
      )}
      <Typography variant="caption" color="textSecondary">
        {t('files.known', { count: sources.cves })}
        {sources.reported === 0 ? null : ` ${t('files.reported', { count: sources.reported })}`}
      </Typography>
      {removed === null ? null : <RemoveDialog source={removed} onClose={() => setRemoved(null)} />}
    </Stack>
  );
}

function Source({ source, onRemove }: { readonly source: CveSource; readonly onRemove: () => void }) {
  const { t } = useTranslation('cves');
  const locale = useLocale();
  const numbers = { cves: formatNumber(source.cves, locale), kbs: formatNumber(source.kbs, locale) };
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 1 }}>
      <Stack direction="row" sx={{ alignItems: 'flex-start', gap: 0.5 }}>
        <Typography variant="body2" dir="auto" sx={{ flex: 1, fontWeight: 600, overflowWrap: 'anywhere' }}>
          {source.name}
        </Typography>
        <ToolButton iconOnly icon={X} label={`${t('files.remove')}: ${source.name}`} onClick={onRemove} />
      </Stack>
      <Typography variant="caption" component="p">
        {t(`files.format.${source.format}`)} ·{' '}
        {source.newest === null
          ? t('files.aboutUndated', numbers)
          : t('files.about', { ...numbers, newest: formatDate(source.newest, locale) })}
      </Typography>
      {source.skipped === 0 ? null : (
        <Typography variant="caption" component="p" color="textSecondary">
          {t('files.rows', {
            rows: formatNumber(source.rows, locale),
            skipped: formatNumber(source.skipped, locale),
          })}
        </Typography>
      )}
      <Typography variant="caption" component="p" color="textSecondary">
        {t('files.imported', { date: formatDateTime(source.importedOn, locale) })}
      </Typography>
    </Box>
  );
}

function RemoveDialog({ source, onClose }: { readonly source: CveSource; readonly onClose: () => void }) {
  const { t } = useTranslation('cves');
  const remove = useAction('cves.remove');
  const say = useToasts((toasts) => toasts.say);
  return (
    <ConfirmDialog
      open
      title={t('files.removeTitle', { name: source.name })}
      confirmLabel={t('files.remove')}
      isBusy={remove.isPending}
      error={remove.error?.error ?? null}
      onConfirm={() =>
        remove.mutate(
          { sourceId: source.id },
          {
            onSuccess: () => {
              say({ tone: 'ok', text: t('files.removed', { name: source.name }) });
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <Typography variant="body2">{t('files.removeText')}</Typography>
    </ConfirmDialog>
  );
}
