import { Box, Stack } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { CertificateView } from '../../contract/schemas/common.ts';
import { fonts } from '../theme/theme.ts';
import { CopyButton } from './CopyButton.tsx';
import { Facts } from './Facts.tsx';
import { groupFingerprint } from './format.ts';
import { Time } from './Time.tsx';

/** A SHA-256 fingerprint in groups of four, read line by line. */
export function Fingerprint({ value }: { readonly value: string }) {
  const { t } = useTranslation('session');
  const groups = groupFingerprint(value).split(' ');
  const lines = Array.from({ length: Math.ceil(groups.length / 4) }, (_, i) => groups.slice(i * 4, i * 4 + 4));
  return (
    <Stack direction="row" sx={{ alignItems: 'flex-start', gap: 1 }}>
      <Box
        component="span"
        sx={{
          fontFamily: fonts.mono,
          fontSize: '0.8125rem',
          lineHeight: 1.6,
          letterSpacing: '0.02em',
          whiteSpace: 'pre-line',
        }}
      >
        {lines.map((line) => line.join(' ')).join('\n')}
      </Box>
      <CopyButton text={value} label={t('certificate.copy')} />
    </Stack>
  );
}

/** What a certificate says of itself: names, issuer, dates and fingerprint. */
export function CertificateFacts({ certificate }: { readonly certificate: CertificateView }) {
  const { t } = useTranslation('session');
  return (
    <Facts
      items={[
        { label: t('certificate.subject'), value: certificate.subject },
        certificate.names.length === 0 ? null : { label: t('certificate.names'), value: certificate.names.join(', ') },
        {
          label: t('certificate.issuer'),
          value: certificate.isSelfSigned ? t('certificate.selfSigned') : certificate.issuer,
        },
        {
          label: t('certificate.valid'),
          value: (
            <>
              <Time at={certificate.notBefore} withTime={false} /> – <Time at={certificate.notAfter} withTime={false} />
            </>
          ),
        },
        { label: t('certificate.fingerprint'), value: <Fingerprint value={certificate.fingerprint} /> },
      ]}
    />
  );
}
