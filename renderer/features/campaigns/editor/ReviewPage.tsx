import { Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { type CampaignPlan, campaignOutlook } from '../../../../domain/campaign.ts';
import { useCall } from '../../../app/console.ts';
import { useLocale } from '../../../i18n/locale.ts';
import { Facts } from '../../../ui/Facts.tsx';
import { formatDateTime, formatNumber } from '../../../ui/format.ts';
import { useNow } from '../../../ui/Time.tsx';
import type { PageProps } from '../CampaignEditor.tsx';
import { useCampaignWords } from '../words.ts';

/** What the plan comes to, in numbers. */
export function ReviewPage({ draft, plan }: PageProps & { readonly plan: CampaignPlan | null }) {
  const { t } = useTranslation('campaigns');
  const locale = useLocale();
  const words = useCampaignWords();
  const now = useNow(30_000);
  const hosts = useCall('hosts.list', {}).data?.rows;
  if (plan === null) return null;
  const chosen = new Set(draft.uuids);
  const off = hosts?.filter((host) => chosen.has(host.uuid) && host.reachable !== 'OK').length ?? 0;
  const outlook = campaignOutlook(plan, draft.uuids.length, now.getTime());
  const time = (moment: number): string => formatDateTime(new Date(moment).toISOString(), locale);
  return (
    <>
      <Typography variant="h3" component="p">
        {t('editor.numbers')}
      </Typography>
      <Facts
        items={[
          { label: t('editor.what'), value: words.steps(plan) },
          { label: t('editor.when'), value: words.windows(plan) },
          { label: t('editor.rowHosts'), value: formatNumber(draft.uuids.length, locale) },
          { label: t('editor.rowOff'), value: formatNumber(off, locale) },
          {
            label: t('editor.rowWaves'),
            value: outlook.waves.map((size) => formatNumber(size, locale)).join(' → ') || '0',
          },
          { label: t('editor.rowAtOnce'), value: formatNumber(plan.atOnce, locale) },
          { label: t('editor.rowOrders'), value: formatNumber(draft.uuids.length * plan.steps.length, locale) },
          {
            label: t('editor.rowBegins'),
            value:
              plan.start.kind === 'now'
                ? t('editor.startNow')
                : outlook.startsAt === null
                  ? '–'
                  : time(outlook.startsAt),
          },
          {
            label: t('editor.rowEarliest'),
            value: outlook.earliestEnd === null ? t('editor.never') : time(outlook.earliestEnd),
          },
        ]}
      />
      <Typography variant="caption" color="textSecondary">
        {t('editor.earliestHelp')}
      </Typography>
      <Typography variant="body2">{t('onlyOpen')}</Typography>
    </>
  );
}
