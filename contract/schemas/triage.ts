import { z } from 'zod';
import type { TriageState, TriageVerdict } from '../../domain/triage.ts';
import type { StateCounts, UpdateOutline } from '../../domain/update.ts';
import { type Freshness, opaqueId, updateIds } from './common.ts';

/** An update that some host needs and no published rule mentions. */
export interface TriageRow extends UpdateOutline {
  readonly hosts: StateCounts;
  readonly state: TriageState;
  /** What was decided and waits for a package. */
  readonly verdict: TriageVerdict | null;
  /** ISO with zone. */
  readonly snoozedUntil: string | null;
  readonly isSuperseded: boolean;
  /** Ids of the older definitions for which this one stands. */
  readonly folded: readonly string[];
  /** It appeared after the last visit. */
  readonly isNew: boolean;
}

/** What waits for a decision. */
export interface TriageList {
  readonly rows: readonly TriageRow[];
  /** When one was here before this visit, ISO with zone. */
  readonly visitedBefore: string | null;
  /** Updates that are out because a draft decides them. */
  readonly inDrafts: number;
  /** Rule packages whose content the console has not read: what they decide stands here too. */
  readonly unread: readonly string[];
  readonly freshness: Freshness;
  readonly hostCount: number;
}

/** A visit and what was there before; a visit within an hour of the last is the same one. */
export interface TriageVisit {
  readonly visitedBefore: string | null;
}

export const triageDecision = z.strictObject({
  updateIds,
  /** Null takes a decision back. */
  verdict: z.enum(['allow', 'forbid']).nullable(),
});

export const triageSnooze = z.strictObject({
  updateIds,
  /** ISO with zone; null wakes the updates. */
  until: z.iso.datetime().nullable(),
});

export const triageToDraft = z.strictObject({
  target: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('package'), filename: z.string().min(1).max(300) }),
    z.strictObject({ kind: z.literal('draft'), draftId: opaqueId }),
    z.strictObject({ kind: z.literal('new'), package: z.string().max(200) }),
  ]),
  /** How decisions are written. Daily definitions are written by their KB either way. */
  as: z.enum(['updates', 'kbs']),
});
