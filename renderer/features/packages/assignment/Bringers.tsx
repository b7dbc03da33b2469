import { Stack, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../app/console.ts';
import { StatusChip } from '../../../ui/StatusChip.tsx';

const SHOWN = 6;

/** What brings a package to hosts now, in one line. */
export function Bringers({ name }: { readonly name: string }) {
  const { t } = useTranslation(['assignment', 'common']);
  const { data } = useCall('assignment.list', { package: name });
  if (data === undefined) return null;
  const carriers = data.targets.filter((target) => target.carries === 'direct');
  if (carriers.length + data.hosts.length === 0) {
    return (
      <Typography variant="caption" color="textSecondary">
        {t('byNothing')}
      </Typography>
    );
  }
  const rest = carriers.length - SHOWN;
  return (
    <Stack direction="row" sx={{ alignItems: 'center', gap: 0.75, minWidth: 0, overflow: 'hidden' }}>
      <Typography variant="caption" color="textSecondary" noWrap>
        {t('by')}
      </Typography>
      {carriers.slice(0, SHOWN).map((carrier) => (
        <StatusChip
          key={`${carrier.section} ${carrier.name}`}
          tone="neutral"
          label={carrier.hosts === null ? carrier.name : `${carrier.name} (${carrier.hosts})`}
          title={t(`one.${carrier.section}`)}
        />
      ))}
      {rest > 0 ? <Typography variant="caption">+{rest}</Typography> : null}
      {data.hosts.length === 0 ? null : (
        <StatusChip tone="neutral" label={t('byHosts', { count: data.hosts.length })} />
      )}
    </Stack>
  );
}
