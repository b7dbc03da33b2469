import { z } from 'zod';
import { CAMPAIGN_SETS } from '../../domain/campaign.ts';
import { DIMENSIONS, MEASURES } from '../../domain/compliance.ts';
import type { Cell } from '../../domain/compliance-tally.ts';
import { STATE_MEASURES } from '../../domain/measures.ts';
import { REPOSITORY_MEASURES } from '../../domain/repositories.ts';
import { type Freshness, hostUuid, line, opaqueId, updateId } from './common.ts';
import { cveWhere } from './cves.ts';
import type { IndexState } from './downloads.ts';
import { failureSet } from './failures.ts';

/** Hosts that stand apart: what their rows say is not, or not only, how well they are patched. */
export const APART = ['never-scanned', 'scan-old', 'unread', 'silent', 'off-since-release', 'reboot'] as const;

/** What the server has of the files that hosts need and may install. */
export const CACHE = ['present', 'absent'] as const;

/** What can have changed since one last looked. */
export const NEWS = ['needed', 'failed', 'compliant', 'fallen', 'silent', 'new-hosts'] as const;

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
  /** The hosts that need an update which a line of a rule file means, and these updates. */
  z.strictObject({
    kind: z.literal('rule'),
    list: z.enum(['allowedUpdates', 'forbiddenUpdates', 'allowedKbs', 'forbiddenKbs']),
    entry: line,
  }),
  /** The hosts that have a rule package or should get it, and trust none of a chain (sha256), or do not take a maturity. */
  z.strictObject({
    kind: z.literal('distrust'),
    package: line,
    chain: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(20),
  }),
  z.strictObject({ kind: z.literal('immature'), package: line, maturity: line }),
  /** What failed: the hosts it failed on, and the updates. */
  z.strictObject({ kind: z.literal('failure'), ...failureSet.shape }),
  /** The hosts that would get next what one marked as known to be bad. */
  z.strictObject({ kind: z.literal('known-bad'), updateId }),
  /** The hosts that stand so with CVEs (each in the gravest of its states), and the updates that fix them. */
  cveWhere,
  /** Hosts that stand apart, and what is needed on them. */
  z.strictObject({ kind: z.literal('apart'), apart: z.enum(APART) }),
  /** Updates that hosts need and may install by whether the server has their files, and these hosts. */
  z.strictObject({ kind: z.literal('cache'), cache: z.enum(CACHE) }),
  /** Hosts of a campaign by where they stand, or by which of its facts is true of them. */
  z.strictObject({ kind: z.literal('campaign'), id: opaqueId, state: z.enum(CAMPAIGN_SETS) }),
  /** What changed since one last looked. */
  z.strictObject({ kind: z.literal('news'), news: z.enum(NEWS) }),
  /** The hosts of a repository (null: that do not say which), or those that miss files there, or scan with an old index. */
  z.strictObject({ kind: z.literal('repository'), url: line.nullable(), measure: z.enum(REPOSITORY_MEASURES) }),
]);

/** What a number speaks of. */
export type Where = z.infer<typeof where>;

export type Apart = (typeof APART)[number];
export type CacheState = (typeof CACHE)[number];
export type NewsKind = (typeof NEWS)[number];

export const behindRequest = z.strictObject({ where });

/** Hosts and updates behind a number, each once; the updates in the order of the store. */
export interface FleetSet {
  readonly uuids: readonly string[];
  readonly updateIds: readonly string[];
}

/** Updates, and how many bytes their files are, the very same files once; those of unknown size are in no sum. */
export interface CacheFigure {
  readonly updates: number;
  readonly bytes: number;
  readonly unknownSizes: number;
}

/** The fleet at a glance. */
export interface FleetOverview {
  readonly freshness: Freshness;
  /** The hosts list was cut off: there are more hosts than these. */
  readonly isCutOff: boolean;
  readonly staleDays: number;
  /** Every entry of every dimension; in each dimension the ones with most hosts first. */
  readonly cells: readonly Cell[];
  /** How hosts spell the systems that have several names, in the languages of Windows; by the entry of `os`. */
  readonly systemNames: Readonly<Record<string, readonly string[]>>;
  /** Hosts that are no Windows hosts: in no figure. */
  readonly otherHosts: number;
  readonly apart: Readonly<Record<Apart, number>>;
  /** Windows hosts that do not say whether they wait for a reboot. */
  readonly rebootUnsaid: number;
  readonly cache: Readonly<Record<CacheState, CacheFigure>>;
  /** The index as the server had it when it was last asked; null: never asked. */
  readonly index: IndexState | null;
  /** Counted hosts by the date of the index they scanned against, newest first; null: they do not say. */
  readonly indexDates: readonly { readonly date: string | null; readonly hosts: number }[];
}

export const trendRequest = z.strictObject({
  dimension: z.enum(DIMENSIONS),
  key: line,
  /** How many days back. */
  days: z.number().int().min(1).max(1_200),
});

/** The figures of one entry at the end of a day, as the last complete reading of that day had them. */
export interface TrendPoint
  extends Pick<
    Cell,
    'hosts' | 'counted' | 'neverScanned' | 'raw' | 'allowed' | 'pending' | 'missing' | 'failed' | 'neededRows'
  > {
  /** Local date, `YYYY-MM-DD`. */
  readonly day: string;
  /** The limit of stale scans that held. */
  readonly staleDays: number;
}

export interface Trend {
  /** Oldest first; days without a complete reading have no point. */
  readonly points: readonly TrendPoint[];
  /** The first day of which anything is kept; null: none. */
  readonly since: string | null;
}

/** What changed since one last looked; null where one looks for the first time. */
export interface FleetNews {
  /** When one looked before, ISO with zone. */
  readonly before: string | null;
  readonly counts: Readonly<Record<NewsKind, number>> | null;
  /** Hosts that the server no longer has. */
  readonly goneHosts: number;
  /** Compliant hosts then and now, of how many that counted. */
  readonly was: { readonly counted: number; readonly raw: number; readonly allowed: number } | null;
  readonly is: { readonly counted: number; readonly raw: number; readonly allowed: number };
  /** Dates of the index then and now, where they differ. */
  readonly index: { readonly was: string | null; readonly is: string | null } | null;
}
