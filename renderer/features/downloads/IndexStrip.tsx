import { Box, Stack, Tooltip, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { DiskState } from '../../../contract/schemas/downloads.ts';
import { useCall } from '../../app/console.ts';
import { useCapability } from '../../app/session.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatNumber } from '../../ui/format.ts';
import { IndexButtons } from '../updates/IndexButtons.tsx';
import { IndexLabel } from '../updates/IndexLabel.tsx';
import { useIndexDownload } from '../updates/index-download.ts';
import { indexAges } from './index-ages.ts';

/** The state of the index: its date and size, how many hosts scanned with it, and what has the server look for a newer one. */
export function IndexStrip({ disk }: { readonly disk: DiskState | undefined }) {
  const { t } = useTranslation('downloads');
  const locale = useLocale();
  const canIndex = useCapability('index-state');
  const index = useCall('index.state', {}, { enabled: canIndex.available || canIndex.reason === 'offline' });
  const download = useIndexDownload(index.data);
  const ages = disk === undefined ? null : indexAges(disk.indexDates, index.data?.date ?? null);
  return (
    <Stack
      direction="row"
      component="section"
      aria-label={t('index.label')}
      sx={{
        alignItems: 'center',
        gap: 1.5,
        px: 2,
        py: 0.75,
        bgcolor: 'background.paper',
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <IndexLabel index={index.data} error={index.error} />
        {ages === null ? null : (
          <Tooltip title={t('index.meaning')} describeChild>
            <Typography variant="caption" component="p" noWrap color="textSecondary">
              {ages.same + ages.older === 0
                ? t('index.unscanned')
                : ages.isCompared
                  ? t('index.scanned', {
                      same: formatNumber(ages.same, locale),
                      older: formatNumber(ages.older, locale),
                    })
                  : t('index.uncompared', { hosts: formatNumber(ages.same + ages.older, locale) })}
            </Typography>
          </Tooltip>
        )}
      </Box>
      <Stack direction="row" sx={{ gap: 1, flexShrink: 0 }}>
        <IndexButtons isAsking={download.isAsking} onStart={download.start} />
      </Stack>
    </Stack>
  );
}
