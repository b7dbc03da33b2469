import { z } from 'zod';
import { CARRIER_SECTIONS, type CarrierSection } from '../../domain/assignment.ts';
import type { ConsoleError } from '../errors.ts';
import { line } from './common.ts';
import type { ForecastPart } from './rules.ts';

const packageName = z.string().min(1).max(200);

/** Which package is to be assigned. */
export const assignmentRequest = z.strictObject({ package: packageName });

/** A package that can bring others to hosts. */
export interface CarrierRef {
  readonly section: CarrierSection;
  /** Name of the group, distinguished name of the unit, directory group of the profile, uuid of the host. */
  readonly name: string;
}

/** A group, unit or profile that can get a package. */
export interface AssignmentTarget extends CarrierRef {
  readonly section: Exclude<CarrierSection, 'host'>;
  /** Null: nobody has made its package yet; it would be made. */
  readonly version: string | null;
  readonly maturity: string;
  readonly description: string;
  readonly signer: string;
  /** Hosts that stand under it; null where the server did not say. */
  readonly hosts: number | null;
  /** Beside these: hosts that never said in which directory groups they are, where that decides. */
  readonly unsureHosts: number;
  /** `direct`: it asks for the package; `through`: something it asks for does. */
  readonly carries: 'direct' | 'through' | 'none';
}

/** Who gets a package, by the index and the host packages as they were read last. */
export interface Assignment {
  readonly package: string;
  readonly targets: readonly AssignmentTarget[];
  /** Hosts whose own package asks for it. */
  readonly hosts: readonly AssignmentHost[];
  /** Every host that it reaches, in whatever way: uuids. */
  readonly reached: readonly string[];
  /** Beside these: hosts of which nobody knows whether a profile brings it to them. */
  readonly unsure: number;
  /** When the index was read, ISO with zone; null before. */
  readonly readAt: string | null;
}

/** A host in a list. */
export interface AssignmentHost {
  readonly uuid: string;
  readonly fqdn: string;
  readonly description: string | null;
  readonly reachable: string | null;
}

const change = {
  section: z.enum(CARRIER_SECTIONS),
  name: z.string().min(1).max(400),
  action: z.enum(['add', 'remove']),
} as const;

const MOST_CHANGES = 500;

/** What one wants to change. */
export const assignmentChanges = z.strictObject({
  package: packageName,
  changes: z.array(z.strictObject(change)).min(1).max(MOST_CHANGES),
});

/** One package that would be written. */
export interface AssignmentStep extends CarrierRef {
  readonly action: 'add' | 'remove';
  /** The host's name; the same as `name` for others. */
  readonly label: string;
  /** The version of now; null: it will be made. */
  readonly version: string | null;
  readonly signer: string;
  /** Whether its signature holds: `intact` when the profile does not know the signer, who must be accepted before one signs in his stead. */
  readonly trust: 'verified' | 'intact' | 'new';
  /** It is so already: nothing would be written. */
  readonly isSettled: boolean;
  /** Why it cannot be written; null when it can. */
  readonly error: ConsoleError | null;
}

/** What the change does to decisions, once the newest version of the package has come to hosts, or was removed from them. */
export interface AssignmentForecast {
  readonly version: string;
  /** Whether what is in that version is known; if not, what hangs on it is counted as unknown. */
  readonly isRead: boolean;
  readonly fresh: ForecastPart;
  /** Hosts whose scan is old are counted apart; never scanned ones have no pairs at all. */
  readonly stale: ForecastPart & { readonly neverScanned: number };
  /** Bytes: the server fetches once an update whose files it lacks, hosts once a pair. Fresh hosts only. */
  readonly serverBytes: number;
  readonly hostBytes: number;
}

/** What a change would do to hosts. */
export interface AssignmentPreview {
  readonly package: string;
  readonly steps: readonly AssignmentStep[];
  /** Hosts that nothing brought the package to before and something does then; and the reverse. */
  readonly gained: readonly AssignmentHost[];
  readonly lost: readonly AssignmentHost[];
  /** Hosts that may gain or lose it by a profile: they never said in which directory groups they are. */
  readonly unsure: readonly AssignmentHost[];
  /** Hosts that it reaches before and after. */
  readonly kept: number;
  /** Of the gained ones, those that trust no part of the signer's chain; null without a signer. */
  readonly untrusting: readonly AssignmentHost[] | null;
  /** Null where the index has no such package. */
  readonly forecast: AssignmentForecast | null;
}

/** Carries it out. */
export const assignmentApply = z.strictObject({
  package: packageName,
  changes: z
    .array(
      z.strictObject({
        ...change,
        /** The version that was on screen. */
        version: z.string().max(100).nullable(),
        /** The person accepted that its signer is unknown to the profile. */
        acceptSigner: z.boolean(),
      }),
    )
    .min(1)
    .max(MOST_CHANGES),
  reason: line,
});

/** What became of one package. */
export interface AssignmentResult extends CarrierRef {
  readonly action: 'add' | 'remove';
  readonly label: string;
  /**
   * `done`; `merged`: somebody published another version meanwhile, and the change was made on theirs; `unchanged`: it was so already;
   * `overwritten`: ours was published, and somebody replaced it without our change; `failed`.
   */
  readonly outcome: 'done' | 'merged' | 'unchanged' | 'overwritten' | 'failed';
  /** The newest version now; null where it is not known. */
  readonly version: string | null;
  /** Who published meanwhile, by the certificate's name; null: nobody. */
  readonly by: string | null;
  readonly error: ConsoleError | null;
}

/** What became of all of them, in the order asked. */
export interface AssignmentOutcome {
  readonly results: readonly AssignmentResult[];
}
