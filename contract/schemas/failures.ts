import { z } from 'zod';
import { FAILURE_BY, type FailureGroup } from '../../domain/failures.ts';
import { type Freshness, hostUuid, line, updateId, updateIds } from './common.ts';

/** A set of failures; what is left out does not restrict (domain/failures.ts). */
export const failureSet = z.strictObject({
  code: line.optional(),
  /** Null: what hosts say without naming an update. */
  updateId: updateId.nullable().optional(),
  /** Null: hosts without a group. */
  group: line.nullable().optional(),
  disk: z.boolean().optional(),
  stale: z.boolean().optional(),
});

export const failuresRequest = z.strictObject({ by: z.enum(FAILURE_BY), within: failureSet });

/** A group of failures with the update it is about, where it is grouped by updates and the store knows it. */
export interface FailureLine extends FailureGroup {
  readonly title: string | null;
  readonly kbids: readonly string[];
}

/** What failed, grouped. Hosts with old data are counted beside, in `stale`. */
export interface FailureBoard {
  readonly groups: readonly FailureLine[];
  /** Hosts and updates of all groups, each once. */
  readonly total: Omit<FailureGroup, 'key'>;
  /** Of them: hosts that report a lack of disk space. */
  readonly disk: Omit<FailureGroup, 'key'>;
  readonly hostCount: number;
  readonly freshness: Freshness;
}

/** An update that one marked as known to be bad. Times ISO with zone. */
export interface KnownBad {
  readonly updateId: string;
  readonly note: string;
  readonly markedOn: string;
  readonly markedBy: string;
  /** Null where the store does not know the update (any more). */
  readonly title: string | null;
  readonly kbids: readonly string[];
  /** Hosts on which it is installed, and on which it is pending, missing or failed: those get it next. */
  readonly installed: number;
  readonly open: number;
}

export const markRequest = z.strictObject({ updateIds, note: z.string().trim().max(2_000) });
export const unmarkRequest = z.strictObject({ updateIds });

export const knownBadOnRequest = z.strictObject({ uuids: z.array(hostUuid).min(1).max(20_000) });

/** A known-bad update that some of the hosts would get next. */
export interface KnownBadOn {
  readonly updateId: string;
  readonly title: string | null;
  readonly note: string;
  readonly hosts: number;
}
