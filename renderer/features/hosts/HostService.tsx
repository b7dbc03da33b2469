import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { HostDetail } from '../../../contract/schemas/hosts.ts';
import { fonts } from '../../theme/theme.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';

const EXPLAINED = [
  'agent_version',
  'start_mode',
  'running',
  'auto_update',
  'use_wuserver',
  'disable_os_upgrade',
  'reboot_needed',
  'status',
  'enabled',
  'wsusscn2cab_date',
  'last_scan_date',
  'last_scan_duration',
  'last_install_batch',
  'last_install_date',
  'last_install_result',
  'last_install_reboot_required',
  'missing_downloads',
  'rules_packages',
  'last_error',
  'install_delay',
] as const;

/** What the host says of its Windows Update service, as it came, with what each known key means (protocol 2.3). */
export function HostService({ detail }: { readonly detail: HostDetail }) {
  const { t } = useTranslation('hosts');
  if (detail.serviceStatus === null && detail.wuaStatus === null) {
    return <EmptyState title={t('service.none')} text={t('service.noneText')} />;
  }
  return (
    <Box sx={{ p: 2, display: 'flex', flexDirection: 'column', gap: 2.5 }}>
      <RawTable title={t('service.fromService')} record={detail.serviceStatus} />
      <RawTable title={t('service.fromAgent')} record={detail.wuaStatus} />
    </Box>
  );
}

function RawTable({
  title,
  record,
}: {
  readonly title: string;
  readonly record: Readonly<Record<string, unknown>> | null;
}) {
  const { t } = useTranslation('hosts');
  if (record === null) return null;
  return (
    <Box>
      <Typography variant="h3" sx={{ mb: 0.5 }}>
        {title}
      </Typography>
      <Table
        size="small"
        sx={{ '& td, & th': { px: 1, py: 0.5, verticalAlign: 'top' }, tableLayout: 'fixed', maxWidth: 1100 }}
      >
        <TableHead>
          <TableRow>
            <TableCell sx={{ width: '22%' }}>{t('service.key')}</TableCell>
            <TableCell sx={{ width: '34%' }}>{t('service.value')}</TableCell>
            <TableCell>{t('service.meaning')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {Object.entries(record).map(([key, value]) => {
            const known = EXPLAINED.find((one) => one === key);
            return (
              <TableRow key={key}>
                <TableCell
                  component="th"
                  scope="row"
                  sx={{ fontFamily: fonts.mono, fontSize: '0.75rem', overflowWrap: 'anywhere' }}
                >
                  {key}
                </TableCell>
                <TableCell sx={{ fontFamily: fonts.mono, fontSize: '0.75rem', overflowWrap: 'anywhere' }}>
                  {rawText(value)}
                </TableCell>
                <TableCell sx={{ color: 'text.secondary' }}>
                  {known === undefined ? '' : t(`service.${known}`)}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </Box>
  );
}

/** A raw value on one line: texts as they are, the rest as JSON, cut where it is very long. */
export function rawText(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 2_000 ? `${text.slice(0, 2_000)}…` : text;
}
