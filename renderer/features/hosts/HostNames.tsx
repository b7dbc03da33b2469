import { Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';

const SHOWN = 5;

/** The first names of a set of hosts, and how many more there are. */
export function HostNames({ hosts }: { readonly hosts: readonly { readonly uuid: string; readonly fqdn: string }[] }) {
  const { t } = useTranslation('hosts');
  const names = hosts.slice(0, SHOWN).map((host) => host.fqdn || host.uuid);
  const rest = hosts.length - names.length;
  return (
    <Typography variant="caption" component="p" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
      {names.join(', ')}
      {rest > 0 ? ` ${t('confirm.more', { count: rest })}` : ''}
    </Typography>
  );
}
