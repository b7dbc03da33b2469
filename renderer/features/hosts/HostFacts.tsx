import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostDetail } from '../../../contract/schemas/hosts.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatDuration } from '../../ui/format.ts';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { Ago, Time } from '../../ui/Time.tsx';
import { isAhead, scanChip, wuaChip } from './host-columns.ts';

/** The header of a host (protocol 8.3): what it says of Windows Update, and how old that is. */
export function HostFacts({ detail }: { readonly detail: HostDetail }) {
  const { t } = useTranslation(['hosts', 'common']);
  const locale = useLocale();
  const { host } = detail;
  const wua = wuaChip(host);
  const scan = scanChip(host, t);
  const agent = detail.serviceStatus?.['agent_version'] ?? detail.wuaStatus?.['wua_agent_version'];
  const duration = Number(detail.wuaStatus?.['last_scan_duration'] ?? Number.NaN);
  return (
    <Box
      component="dl"
      sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 3.5, rowGap: 0.75, px: 2, pb: 1, m: 0, typography: 'body2' }}
    >
      <Fact label={t('panel.status')}>{wua === null ? '–' : <StatusChip tone={wua.tone} label={wua.label} />}</Fact>
      <Fact label={t('panel.lastScan')}>
        <Time at={host.lastScan} /> {scan.tone === 'ok' ? null : <StatusChip tone={scan.tone} label={scan.label} />}
        {isAhead(host) ? (
          <Typography variant="caption" component="p" color="textSecondary">
            {t('panel.ahead')}
          </Typography>
        ) : null}
      </Fact>
      <Fact label={t('panel.duration')}>{Number.isFinite(duration) ? formatDuration(duration, locale) : '–'}</Fact>
      <Fact label={t('panel.indexDate')}>
        <Time at={host.indexDate} />
      </Fact>
      <Fact label={t('panel.agent')}>{typeof agent === 'string' && agent !== '' ? agent : '–'}</Fact>
      <Fact label={t('panel.enabled')}>
        {host.wuaEnabled === null ? '–' : host.wuaEnabled ? t('common:yes') : t('common:no')}
      </Fact>
      {host.rebootRequired === true ? (
        <Fact label={t('panel.reboot')}>
          <StatusChip tone="warning" label={t('rebootRequired')} />
        </Fact>
      ) : null}
      <Fact label={t('panel.synced')}>
        <Ago at={detail.lastSynced} />
      </Fact>
    </Box>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Box>
      <Typography component="dt" variant="caption" color="textSecondary">
        {label}
      </Typography>
      <Box component="dd" sx={{ m: 0, minHeight: 20 }}>
        {children}
      </Box>
    </Box>
  );
}
