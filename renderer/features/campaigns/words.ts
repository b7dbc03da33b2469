import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign, CampaignStanding } from '../../../contract/schemas/campaigns.ts';
import type { CampaignPhase, CampaignPlan } from '../../../domain/campaign.ts';
import { useLabelled, useLocale } from '../../i18n/locale.ts';
import type { Tone } from '../../theme/palette.ts';
import { formatDateTime } from '../../ui/format.ts';

/** The tones of where a campaign stands. */
export const STANDING_TONE: Readonly<Record<CampaignStanding, Tone>> = {
  draft: 'neutral',
  scheduled: 'info',
  running: 'info',
  waiting: 'warning',
  paused: 'neutral',
  stopped: 'error',
  done: 'ok',
  cancelled: 'neutral',
};

/** The tones of where a host stands. */
export const PHASE_TONE: Readonly<Record<CampaignPhase, Tone>> = {
  waiting: 'neutral',
  out: 'info',
  done: 'ok',
  failed: 'error',
  missed: 'warning',
  cancelled: 'neutral',
};

/** Words for campaigns in the language shown. */
export interface CampaignWords {
  readonly standing: (campaign: Campaign) => string;
  readonly steps: (plan: CampaignPlan) => string;
  readonly windows: (plan: CampaignPlan) => string;
  /** What one should know of it besides, part by part. */
  readonly facts: (campaign: Campaign) => readonly string[];
}

/** Gives the words. */
export function useCampaignWords(): CampaignWords {
  const { t } = useTranslation('campaigns');
  const labelled = useLabelled();
  const locale = useLocale();
  return useMemo(() => {
    const time = (text: string): string => formatDateTime(text, locale);
    const day = (number: number): string => t(`day.${String(number) as '0' | '1' | '2' | '3' | '4' | '5' | '6'}`);
    const windows = (plan: CampaignPlan): string =>
      plan.windows.length === 0
        ? t('line.always')
        : t('line.hours', {
            windows: plan.windows.map(({ days, from, to }) => `${days.map(day).join(' ')} ${from}–${to}`).join(' · '),
          });
    return {
      standing: ({ standing, waitsFor, limit }) => {
        const word = t(`standing.${standing}`);
        if (standing === 'stopped' && limit !== null) return word;
        return waitsFor === null || standing === 'scheduled' ? word : labelled(word, t(`waits.${waitsFor}`));
      },
      steps: (plan) => plan.steps.map((step) => t(`step.${step}`)).join(' → '),
      windows,
      facts: (campaign) => {
        const { plan, startsAt, endsAt, nextAt, signUntil, standing } = campaign;
        const isOver = standing === 'done' || standing === 'cancelled' || standing === 'draft';
        return [
          windows(plan),
          t('line.atOnce', { count: plan.atOnce }),
          ...(plan.wake ? [t('line.wake')] : []),
          ...(standing === 'scheduled' && startsAt !== null ? [t('line.starts', { time: time(startsAt) })] : []),
          ...(standing === 'waiting' && nextAt !== null ? [t('line.goesOn', { time: time(nextAt) })] : []),
          ...(isOver || endsAt === null ? [] : [t('line.until', { time: time(endsAt) })]),
          ...(isOver ? [] : [signUntil === null ? t('line.notLent') : t('line.lent', { time: time(signUntil) })]),
        ];
      },
    };
  }, [t, locale, labelled]);
}
