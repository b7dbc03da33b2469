import {
  Alert,
  Box,
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  Stack,
  Typography,
} from '@mui/material';
import { ShieldAlert, ShieldQuestion } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Request } from '../../../contract/calls.ts';
import type { ConsoleError } from '../../../contract/errors.ts';
import type { ServerContact } from '../../../contract/schemas/session.ts';
import { useLocale } from '../../i18n/locale.ts';
import { fonts } from '../../theme/theme.ts';
import { CertificateFacts, Fingerprint } from '../../ui/Certificate.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FilePicker } from '../../ui/FilePicker.tsx';
import { formatDate } from '../../ui/format.ts';

/** What one types on the server to see the fingerprint: the paths of the Debian and Red Hat packages of WAPT. */
const COMPARE_COMMAND = 'openssl x509 -noout -fingerprint -sha256 -in /opt/wapt/waptserver/ssl/cert.pem';

function Comparing() {
  const { t } = useTranslation('session');
  return (
    <Box component="details" sx={{ typography: 'body2', '& summary': { cursor: 'pointer', fontWeight: 600 } }}>
      <summary>{t('trust.compare')}</summary>
      <Typography variant="body2" sx={{ mt: 0.75 }}>
        {t('trust.compareText')}
      </Typography>
      <Stack
        direction="row"
        sx={{
          alignItems: 'center',
          gap: 0.5,
          my: 0.75,
          pl: 1,
          borderRadius: 1,
          bgcolor: 'background.default',
          border: 1,
          borderColor: 'divider',
        }}
      >
        <Box
          component="code"
          sx={{ fontFamily: fonts.mono, fontSize: '0.75rem', flex: 1, overflowWrap: 'anywhere', py: 0.5 }}
        >
          {COMPARE_COMMAND}
        </Box>
        <CopyButton text={COMPARE_COMMAND} />
      </Stack>
      <Typography variant="body2">{t('trust.compareWindows')}</Typography>
    </Box>
  );
}

/** Shows the certificate of a server and lets one compare it and pin it, or trust an authority. What has run out cannot be trusted. */
export function TrustDialog({
  contact,
  isBusy,
  error,
  onTrust,
  onClose,
}: {
  readonly contact: ServerContact;
  readonly isBusy: boolean;
  readonly error: ConsoleError | null;
  readonly onTrust: (decision: Request<'session.trust'>['trust']) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['session', 'common']);
  const locale = useLocale();
  const titleId = useId();
  const [hasCompared, setCompared] = useState(false);
  const [way, setWay] = useState<'pin' | 'ca'>('pin');
  const [caFile, setCaFile] = useState<string | null>(null);
  const leaf = contact.chain[0];
  const { verdict, host } = contact;
  const isDead = verdict === 'tls-expired' || verdict === 'tls-not-yet-valid';
  const isChanged = verdict === 'tls-changed';

  const title = {
    trusted: t('trust.trustedTitle'),
    'tls-untrusted': t('trust.firstTitle'),
    'tls-changed': t('trust.changedTitle'),
    'tls-expired': t('trust.expiredTitle'),
    'tls-not-yet-valid': t('trust.notYetTitle'),
    'tls-wrong-name': t('trust.wrongNameTitle'),
  }[verdict];
  const text = {
    trusted: t('trust.trustedText', { host }),
    'tls-untrusted': t('trust.firstText', { host }),
    'tls-changed': t('trust.changedText', { host }),
    'tls-expired': t('trust.expiredText', { host, date: formatDate(leaf?.notAfter, locale) }),
    'tls-not-yet-valid': t('trust.notYetText', { host, date: formatDate(leaf?.notBefore, locale) }),
    'tls-wrong-name': t('trust.wrongNameText', { host, names: leaf?.names.join(', ') ?? '' }),
  }[verdict];
  const canTrust = !isDead && leaf !== undefined && (way === 'pin' ? hasCompared : caFile !== null);
  const decide = (): void => {
    if (leaf === undefined) return;
    if (way === 'pin') onTrust({ kind: 'pin', fingerprint: leaf.fingerprint });
    else if (caFile !== null) onTrust({ kind: 'ca', fileId: caFile });
  };

  return (
    <Dialog open onClose={isBusy ? () => {} : onClose} aria-labelledby={titleId} maxWidth="sm">
      <DialogTitle id={titleId} sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        {isChanged || isDead ? <ShieldAlert size={20} aria-hidden /> : <ShieldQuestion size={20} aria-hidden />}
        {title}
      </DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2 }}>
          <Alert severity={isChanged || isDead ? 'error' : 'warning'} variant="outlined" icon={false}>
            {text}
          </Alert>
          {isChanged && contact.expected !== null ? (
            <Box>
              <Typography variant="h3" component="h3" sx={{ mb: 0.5 }}>
                {t('trust.before')}
              </Typography>
              <Fingerprint value={contact.expected} />
              <Typography variant="h3" component="h3" sx={{ mt: 1.5, mb: 0.5 }}>
                {t('trust.now')}
              </Typography>
            </Box>
          ) : null}
          {leaf === undefined ? null : <CertificateFacts certificate={leaf} />}
          {contact.chain.length > 1 ? (
            <Typography variant="body2" color="textSecondary">
              {t('trust.chain')}:{' '}
              {contact.chain
                .slice(1)
                .map((one) => one.subject)
                .join(' → ')}
            </Typography>
          ) : null}
          {isDead ? null : way === 'pin' ? (
            <>
              <Comparing />
              <FormControlLabel
                control={<Checkbox checked={hasCompared} onChange={(event) => setCompared(event.target.checked)} />}
                label={t('trust.iCompared')}
                slotProps={{ typography: { variant: 'body2' } }}
              />
            </>
          ) : (
            <FilePicker kind="ca" label={t('files.title.ca')} value={caFile} onChange={setCaFile} />
          )}
          {error === null ? null : <ErrorNotice error={error} />}
        </Stack>
      </DialogContent>
      <DialogActions>
        {isDead ? null : (
          <Button onClick={() => setWay(way === 'pin' ? 'ca' : 'pin')} sx={{ mr: 'auto' }}>
            {t(way === 'pin' ? 'trust.ca' : 'trust.pin')}
          </Button>
        )}
        <Button onClick={onClose} disabled={isBusy} autoFocus={isDead}>
          {t('common:cancel')}
        </Button>
        {isDead ? null : (
          <Button
            variant="contained"
            color={isChanged ? 'error' : 'primary'}
            disabled={!canTrust}
            loading={isBusy}
            onClick={decide}
          >
            {way === 'pin' ? t('trust.pin') : t('trust.ca')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
