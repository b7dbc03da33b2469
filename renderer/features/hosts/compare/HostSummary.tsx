import { Box, IconButton, Link, Tooltip } from '@mui/material';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link as RouteLink } from 'react-router';
import type { HostRow } from '../../../../contract/schemas/hosts.ts';
import type { StateMeasure } from '../../../../domain/measures.ts';
import { useLocale } from '../../../i18n/locale.ts';
import { formatNumber } from '../../../ui/format.ts';
import { StatusChip } from '../../../ui/StatusChip.tsx';
import { Time } from '../../../ui/Time.tsx';
import { updatesBehind } from '../../where/where.ts';
import { scanChip } from '../host-columns.ts';

const shown = [
  'needed',
  'pending',
  'missing',
  'failed',
  'heldBack',
  'forbidden',
  'done',
] as const satisfies readonly StateMeasure[];

/** The numbers of each compared host, one line a host; each number opens its updates. */
export function HostSummary({
  hosts,
  differences,
  onRemove,
}: {
  readonly hosts: readonly HostRow[];
  /** For each host: on how many of the updates shown it stands unlike at least one other. */
  readonly differences: number;
  readonly onRemove: ((uuid: string) => void) | null;
}) {
  const { t } = useTranslation(['hosts', 'common']);
  const locale = useLocale();
  const cell = { px: 1.25, py: 0.375, textAlign: 'right', fontVariantNumeric: 'tabular-nums' } as const;
  return (
    <Box
      sx={{
        maxHeight: 236,
        overflow: 'auto',
        bgcolor: 'background.paper',
        borderBottom: 1,
        borderColor: 'divider',
        px: 1,
        py: 0.5,
      }}
    >
      <Box
        component="table"
        aria-label={t('compare.summary', { count: hosts.length, differences: formatNumber(differences, locale) })}
        sx={{
          borderCollapse: 'collapse',
          fontSize: '0.8125rem',
          '& th': { fontWeight: 600, color: 'text.secondary', whiteSpace: 'nowrap' },
          '& tbody tr:hover': { bgcolor: 'action.hover' },
        }}
      >
        <thead>
          <tr>
            <Box component="th" scope="col" sx={{ ...cell, textAlign: 'left' }}>
              {t('column.fqdn')}
            </Box>
            <Box component="th" scope="col" sx={{ ...cell, textAlign: 'left' }}>
              {t('column.os')}
            </Box>
            <Box component="th" scope="col" sx={{ ...cell, textAlign: 'left' }}>
              {t('column.lastScan')}
            </Box>
            {shown.map((measure) => (
              <Tooltip key={measure} title={t(`countMeaning.${measure}`)}>
                <Box component="th" scope="col" sx={cell}>
                  {t(`column.${measure}`)}
                </Box>
              </Tooltip>
            ))}
            <Box component="td" aria-hidden />
          </tr>
        </thead>
        <tbody>
          {hosts.map((host) => (
            <tr key={host.uuid}>
              <Box component="th" scope="row" sx={{ ...cell, textAlign: 'left' }}>
                <Link component={RouteLink} to={`/hosts/${encodeURIComponent(host.uuid)}`} underline="hover">
                  {host.fqdn}
                </Link>
              </Box>
              <Box
                component="td"
                title={host.osName ?? ''}
                sx={{
                  ...cell,
                  textAlign: 'left',
                  maxWidth: 190,
                  overflow: 'hidden',
                  textOverflow: 'ellipsis',
                  whiteSpace: 'nowrap',
                }}
              >
                {host.osName}
              </Box>
              <Box component="td" sx={{ ...cell, textAlign: 'left', whiteSpace: 'nowrap' }}>
                <Time at={host.lastScan} />{' '}
                {host.isStale ? <StatusChip tone="warning" label={scanChip(host, t).label} /> : null}
              </Box>
              {shown.map((measure) => {
                const count = host.updates[measure];
                const text = formatNumber(count, locale);
                const hasReported = host.lastScan !== null || host.updates.reported > 0;
                return (
                  <Box component="td" key={measure} sx={cell}>
                    {!hasReported ? (
                      '–'
                    ) : count === 0 ? (
                      text
                    ) : (
                      <Link
                        component={RouteLink}
                        color="inherit"
                        underline="always"
                        to={updatesBehind({ kind: 'host', uuid: host.uuid, measure })}
                        aria-label={`${host.fqdn}, ${t(`column.${measure}`)}: ${text}. ${t('showUpdates')}`}
                      >
                        {text}
                      </Link>
                    )}
                  </Box>
                );
              })}
              <td>
                {onRemove === null ? null : (
                  <IconButton
                    size="small"
                    aria-label={t('compare.remove', { name: host.fqdn })}
                    onClick={() => onRemove(host.uuid)}
                    sx={{ p: 0.25 }}
                  >
                    <X size={14} aria-hidden />
                  </IconButton>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Box>
    </Box>
  );
}
