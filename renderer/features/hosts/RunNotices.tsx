import { Alert, Box, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { ActionKind, RunHost } from '../../../contract/schemas/actions.ts';
import { Command } from './Command.tsx';
import { HostNames } from './HostNames.tsx';
import { COMMANDS } from './trigger-plan.ts';

/** Why hosts may have stayed silent, the likeliest first; `isAll`: every host of the order did. */
export function NoTaskNotice({
  hosts,
  action,
  isAll,
  isCommunity,
}: {
  readonly hosts: readonly RunHost[];
  readonly action: ActionKind;
  readonly isAll: boolean;
  /** Whether the server says that it is the Community edition. */
  readonly isCommunity: boolean;
}) {
  const { t } = useTranslation('hosts');
  if (hosts.length === 0) return null;
  const others = ['signer', 'clock', 'busy'] as const;
  // Every edition knows the refresh; where all hosts are silent about the others, the edition is the likeliest cause.
  const causes =
    action === 'refresh'
      ? others
      : isAll || isCommunity
        ? (['edition', ...others] as const)
        : ([...others, 'edition'] as const);
  return (
    <Alert severity="warning" sx={{ borderRadius: 0 }}>
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {t('noTask.title', { count: hosts.length })}
      </Typography>
      {isAll ? null : <HostNames hosts={hosts} />}
      <Typography variant="body2">{t('noTask.intro')}</Typography>
      <Box component="ol" sx={{ my: 0.5, pl: 2.5, typography: 'body2' }}>
        {causes.map((cause) => (
          <li key={cause}>{t(cause === 'edition' && isCommunity ? 'noTask.community' : `noTask.${cause}`)}</li>
        ))}
      </Box>
      <Typography variant="body2">{t('noTask.doInstead')}</Typography>
      <Command text={COMMANDS[action]} />
    </Alert>
  );
}

/** What to do about hosts that the order did not reach. */
export function UnreachableNotice({
  hosts,
  action,
}: {
  readonly hosts: readonly RunHost[];
  readonly action: ActionKind;
}) {
  const { t } = useTranslation('hosts');
  if (hosts.length === 0) return null;
  return (
    <Alert severity="info" sx={{ borderRadius: 0 }}>
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {t('unreachableHint.title', { count: hosts.length })}
      </Typography>
      <HostNames hosts={hosts} />
      <Typography variant="body2">{t('unreachableHint.text')}</Typography>
      <Command text={COMMANDS[action]} />
    </Alert>
  );
}
