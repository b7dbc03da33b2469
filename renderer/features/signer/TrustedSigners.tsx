import {
  Box,
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  IconButton,
  Stack,
  Tooltip,
  Typography,
} from '@mui/material';
import { Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction, useCall } from '../../app/console.ts';
import { CertificateFacts } from '../../ui/Certificate.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FilePicker } from '../../ui/FilePicker.tsx';

/** The signers whose packages read "verified" beside one's own: added from a file, after its fingerprint was compared. */
export function TrustedSigners({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['signer', 'common']);
  const titleId = useId();
  const trusted = useCall('signer.trusted', {});
  const files = useCall('files.list', { kind: 'certificate' });
  const trust = useAction('signer.trust');
  const distrust = useAction('signer.distrust');
  const [fileId, setFileId] = useState<string | null>(null);
  const [compared, setCompared] = useState(false);
  const certificate = files.data?.find((file) => file.id === fileId)?.certificate ?? null;
  const list = trusted.data ?? [];
  const failure = trust.error?.error ?? distrust.error?.error ?? trusted.error?.error ?? null;
  const again = { onSuccess: () => void trusted.refetch() };

  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="sm" fullWidth>
      <DialogTitle id={titleId}>{t('trusted.title')}</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2, typography: 'body2' }}>
          <Typography variant="body2" color="textSecondary">
            {t('trusted.lead')}
          </Typography>
          {list.length === 0 ? <Box>{t('trusted.none')}</Box> : null}
          {list.map((each) => (
            <Stack
              key={each.fingerprint}
              direction="row"
              sx={{ gap: 1, p: 1.5, border: 1, borderColor: 'divider', borderRadius: 1, alignItems: 'flex-start' }}
            >
              <Box sx={{ flex: 1, minWidth: 0 }}>
                <CertificateFacts certificate={each} />
              </Box>
              <Tooltip title={t('trusted.remove')}>
                <IconButton
                  aria-label={`${t('trusted.remove')} ${each.subject}`}
                  disabled={distrust.isPending}
                  onClick={() => distrust.mutate({ fingerprint: each.fingerprint }, again)}
                >
                  <Trash2 size={16} aria-hidden />
                </IconButton>
              </Tooltip>
            </Stack>
          ))}
          <FilePicker
            kind="certificate"
            label={t('trusted.add')}
            value={fileId}
            onChange={(id) => {
              setFileId(id);
              setCompared(false);
              trust.reset();
            }}
          />
          {certificate === null ? null : (
            <>
              <CertificateFacts certificate={certificate} />
              <FormControlLabel
                control={<Checkbox checked={compared} onChange={(event) => setCompared(event.target.checked)} />}
                label={t('trusted.compared')}
              />
            </>
          )}
          {failure === null ? null : <ErrorNotice error={failure} />}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common:close')}</Button>
        <Button
          variant="contained"
          disabled={certificate === null || !compared}
          loading={trust.isPending}
          onClick={() => {
            if (fileId === null || certificate === null) return;
            trust.mutate(
              { fileId, fingerprint: certificate.fingerprint },
              {
                onSuccess: () => {
                  setFileId(null);
                  setCompared(false);
                  void trusted.refetch();
                },
              },
            );
          }}
        >
          {t('trusted.trust')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
