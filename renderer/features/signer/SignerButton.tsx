import { Box, Button, Popover, Stack, Typography } from '@mui/material';
import { KeyRound, Lock, LockOpen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignerState } from '../../../contract/schemas/signer.ts';
import { useAction, useCall } from '../../app/console.ts';
import { useLocale } from '../../i18n/locale.ts';
import { CertificateFacts } from '../../ui/Certificate.tsx';
import { formatDateTime, formatDuration, parseTime } from '../../ui/format.ts';
import { useNow } from '../../ui/Time.tsx';
import { useSignerRequest } from './ensure.ts';
import { TrustedSigners } from './TrustedSigners.tsx';

/** The common name of a distinguished name, else the whole. */
function commonName(subject: string): string {
  return /(?:^|[,\n/+]\s*)CN\s*=\s*([^,\n/+]+)/i.exec(subject)?.[1]?.trim() ?? subject;
}

function useLeft(state: SignerState | undefined): string {
  const locale = useLocale();
  const now = useNow(15_000);
  const until = state?.kind === 'open' ? parseTime(state.until) : null;
  if (until === null) return '';
  const seconds = (until.getTime() - now.getTime()) / 1000;
  return formatDuration(seconds > 90 ? Math.ceil(seconds / 60) * 60 : seconds, locale);
}

/** Who signs, whether the key is open and how long, and the button that locks it. */
export function SignerButton() {
  const { t } = useTranslation('signer');
  const { data: state } = useCall('signer.state', {});
  const lock = useAction('signer.lock');
  const askFor = useSignerRequest((request) => request.askFor);
  const left = useLeft(state);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isListing, setIsListing] = useState(false);
  const locale = useLocale();
  const lentUntil = state === undefined || state.kind === 'none' ? undefined : state.lentUntil;
  const kind = state?.kind ?? 'none';
  const Icon = kind === 'open' ? LockOpen : kind === 'locked' ? Lock : KeyRound;
  const label =
    state?.kind === 'open'
      ? t('opened', { name: commonName(state.certificate.subject), left })
      : t(kind === 'locked' ? 'locked' : 'none');
  const close = (): void => setAnchor(null);
  return (
    <>
      <Button
        onClick={(event) => setAnchor(event.currentTarget)}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        startIcon={<Icon size={15} aria-hidden />}
        sx={{
          color: kind === 'open' ? 'success.main' : 'text.secondary',
          fontWeight: 500,
          flexShrink: 0,
          maxWidth: 240,
        }}
      >
        <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
          {label}
        </Box>
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': t('title'), sx: { width: 440, p: 2 } } }}
      >
        <Stack sx={{ gap: 1.5 }}>
          <Typography variant="h3" component="h2">
            {t('title')}
          </Typography>
          {state === undefined || state.kind === 'none' ? (
            <Typography variant="body2" color="textSecondary">
              {t('lead')}
            </Typography>
          ) : (
            <CertificateFacts certificate={state.certificate} />
          )}
          {state?.kind === 'open' ? (
            <Typography variant="body2" color="textSecondary">
              {t('until', { left })}
            </Typography>
          ) : null}
          {lentUntil === undefined ? null : (
            <Typography variant="body2">{t('lent', { time: formatDateTime(lentUntil, locale) })}</Typography>
          )}
          <Stack direction="row" sx={{ gap: 1 }}>
            {state?.kind === 'open' || lentUntil !== undefined ? (
              <Button
                variant="contained"
                startIcon={<Lock size={14} aria-hidden />}
                loading={lock.isPending}
                onClick={() => lock.mutate({})}
              >
                {t('lock')}
              </Button>
            ) : null}
            <Button
              variant={state?.kind === 'open' ? 'outlined' : 'contained'}
              onClick={() => {
                close();
                void askFor('');
              }}
            >
              {t(state?.kind === 'open' ? 'other' : state?.kind === 'locked' ? 'unlock' : 'open')}
            </Button>
            <Button
              onClick={() => {
                close();
                setIsListing(true);
              }}
            >
              {t('trusted.open')}
            </Button>
          </Stack>
        </Stack>
      </Popover>
      {isListing ? <TrustedSigners onClose={() => setIsListing(false)} /> : null}
    </>
  );
}
