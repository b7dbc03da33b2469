import { z } from 'zod';
import { DIMENSIONS, MEASURES } from '../../domain/compliance.ts';
import { STATE_MEASURES } from '../../domain/measures.ts';
import { hostUuid, line, updateId } from './common.ts';
import { failureSet } from './failures.ts';

/**
 * What a number speaks of: the description of a set of hosts and updates. Each kind is resolved in `main/store/fleet/behind.ts` and has its words in
 * `renderer/features/where/`; the lists of hosts and updates take it as `?where=<json>`.
 */
export const where = z.discriminatedUnion('kind', [
  /** The hosts that a figure of compliance counts, and the updates that make them count. `key` is the entry's (domain/compliance.ts). */
  z.strictObject({
    kind: z.literal('compliance'),
    dimension: z.enum(DIMENSIONS),
    key: line,
    measure: z.enum(MEASURES),
  }),
  /** The hosts that report an update in a state. */
  z.strictObject({ kind: z.literal('update'), updateId, measure: z.enum(STATE_MEASURES) }),
  /** The updates that a host reports in a state. */
  z.strictObject({ kind: z.literal('host'), uuid: hostUuid, measure: z.enum(STATE_MEASURES) }),
  /** What failed: the hosts it failed on, and the updates. */
  z.strictObject({ kind: z.literal('failure'), ...failureSet.shape }),
]);

/** What a number speaks of. */
export type Where = z.infer<typeof where>;

export const behindRequest = z.strictObject({ where });

/** Hosts and updates behind a number, each once; the updates in the order of the store. */
export interface FleetSet {
  readonly uuids: readonly string[];
  readonly updateIds: readonly string[];
}
