import { FormControl, FormControlLabel, FormLabel, Radio, RadioGroup, TextField, Typography } from '@mui/material';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '../../../contract/schemas/campaigns.ts';
import { useAction, useCall } from '../../app/console.ts';
import { FormDialog } from '../../ui/ConfirmDialog.tsx';
import { useNow } from '../../ui/Time.tsx';
import { useToasts } from '../../ui/toasts.ts';
import { KnownBadOrderWarning } from '../failures/known-bad/OrderWarning.tsx';
import { useEnsureSigner } from '../signer/ensure.ts';
import { fromLocalInput, localInput } from './editor-draft.ts';
import { useCampaignWords } from './words.ts';

/** What one lets a campaign do. */
export type Deed = 'start' | 'resume' | 'retry' | 'lend';

const CALLS = {
  start: 'campaigns.start',
  resume: 'campaigns.resume',
  retry: 'campaigns.retry',
  lend: 'campaigns.resume',
} as const;
const LABELS = { start: 'start', resume: 'resume', retry: 'retry', lend: 'keep' } as const;
const HOUR = 3_600_000;
const LONGEST = 7 * 24 * HOUR;

/** Until when one would lend the signer, unasked: the next morning or so, and no longer than the campaign. */
function usualUntil({ endsAt, startsAt }: Campaign, now: number): number {
  const begins = Math.max(now, startsAt === null ? now : Date.parse(startsAt));
  const ends = endsAt === null ? Number.POSITIVE_INFINITY : Date.parse(endsAt);
  return Math.min(begins + 12 * HOUR, ends, now + LONGEST - HOUR);
}

/** The one confirmation before hosts are asked; here one says whether the signer may be used while nobody is there. */
export function GoDialog({
  deed,
  campaign,
  onClose,
}: {
  readonly deed: Deed;
  readonly campaign: Campaign;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('campaigns');
  const words = useCampaignWords();
  const ensureSigner = useEnsureSigner();
  const say = useToasts((toasts) => toasts.say);
  const run = useAction(CALLS[deed]);
  const [isLent, setLent] = useState(deed === 'lend');
  const [until, setUntil] = useState(() => localInput(usualUntil(campaign, Date.now())));
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const now = useNow(5_000).getTime();
  const moment = fromLocalInput(until);
  const isWrong = isLent && (moment === null || moment <= now || moment > now + LONGEST);
  const count = deed === 'retry' ? campaign.counts.failed + campaign.counts.missed : campaign.counts.hosts;
  const submit = async (): Promise<void> => {
    setTried(true);
    if (isWrong) return;
    if (!(await ensureSigner(t('go.why')))) return;
    const signUntil = isLent && moment !== null ? new Date(moment).toISOString() : null;
    run.mutate(
      { campaignId: campaign.id, signUntil, reason },
      {
        onSuccess: () => {
          if (deed === 'start') say({ tone: 'ok', text: t('started', { name: campaign.name }) });
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      open
      title={t(`go.${deed}Title`, { name: campaign.name })}
      submitLabel={t(`go.${LABELS[deed]}`)}
      onSubmit={() => void submit()}
      onClose={onClose}
      isBusy={run.isPending}
      error={run.error?.error ?? null}
    >
      {deed === 'lend' ? null : (
        <Typography variant="body2">{t('go.hosts', { count, steps: words.steps(campaign.plan) })}</Typography>
      )}
      {deed === 'lend' ? null : <KnownBadOfCampaign campaign={campaign} isRetry={deed === 'retry'} />}
      {deed === 'resume' && campaign.standing === 'stopped' ? (
        <Typography variant="body2">{t('go.forgive')}</Typography>
      ) : null}
      <FormControl>
        <FormLabel>{t('go.sign')}</FormLabel>
        <RadioGroup value={isLent ? 'lent' : 'open'} onChange={(_event, value) => setLent(value === 'lent')}>
          {deed === 'lend' ? null : <FormControlLabel value="open" control={<Radio />} label={t('go.whileOpen')} />}
          <FormControlLabel value="lent" control={<Radio />} label={t('go.lend')} />
        </RadioGroup>
      </FormControl>
      {isLent ? (
        <TextField
          type="datetime-local"
          label={t('go.until')}
          value={until}
          onChange={(event) => setUntil(event.target.value)}
          error={isTried && isWrong}
          helperText={isTried && isWrong ? t('go.untilWrong') : t('go.lendHelp')}
          slotProps={{ inputLabel: { shrink: true } }}
        />
      ) : null}
      <TextField
        label={t('go.reason')}
        helperText={t('go.reasonHelp')}
        value={reason}
        onChange={(event) => setReason(event.target.value.slice(0, 1_000))}
      />
      <Typography variant="caption" color="textSecondary">
        {t('onlyOpen')}
      </Typography>
    </FormDialog>
  );
}

const noUuids: readonly string[] = [];

/** What the hosts that are asked would get although it is known to be bad; a campaign that only scans brings nothing. */
function KnownBadOfCampaign({ campaign, isRetry }: { readonly campaign: Campaign; readonly isRetry: boolean }) {
  const bringsUpdates = campaign.plan.steps.some((step) => step !== 'scan');
  const hosts = useCall('campaigns.get', { campaignId: campaign.id }, { enabled: bringsUpdates }).data?.hosts;
  const uuids = useMemo(() => {
    if (hosts === undefined || !bringsUpdates) return noUuids;
    return hosts.flatMap(({ uuid, phase }) =>
      isRetry ? (phase === 'failed' || phase === 'missed' ? [uuid] : []) : phase === 'done' ? [] : [uuid],
    );
  }, [hosts, bringsUpdates, isRetry]);
  return <KnownBadOrderWarning uuids={uuids} />;
}
