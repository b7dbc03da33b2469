import { Box, Button, Stack, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { ActionKind } from '../../../contract/schemas/actions.ts';
import type { HostUpdateRow } from '../../../contract/schemas/hosts.ts';
import { isFailureResult, kbLabel } from '../../../domain/update.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RowStateChip, StatusChip } from '../../ui/StatusChip.tsx';
import { Time } from '../../ui/Time.tsx';
import { WhyHere } from '../why/WhyHere.tsx';
import { actionIcons } from './action-look.ts';
import { type NextStep, nextStep } from './host-update-filter.ts';

const ORDER_FOR: Partial<Record<NextStep, ActionKind>> = {
  install: 'install',
  'direct-download': 'install',
  failed: 'install',
  scan: 'scan',
};

/** What happens next with one update on the host, and its install log (protocol 8.3). */
export function HostUpdateDetail({
  uuid,
  row,
  onOrder,
}: {
  readonly uuid: string;
  readonly row: HostUpdateRow | null;
  readonly onOrder: (action: ActionKind) => void;
}) {
  const { t } = useTranslation(['hosts', 'common']);
  if (row === null) return <EmptyState title={t('updates.pick')} />;
  const step = nextStep(row);
  const action = ORDER_FOR[step];
  const name =
    row.update.kbids.length === 0 ? row.update.title || row.update.updateId : row.update.kbids.map(kbLabel).join(', ');
  const Icon = action === undefined ? null : actionIcons[action];
  return (
    <Stack sx={{ height: '100%', overflow: 'auto', p: 2, gap: 1.5 }}>
      <Box>
        <Stack direction="row" sx={{ alignItems: 'center', gap: 1, mb: 0.5 }}>
          <RowStateChip state={row.state} />
          {row.status === null ? null : (
            <Typography variant="caption" color="textSecondary">
              {row.status}
            </Typography>
          )}
        </Stack>
        <Typography
          variant="body2"
          sx={{ fontWeight: 600, overflowWrap: 'anywhere', unicodeBidi: 'isolate' }}
          dir="auto"
        >
          {row.update.title || row.update.updateId}
        </Typography>
      </Box>
      <Box>
        <Typography variant="h3">{t('updates.next')}</Typography>
        <Typography variant="body2">{t(`next.${step}`)}</Typography>
        {action === undefined || Icon === null ? null : (
          <Button
            variant="outlined"
            sx={{ mt: 1 }}
            startIcon={<Icon size={15} aria-hidden />}
            onClick={() => onOrder(action)}
          >
            {t(`short.${action}`)}
          </Button>
        )}
      </Box>
      <Box>
        <Typography variant="h3" sx={{ mb: 0.75 }}>
          {t('common:why.label')}
        </Typography>
        <WhyHere updateId={row.update.updateId} uuid={uuid} draftId={null} />
      </Box>
      <Box>
        <Typography variant="h3" sx={{ mb: 0.5 }}>
          {t('updates.logsOf', { name })}
        </Typography>
        {row.history.length === 0 ? (
          <Typography variant="body2" color="textSecondary">
            {t('updates.noLogs')}
          </Typography>
        ) : (
          <History row={row} />
        )}
      </Box>
    </Stack>
  );
}

function History({ row }: { readonly row: HostUpdateRow }) {
  const { t } = useTranslation('hosts');
  const entries = row.history
    .map((entry, position) => ({ ...entry, key: `${entry.date ?? ''} ${position}` }))
    .sort((a, b) => ((a.date ?? '') < (b.date ?? '') ? 1 : -1));
  return (
    <Table size="small" sx={{ '& td, & th': { px: 0.75, py: 0.375, fontSize: '0.75rem', verticalAlign: 'top' } }}>
      <TableHead>
        <TableRow>
          <TableCell>{t('updates.log.date')}</TableCell>
          <TableCell>{t('updates.log.operation')}</TableCell>
          <TableCell>{t('updates.log.result')}</TableCell>
          <TableCell>{t('updates.log.title')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {entries.map((entry) => (
          <TableRow key={entry.key}>
            <TableCell>
              <Time at={entry.date} />
            </TableCell>
            <TableCell>{entry.operation}</TableCell>
            <TableCell>
              {entry.resultCode === null ? null : (
                <StatusChip tone={isFailureResult(entry.resultCode) ? 'error' : 'neutral'} label={entry.resultCode} />
              )}
            </TableCell>
            <TableCell sx={{ overflowWrap: 'anywhere' }} title={entry.description ?? ''}>
              {entry.title ?? entry.description}
              {entry.categories === null ? null : (
                <Typography variant="caption" component="div" color="textSecondary">
                  {entry.categories}
                </Typography>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
