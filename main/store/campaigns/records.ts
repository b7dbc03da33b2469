import type { Campaign, CampaignHostRow } from '../../../contract/schemas/campaigns.ts';
import type { CampaignPhase, CampaignStep, TryOutcome } from '../../../domain/campaign.ts';

/** What a campaign is told to be; where it stands follows from this, its plan and the moment. */
export type CampaignState = 'draft' | 'active' | 'paused' | 'stopped' | 'done' | 'cancelled';

/** A campaign as it is kept. */
export interface StoredCampaign extends Omit<Campaign, 'standing' | 'waitsFor' | 'nextAt' | 'signUntil'> {
  readonly state: CampaignState;
}

/** What was there before an order: the newest task of the host, and where its events stood. Null where it did not say. */
export interface TryBaseline {
  readonly newest: number | null;
  readonly lastEventId: number | null;
}

/** Where a host of a campaign stands, as it is kept. */
export interface StoredCampaignHost {
  readonly uuid: string;
  readonly phase: CampaignPhase;
  readonly step: number;
  readonly failures: number;
  readonly isForgiven: boolean;
  readonly notBefore: string | null;
  readonly wokenAt: string | null;
}

/** A host of a campaign that goes on, with the try that has not ended. */
export interface CampaignHostAtWork extends StoredCampaignHost {
  readonly fqdn: string;
  readonly attempts: number;
  readonly open: {
    readonly attempt: number;
    readonly step: CampaignStep;
    readonly baseline: TryBaseline;
    readonly sentAt: string | null;
    readonly appearedAt: string | null;
  } | null;
}

/** What became known of a try. */
export interface TryChange {
  readonly sentAt?: string;
  readonly isLaunched?: boolean | null;
  readonly launchedAt?: string;
  readonly appearedAt?: string;
  readonly taskId?: number | null;
  readonly endedAt?: string;
  readonly outcome?: TryOutcome;
  readonly message?: string | null;
  readonly code?: string | null;
}

/** Which try. */
export interface TryRef {
  readonly id: string;
  readonly uuid: string;
  readonly attempt: number;
}

/** A row of the detail as the store knows it; why it waits and how far its task is, only whoever runs the campaign knows. */
export type StoredCampaignRow = Omit<CampaignHostRow, 'wait' | 'percent'>;

/** A try as the table has it. */
export interface TryLine {
  readonly uuid: string;
  readonly attempt: number;
  readonly step: CampaignStep;
  readonly asked_at: string | null;
  readonly baseline: string;
  readonly sent_at: string | null;
  readonly launched: number | null;
  readonly launched_at: string | null;
  readonly appeared_at: string | null;
  readonly task_id: number | null;
  readonly ended_at: string | null;
  readonly outcome: TryOutcome | null;
  readonly message: string | null;
  readonly code: string | null;
}

/** What is known of a host's try, and when the host was asked. */
export const factsOf = (line: TryLine | undefined, askedAt: string | null) => ({
  askedAt,
  sentAt: line?.sent_at ?? null,
  isLaunched: line?.launched == null ? null : line.launched === 1,
  launchedAt: line?.launched_at ?? null,
  appearedAt: line?.appeared_at ?? null,
  endedAt: line?.ended_at ?? null,
  outcome: line?.outcome ?? null,
  taskId: line?.task_id ?? null,
  message: line?.message ?? null,
  code: line?.code ?? null,
});
