import { Box, Button, FormControl, FormHelperText, FormLabel, Radio, Stack, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { FileKey2, FileText } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Request } from '../../contract/calls.ts';
import type { FileView } from '../../contract/schemas/signer.ts';
import { putAnswer, useAction, useCall } from '../app/console.ts';
import { useLocale } from '../i18n/locale.ts';
import { LoadingState } from './EmptyState.tsx';
import { useErrorWords } from './error-words.ts';
import { formatDate } from './format.ts';
import { useNow } from './Time.tsx';

/** Chooses a certificate or key among the files that main found or lets one browse for; the window never sees a path. */
export function FilePicker({
  kind,
  label,
  value,
  onChange,
  error = null,
}: {
  readonly kind: Request<'files.list'>['kind'];
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (id: string) => void;
  readonly error?: string | null;
}) {
  const { t } = useTranslation('session');
  const locale = useLocale();
  const labelId = useId();
  const client = useQueryClient();
  const errorWords = useErrorWords();
  const { data: app } = useCall('app.info', {});
  const list = useCall('files.list', { kind });
  const browse = useAction('files.browse');
  const files = list.data ?? [];
  const failure = browse.error?.error ?? list.error?.error ?? null;
  const now = useNow(60_000).getTime();

  const about = (file: FileView): string => {
    if (file.certificate === null) return file.isEncrypted === true ? t('files.encrypted') : '';
    const date = formatDate(file.certificate.notAfter, locale);
    return t(Date.parse(file.certificate.notAfter) < now ? 'files.expired' : 'files.until', { date });
  };

  return (
    <FormControl error={error !== null || failure !== null} fullWidth>
      <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'space-between', mb: 0.5 }}>
        <FormLabel id={labelId} sx={{ typography: 'body2', fontWeight: 600 }}>
          {label}
        </FormLabel>
        {app?.canBrowseFiles === true ? (
          <Button
            onClick={() =>
              browse.mutate(
                { kind },
                {
                  onSuccess: (file) => {
                    if (file === null) return;
                    putAnswer(client, 'files.list', { kind }, [file, ...files.filter((other) => other.id !== file.id)]);
                    onChange(file.id);
                  },
                },
              )
            }
          >
            {t('files.browse')}
          </Button>
        ) : null}
      </Stack>
      <Box
        role="radiogroup"
        aria-labelledby={labelId}
        sx={{
          border: 1,
          borderColor: error !== null ? 'error.main' : 'divider',
          borderRadius: 1,
          maxHeight: 190,
          overflow: 'auto',
        }}
      >
        {list.isPending ? <LoadingState /> : null}
        {files.map((file) => {
          const Icon = file.kind === 'key' ? FileKey2 : FileText;
          return (
            <Stack
              key={file.id}
              component="label"
              direction="row"
              sx={{
                alignItems: 'center',
                gap: 1,
                px: 0.75,
                py: 0.25,
                cursor: 'pointer',
                bgcolor: value === file.id ? 'action.selected' : 'transparent',
                '&:hover': { bgcolor: value === file.id ? 'action.selected' : 'action.hover' },
              }}
            >
              <Radio sx={{ p: 0.5 }} checked={value === file.id} onChange={() => onChange(file.id)} name={labelId} />
              <Icon size={16} aria-hidden />
              <Box sx={{ flex: 1, minWidth: 0 }}>
                <Typography variant="body2" noWrap>
                  {file.certificate?.subject ?? file.name}
                </Typography>
                <Typography variant="caption" color="textSecondary" noWrap component="div">
                  {[file.certificate === null ? null : file.name, about(file)]
                    .filter((part) => part !== null && part !== '')
                    .join(' · ')}
                </Typography>
              </Box>
            </Stack>
          );
        })}
        {!list.isPending && files.length === 0 ? (
          <Box sx={{ p: 2 }}>
            <Typography variant="body2">{t('files.none')}</Typography>
            <Typography variant="caption" color="textSecondary">
              {t('files.noneText')}
            </Typography>
          </Box>
        ) : null}
      </Box>
      {error !== null ? (
        <FormHelperText>{error}</FormHelperText>
      ) : failure !== null ? (
        <FormHelperText>{errorWords(failure).title}</FormHelperText>
      ) : null}
    </FormControl>
  );
}
