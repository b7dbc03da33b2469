import { z } from 'zod';
import { STATE_MEASURES } from '../../domain/measures.ts';
import type { RowState, StateCounts, Update, UpdateRow } from '../../domain/update.ts';
import { type Freshness, line, updateId, updateIds } from './common.ts';

const filterList = z.array(line).max(2_000);

/** A filter of the update list; keys are those of the filter entries. */
export const updateFilter = z.strictObject({
  scope: z.enum(['needed', 'reported']),
  severities: filterList,
  products: filterList,
  classifications: filterList,
  search: line,
  hideSuperseded: z.boolean(),
  foldDefinitions: z.boolean(),
  onServer: z.boolean().nullable(),
  onHosts: z
    .array(z.strictObject({ measure: z.enum(STATE_MEASURES), count: z.number().int().min(1).max(1_000_000) }))
    .max(STATE_MEASURES.length),
  knownBad: z.boolean().optional(),
});

export const updatesQuery = z.strictObject({ filter: updateFilter });
export const updateRef = z.strictObject({ updateId });
export const updateSelection = z.strictObject({ updateIds });

/** All reported updates with their host counts. Long texts come by `updates.get`. */
export interface UpdateList {
  readonly rows: readonly UpdateRow[];
  readonly freshness: Freshness;
  /** Windows versions without a host scanned in the last days of the profile's limit, with one reachable host to scan. */
  readonly unscanned: readonly { readonly osName: string; readonly hosts: number; readonly candidate: string | null }[];
  /** Hosts in all, and those never scanned. */
  readonly hostCount: number;
  readonly neverScanned: number;
  /** Whether the server's answer was cut at our limit. */
  readonly isCutOff: boolean;
}

/** An update that another one replaces, or is replaced by. */
export interface ChainedUpdate {
  /** The GUID alone where nobody ever described the update; then there is no title. */
  readonly updateId: string;
  readonly title: string | null;
  readonly kbids: readonly string[];
  readonly changetime: string | null;
  /** Steps: 1 is said by the update itself, more by those between. */
  readonly distance: number;
  /** Whether the update list has it. */
  readonly isListed: boolean;
  readonly isSuperseded: boolean;
  readonly onServer: boolean;
  readonly hosts: StateCounts;
}

/** One update with everything known of it; chains nearest first. */
export interface UpdateDetail {
  readonly update: Update;
  readonly row: UpdateRow;
  readonly supersedes: readonly ChainedUpdate[];
  readonly supersededBy: readonly ChainedUpdate[];
}

/** One host's line for one update. */
export interface UpdateHost {
  readonly uuid: string;
  readonly fqdn: string;
  readonly state: RowState;
  readonly status: string | null;
  readonly installDate: string | null;
  readonly lastResult: string | null;
  readonly lastScan: string | null;
  readonly reachable: string | null;
}

/** What deletion freed. */
export interface DeletedFiles {
  readonly deleted: readonly string[];
  /** Bytes, null when the server does not say. */
  readonly freed: number | null;
}
