import { Box, Stack, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { AssignmentForecast } from '../../../../contract/schemas/assignment.ts';
import { useLocale } from '../../../i18n/locale.ts';
import { formatSize } from '../../../ui/format.ts';

/** What an assignment changes for updates: pairs of host and update by decision, and what is fetched. */
export function AssignmentEffect({ forecast }: { readonly forecast: AssignmentForecast | null }) {
  const { t } = useTranslation('assignment');
  return (
    <Box component="section" aria-label={t('effect')}>
      <Typography variant="h3" sx={{ mb: 0.5 }}>
        {t('effect')}
      </Typography>
      {forecast === null ? (
        <Typography variant="body2">{t('effectUnknown')}</Typography>
      ) : (
        <Effect forecast={forecast} />
      )}
    </Box>
  );
}

function Effect({ forecast }: { readonly forecast: AssignmentForecast }) {
  const { t } = useTranslation('assignment');
  const locale = useLocale();
  const { version, fresh, stale, serverBytes, hostBytes } = forecast;
  const moves = fresh.moves.filter((move) => move.before !== move.after);
  return (
    <Stack sx={{ gap: 0.25 }}>
      {forecast.isRead ? null : <Typography variant="body2">{t('effectUnread', { version })}</Typography>}
      {moves.length === 0 ? (
        <Typography variant="body2">{t('effectNone')}</Typography>
      ) : (
        <>
          <Typography variant="body2">
            {t('effectWhen', { version })} ({t('changedHosts', { count: fresh.changedHosts })}):
          </Typography>
          <Box component="ul" sx={{ m: 0, pl: 2.5, typography: 'body2' }}>
            {moves.map(({ before, after, pairs }) => (
              <li key={`${before} ${after}`}>
                {t('move', { count: pairs, before: t(`decision.${before}`), after: t(`decision.${after}`) })}
              </li>
            ))}
          </Box>
        </>
      )}
      {serverBytes + hostBytes === 0 ? null : (
        <Typography variant="body2">
          {t('fetch', { server: formatSize(serverBytes, locale), hosts: formatSize(hostBytes, locale) })}
        </Typography>
      )}
      {stale.hosts === 0 ? null : (
        <Typography variant="caption" color="textSecondary">
          {t('staleHosts', { count: stale.hosts })}{' '}
          {stale.neverScanned === 0 ? null : t('neverScanned', { count: stale.neverScanned })}
        </Typography>
      )}
    </Stack>
  );
}
