import { Alert, AlertTitle, Box, Button, FormLabel, Radio, Stack, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsoleError } from '../../../contract/errors.ts';
import type { CveProblem } from '../../../domain/cve/cve-table.ts';
import { putAnswer, useAction, useCall } from '../../app/console.ts';
import { useLocale } from '../../i18n/locale.ts';
import { FormDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatDateTime, formatSize } from '../../ui/format.ts';
import { useToasts } from '../../ui/toasts.ts';

/** Chooses a file among those that main found or lets one browse for; the window sees neither path nor content. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('cves');
  const locale = useLocale();
  const labelId = useId();
  const client = useQueryClient();
  const say = useToasts((toasts) => toasts.say);
  const { data: app } = useCall('app.info', {});
  const found = useCall('cves.files', {});
  const browse = useAction('cves.browse');
  const load = useAction('cves.import');
  const [chosen, setChosen] = useState<string | null>(null);
  const files = found.data?.files ?? [];
  const file = files.find((one) => one.id === chosen) ?? files[0];
  const submit = (): void => {
    if (file === undefined) return;
    load.mutate(
      { fileId: file.id },
      {
        onSuccess: () => {
          say({ tone: 'ok', text: t('files.done', { name: file.name }) });
          onClose();
        },
      },
    );
  };
  const choose = (): void =>
    browse.mutate(
      {},
      {
        onSuccess: (picked) => {
          if (picked === null || found.data === undefined) return;
          const others = found.data.files.filter((one) => one.id !== picked.id);
          putAnswer(client, 'cves.files', {}, { ...found.data, files: [picked, ...others] });
          setChosen(picked.id);
          load.reset();
        },
      },
    );
  const failure = load.error?.error ?? browse.error?.error ?? found.error?.error ?? null;
  return (
    <FormDialog
      open
      title={t('files.choose')}
      submitLabel={t('files.go')}
      onSubmit={submit}
      onClose={onClose}
      isBusy={load.isPending}
      canSubmit={file !== undefined}
      secondary={
        app?.canBrowseFiles === true ? (
          <Button onClick={choose}>{t('files.browse')}</Button>
        ) : (
          <Button onClick={() => void found.refetch()}>{t('files.again')}</Button>
        )
      }
    >
      <Box>
        <FormLabel id={labelId} sx={{ typography: 'body2', overflowWrap: 'anywhere' }}>
          {t('files.folder', { folder: found.data?.folder ?? '' })}
        </FormLabel>
        <Stack
          role="radiogroup"
          aria-labelledby={labelId}
          sx={{ border: 1, borderColor: 'divider', borderRadius: 1, maxHeight: 240, overflow: 'auto', mt: 0.5 }}
        >
          {files.map((one) => (
            <Stack
              key={one.id}
              component="label"
              direction="row"
              sx={{ alignItems: 'center', gap: 1, px: 0.75, py: 0.25 }}
            >
              <Radio
                sx={{ p: 0.5 }}
                name={labelId}
                checked={file?.id === one.id}
                onChange={() => {
                  setChosen(one.id);
                  load.reset();
                }}
              />
              <Box sx={{ flex: 1, minWidth: 0 }}>
                <Typography variant="body2" noWrap>
                  {one.name}
                </Typography>
                <Typography variant="caption" color="textSecondary">
                  {formatSize(one.size, locale)} · {formatDateTime(one.modifiedOn, locale)}
                </Typography>
              </Box>
            </Stack>
          ))}
          {found.data !== undefined && files.length === 0 ? (
            <Typography variant="body2" sx={{ p: 1.5 }}>
              {t('files.folderEmpty')}
            </Typography>
          ) : null}
        </Stack>
      </Box>
      {failure === null ? null : failure.code === 'cve-file' ? (
        <Fault error={failure} />
      ) : (
        <ErrorNotice error={failure} />
      )}
    </FormDialog>
  );
}

/** Why a file was refused, with the line where it says so. */
function Fault({ error }: { readonly error: ConsoleError }) {
  const { t } = useTranslation('cves');
  const reason = t(`fault.${error.facts?.['reason'] as CveProblem}`);
  const line = error.facts?.['line'] ?? null;
  return (
    <Alert severity="error" variant="outlined">
      <AlertTitle>{t('fault.title', { name: String(error.facts?.['name'] ?? '') })}</AlertTitle>
      {line === null ? reason : t('fault.line', { line, reason })}
    </Alert>
  );
}
