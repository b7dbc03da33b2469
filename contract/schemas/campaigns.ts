import { z } from 'zod';
import {
  CAMPAIGN_STEPS,
  type CampaignPhase,
  type CampaignPlan,
  type CampaignSet,
  type CampaignStep,
  type CampaignWait,
  type HostWait,
  type TryOutcome,
} from '../../domain/campaign.ts';
import { hostUuid, line, opaqueId } from './common.ts';
import type { Capability } from './session.ts';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const moment = z.iso.datetime({ offset: true });

/** What a campaign does, when and how carefully; the bounds keep it from being nonsense. */
const campaignPlan = z.strictObject({
  /** In this order, each at most once. */
  steps: z
    .array(z.enum(CAMPAIGN_STEPS))
    .min(1)
    .max(CAMPAIGN_STEPS.length)
    .refine(
      (steps) =>
        steps.every(
          (step, i) => i === 0 || CAMPAIGN_STEPS.indexOf(step) > CAMPAIGN_STEPS.indexOf(steps[i - 1] ?? 'scan'),
        ),
      'one after the other',
    ),
  atOnce: z.int().min(1).max(1_000),
  waves: z.array(z.int().min(1).max(20_000)).max(10),
  start: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('now') }),
    z.strictObject({ kind: z.literal('at'), at: moment }),
    z.strictObject({ kind: z.literal('patch-tuesday'), days: z.int().min(0).max(27), time }),
  ]),
  windows: z
    .array(z.strictObject({ days: z.array(z.int().min(0).max(6)).min(1).max(7), from: time, to: time }))
    .max(14),
  days: z.int().min(1).max(366).nullable(),
  wake: z.boolean(),
  stop: z.strictObject({
    failures: z.int().min(1).max(20_000).nullable(),
    percent: z.int().min(1).max(100).nullable(),
  }),
  retries: z.int().min(0).max(10),
  retryMinutes: z.int().min(0).max(1_440),
}) satisfies z.ZodType<CampaignPlan>;

/** A campaign as one writes it; null is a new one. Only a draft can be changed. */
export const campaignInput = z.strictObject({
  id: opaqueId.nullable(),
  name: z.string().trim().min(1).max(100),
  uuids: z.array(hostUuid).min(1).max(20_000),
  plan: campaignPlan,
});

export const campaignRef = z.strictObject({ campaignId: opaqueId });

/**
 * Starts, resumes or retries. `signUntil`: the open signer stays able to sign these orders for these hosts until then, whatever happens to it
 * but being locked by hand; null: only while it is open.
 */
export const campaignGo = z.strictObject({ campaignId: opaqueId, signUntil: moment.nullable(), reason: line });

export const campaignHostRef = z.strictObject({ campaignId: opaqueId, uuid: hostUuid });

/** Where a campaign stands. `draft` was never started. */
export type CampaignStanding =
  | 'draft'
  | 'scheduled'
  | 'running'
  | 'waiting'
  | 'paused'
  | 'stopped'
  | 'done'
  | 'cancelled';

/**
 * Hosts of a campaign. Asked (by starting it), sent (to the server), launched (so the server said), appeared (a task on the host) and ended (that
 * task) are five facts, each counted by itself; the phases after them are where hosts stand now, and add up to `hosts`.
 */
export type CampaignCounts = Readonly<Record<CampaignSet, number>>;

/** A campaign in the list. Times ISO with zone. */
export interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly plan: CampaignPlan;
  readonly savedAt: string;
  readonly standing: CampaignStanding;
  /** Why nobody is asked now; `elsewhere`: another console has the right to write, and runs it. */
  readonly waitsFor: CampaignWait | 'elsewhere' | null;
  /** Which limit stopped it. */
  readonly limit: 'failures' | 'percent' | null;
  readonly startedAt: string | null;
  readonly startedBy: string | null;
  /** When the first host may be asked, and when nobody is any more. */
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly endedAt: string | null;
  /** When it goes on by itself, where that is known. */
  readonly nextAt: string | null;
  /** Until when a signer was lent to it; null: it needs the signer to be open. */
  readonly signUntil: string | null;
  readonly counts: CampaignCounts;
}

/** What campaigns can do at this server. */
export interface CampaignAbilities {
  readonly wake: Capability | { readonly available: false; readonly reason: 'offline' };
  /** Choosing updates needs the selection attribute of protocol 3.8 in the profile's dialect file. */
  readonly servicing: { readonly available: boolean; readonly reason: 'not-configured' | 'offline' | null };
}

/** All campaigns, newest first. */
export interface CampaignList {
  readonly campaigns: readonly Campaign[];
  readonly abilities: CampaignAbilities;
}

/** The five facts of one try of a step, with their times; null where it did not come to that. */
export interface CampaignFacts {
  /** When the person asked. */
  readonly askedAt: string | null;
  readonly sentAt: string | null;
  /** What the server said: true launched, false not, null nothing. */
  readonly isLaunched: boolean | null;
  readonly launchedAt: string | null;
  readonly appearedAt: string | null;
  readonly endedAt: string | null;
  readonly outcome: TryOutcome | null;
}

/** One try of one step on one host. */
export interface CampaignTry extends CampaignFacts {
  readonly attempt: number;
  readonly step: CampaignStep;
  readonly taskId: number | null;
  /** What the host's task or the server said, raw. */
  readonly message: string | null;
  /** Code of our own where our side failed. */
  readonly code: string | null;
}

/** One host of a campaign, with the facts of its newest try. */
export interface CampaignHostRow extends CampaignFacts {
  readonly uuid: string;
  readonly fqdn: string;
  /** From 1. */
  readonly wave: number;
  readonly phase: CampaignPhase;
  /** Why it is not asked now; null where it does not wait. */
  readonly wait: HostWait | null;
  /** The step it is at; the last one where it has ended. */
  readonly step: CampaignStep;
  readonly attempts: number;
  readonly nextTryAt: string | null;
  readonly wokenAt: string | null;
  readonly taskId: number | null;
  /** 0 to 100, while its task runs. */
  readonly percent: number | null;
  readonly message: string | null;
  readonly code: string | null;
}

/** One campaign with its hosts, in the order in which they are taken. */
export interface CampaignDetail {
  readonly campaign: Campaign;
  readonly hosts: readonly CampaignHostRow[];
}
