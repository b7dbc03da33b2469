import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, Typography } from '@mui/material';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignHostRow, CampaignTry } from '../../../contract/schemas/campaigns.ts';
import { useCall } from '../../app/console.ts';
import { useLocale } from '../../i18n/locale.ts';
import { LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { formatDateTime } from '../../ui/format.ts';

/** Every try on one host, with the five facts of each. */
export function TriesDialog({
  campaignId,
  row,
  onClose,
}: {
  readonly campaignId: string;
  readonly row: CampaignHostRow;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('campaigns');
  const titleId = useId();
  const tries = useCall('campaigns.tries', { campaignId, uuid: row.uuid });
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="sm" fullWidth>
      <DialogTitle id={titleId}>{t('tries.title', { name: row.fqdn })}</DialogTitle>
      <DialogContent>
        {tries.error === null ? null : <ErrorNotice error={tries.error.error} />}
        {tries.data === undefined ? (
          <LoadingState />
        ) : tries.data.length === 0 ? (
          <Typography variant="body2">{t('tries.none')}</Typography>
        ) : (
          <Stack sx={{ gap: 2 }}>
            {tries.data.map((one) => (
              <TryFacts key={one.attempt} one={one} />
            ))}
          </Stack>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('tries.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}

function TryFacts({ one }: { readonly one: CampaignTry }) {
  const { t } = useTranslation('campaigns');
  const locale = useLocale();
  const time = (text: string | null): string => (text === null ? '–' : formatDateTime(text, locale));
  const launched =
    one.isLaunched === null
      ? '–'
      : [t(one.isLaunched ? 'launched.yes' : 'launched.no'), one.launchedAt === null ? '' : time(one.launchedAt)]
          .filter((part) => part !== '')
          .join(' · ');
  const message = one.message ?? one.code;
  return (
    <Stack component="section" sx={{ gap: 0.5 }}>
      <Typography variant="h3" component="h3">
        {t('tries.try', { number: one.attempt, step: t(`step.${one.step}`) })}
      </Typography>
      <Facts
        items={[
          { label: t('facts.asked'), value: time(one.askedAt) },
          { label: t('facts.sent'), value: time(one.sentAt) },
          { label: t('facts.launched'), value: launched },
          { label: t('facts.appeared'), value: time(one.appearedAt) },
          { label: t('facts.ended'), value: time(one.appearedAt === null ? null : one.endedAt) },
          { label: t('column.outcome'), value: one.outcome === null ? '–' : t(`outcome.${one.outcome}`) },
          ...(message === null ? [] : [{ label: t('tries.said'), value: message }]),
        ]}
      />
    </Stack>
  );
}
