import { ButtonBase, Stack, Tooltip, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { CveAudit } from '../../../contract/schemas/cves.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatNumber } from '../../ui/format.ts';
import { hostsBehind } from '../where/where.ts';
import { exposureTones, SHOWN_EXPOSURES } from './tones.ts';

/** How many hosts stand how with the whole list, each host in the gravest of its states; each number opens its hosts. */
export function Exposures({ audit, cves }: { readonly audit: CveAudit; readonly cves: readonly string[] }) {
  const { t } = useTranslation('cves');
  const navigate = useNavigate();
  const locale = useLocale();
  return (
    <Stack
      direction="row"
      component="section"
      aria-label={t('all')}
      sx={{ flexWrap: 'wrap', borderBottom: 1, borderColor: 'divider' }}
    >
      {SHOWN_EXPOSURES.map((exposure) => (
        <Tooltip key={exposure} title={t(`exposureMeaning.${exposure}`)} describeChild>
          <ButtonBase
            onClick={() => void navigate(hostsBehind({ kind: 'cve', cves: [...cves], exposure }))}
            sx={(theme) => ({
              flex: '1 1 150px',
              flexDirection: 'column',
              alignItems: 'flex-start',
              textAlign: 'left',
              px: 1.5,
              py: 0.75,
              borderLeft: `3px solid ${theme.look.tones[exposureTones[exposure]].line}`,
              '&:hover, &:focus-visible': { bgcolor: 'action.hover' },
            })}
          >
            <Typography variant="h2" component="span">
              {formatNumber(audit.hosts[exposure], locale)}
            </Typography>
            <Typography variant="caption" component="span">
              {t(`exposure.${exposure}`)}
            </Typography>
            {exposure === 'no-data' && audit.hosts.stale > 0 ? (
              <Typography variant="caption" component="span" color="textSecondary">
                {t('stale', { count: audit.hosts.stale })}
              </Typography>
            ) : null}
          </ButtonBase>
        </Tooltip>
      ))}
    </Stack>
  );
}
