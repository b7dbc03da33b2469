import { Box, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { HostDetail } from '../../../contract/schemas/hosts.ts';
import { useProfile } from '../../app/session.ts';
import { fonts } from '../../theme/theme.ts';
import { Facts } from '../../ui/Facts.tsx';
import { rawText } from './HostService.tsx';

/** Which repository the host uses, and which files it did not find there. */
export function HostRepository({ detail }: { readonly detail: HostDetail }) {
  const { t } = useTranslation('hosts');
  const profile = useProfile();
  const { host } = detail;
  const missing = detail.wuaStatus?.['missing_downloads'];
  const files = Array.isArray(missing) ? missing.map(rawText) : [];
  const isSaid = host.repositories !== null && host.repositories !== '';
  return (
    <Box sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 2, maxWidth: 1100 }}>
      <Facts
        labelWidth={170}
        items={[
          {
            label: t('repository.used'),
            value: isSaid ? (
              host.repositories
            ) : (
              <>
                {t('repository.none')}. {t('repository.noneText')}
              </>
            ),
          },
          profile === null ? null : { label: t('repository.main'), value: profile.address },
          host.site === null ? null : { label: t('repository.site'), value: host.site },
          host.organizationalUnit === null ? null : { label: t('repository.unit'), value: host.organizationalUnit },
          host.ipAddresses.length === 0
            ? null
            : { label: t('repository.addresses'), value: host.ipAddresses.join(', ') },
        ]}
      />
      {files.length === 0 ? null : (
        <Box>
          <Typography variant="h3">{t('repository.missing')}</Typography>
          <Box component="ul" sx={{ m: 0, pl: 2.5, fontFamily: fonts.mono, fontSize: '0.75rem' }}>
            {files.slice(0, 200).map((file) => (
              <li key={file}>{file}</li>
            ))}
          </Box>
        </Box>
      )}
    </Box>
  );
}
