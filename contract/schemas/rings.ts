import { z } from 'zod';
import type { RingItem, RingVerdict } from '../../domain/rings.ts';
import { line, opaqueId } from './common.ts';

const gates = z.strictObject({
  minAgeDays: z.number().min(0).max(3_650).nullable(),
  minSuccesses: z.int().min(0).max(1_000_000).nullable(),
  /** 0 to 1. */
  minSuccessRate: z.number().min(0).max(1).nullable(),
  maxFailures: z.int().min(0).max(1_000_000).nullable(),
});

export const ringSetInput = z.strictObject({
  /** Null: a new one. */
  id: opaqueId.nullable(),
  name: z.string().trim().min(1).max(100),
  /** From the first ring to the last; the gates of the last one are not asked. */
  rings: z
    .array(z.strictObject({ package: z.string().min(1).max(200), gates }))
    .min(2)
    .max(10)
    .refine((rings) => new Set(rings.map((ring) => ring.package)).size === rings.length, 'each package once'),
});

/** An ordered set of packages; `savedAt` ISO with zone. */
export interface RingSet extends z.infer<typeof ringSetInput> {
  readonly id: string;
  readonly savedAt: string;
}

export const ringSetRef = z.strictObject({ ringSetId: opaqueId });

/** Why nothing can be said of a ring's package. */
type RingProblem = 'no-package' | 'unread' | 'legacy';

/** One ring as it stands. */
export interface RingState {
  readonly package: string;
  readonly version: string | null;
  readonly filename: string | null;
  readonly problem: RingProblem | null;
  /** Hosts that have the package in whatever version, those of them with the newest one, and those whose scan is old. */
  readonly hosts: number;
  readonly onNewest: number;
  readonly stale: number;
}

/** What waits between two rings. */
export interface RingItemState extends Pick<RingItem, 'entry' | 'kind' | 'isForbiddenNext' | 'isSuperseded'> {
  readonly updateIds: readonly string[];
  /** Bare numbers, each once. */
  readonly kbids: readonly string[];
  /** Of its newest update. */
  readonly title: string;
  readonly severity: string | null;
  readonly changetime: string | null;
  /** Bytes of the largest download. */
  readonly maxDownloadSize: number | null;
  /** Hosts of the inner ring whose scan is young enough, by what they report. */
  readonly successes: number;
  readonly failures: number;
  readonly waiting: number;
  /** Hosts of the inner ring that report it and whose scan is old: counted nowhere else. */
  readonly stale: number;
  /** Hosts of the next ring that need it. */
  readonly neededNext: number;
  readonly verdict: RingVerdict;
  /** It passes and the next ring does not forbid it. */
  readonly isReady: boolean;
}

/** The way from one ring to the next. */
export interface RingStep {
  readonly from: string;
  readonly to: string;
  /** False where the rules of either package are not known. */
  readonly isKnown: boolean;
  readonly items: readonly RingItemState[];
}

/** A ring set as it stands; times ISO with zone. */
export interface RingStatus {
  readonly ringSetId: string;
  readonly computedAt: string;
  readonly rings: readonly RingState[];
  readonly steps: readonly RingStep[];
}

export const promoteRequest = z.strictObject({
  ringSetId: opaqueId,
  /** Package of the inner ring. */
  from: z.string().min(1).max(200),
  /** What one confirmed, `KB5043064` or `GUID_revision`. What no longer passes is refused with all the rest. */
  entries: z.array(z.string().min(1).max(200)).min(1).max(20_000),
  reason: line,
});
