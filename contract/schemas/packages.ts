import { z } from 'zod';
import type { LegacyRules } from '../../domain/legacy-rules.ts';
import type { Rules } from '../../domain/rules.ts';
import { keptBuilder } from './builder.ts';
import { type CertificateView, line, opaqueId } from './common.ts';

/** What is known of the signature of a package: verified, intact with an unknown signer, refused with the reason, or not read yet. */
export type Verification =
  | { readonly kind: 'verified' }
  | { readonly kind: 'intact' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'pending' };

/** One rule package of the repository's index. */
export interface RulePackage {
  /** As in the index; the key of one published version. */
  readonly filename: string;
  readonly package: string;
  readonly version: string;
  readonly maturity: string;
  readonly description: string;
  readonly signer: string;
  readonly signerFingerprint: string;
  /** Local time of the signer, ISO without zone. */
  readonly signatureDate: string;
  readonly size: number | null;
  /** The whole control record, for the hidden columns of protocol 8.5. */
  readonly control: Readonly<Record<string, string | number>>;
  readonly isNewest: boolean;
  /** Hosts that have this name and version installed, and those that have the name in any state. */
  readonly hostsInstalled: number;
  readonly hostsAny: number;
  readonly verification: Verification;
  readonly isLegacy: boolean;
}

export interface PackageList {
  readonly packages: readonly RulePackage[];
  /** When the index was read, ISO with zone; null before. */
  readonly readAt: string | null;
  readonly isOffline: boolean;
}

export const packageRef = z.strictObject({ filename: z.string().min(1).max(300) });

/** A package opened for reading or editing. */
export interface PackageContent {
  readonly filename: string;
  readonly package: string;
  readonly version: string;
  readonly maturity: string;
  readonly description: string;
  readonly rules: Rules;
  /** Keys of the rule file that the console does not edit and keeps. */
  readonly unknownKeys: readonly string[];
  /** Wrong types found in the rule file, by key. */
  readonly problems: readonly { readonly key: string; readonly problem: string }[];
  readonly verification: Verification;
  readonly certificate: CertificateView | null;
  readonly isLegacy: boolean;
  /** The lists of a package of 2015 with the nulls that restrict nothing; null for packages of today. */
  readonly legacy: LegacyRules | null;
}

/** A host that has a package (protocol 2.5). */
export interface PackageHost {
  readonly uuid: string;
  readonly fqdn: string;
  readonly description: string | null;
  readonly reachable: string | null;
  readonly installStatus: string | null;
  readonly version: string | null;
  readonly installDate: string | null;
}

const entries = (length: number) => z.array(z.string().min(1).max(length)).max(1_000_000);

export const rulesSchema = z.strictObject({
  allowedUpdates: entries(200),
  forbiddenUpdates: entries(200),
  allowedKbs: entries(40),
  forbiddenKbs: entries(40),
  allowedProducts: entries(400),
  allowedSeverities: entries(40),
  allowedClassifications: entries(400),
});

/** What one edits; kept on disk at every change. */
export const draftInput = z.strictObject({
  id: opaqueId.nullable(),
  package: z.string().max(200),
  description: z.string().max(20_000),
  maturity: z.string().max(40),
  rules: rulesSchema,
  /** File name and version the draft was opened from; null for a new package. */
  base: z.strictObject({ filename: z.string().max(300), version: z.string().max(100) }).nullable(),
  /** Filters that can be run again; left out: those that the draft, or the last publication of its package, had. */
  builders: z.array(keptBuilder).max(100).optional(),
});

/** A draft; `savedAt` ISO with zone. */
export interface Draft extends z.infer<typeof draftInput> {
  readonly id: string;
  readonly savedAt: string;
}

export const draftRef = z.strictObject({ draftId: opaqueId });

/** What publishing would do, asked before. */
export interface PublishCheck {
  /** The version that will be published: incremented until it is greater than every published one. */
  readonly version: string;
  readonly filename: string;
  /** Set when the newest published version is not the one the draft was opened from. */
  readonly movedTo: string | null;
  /** KBs whose known ids will be written beside them. */
  readonly addedIds: number;
  readonly ruleCount: number;
  readonly isNew: boolean;
  /** Whose the opened version is: of an unknown signer only the rules go on. */
  readonly base: 'verified' | 'intact' | 'none';
}

export const publishRequest = z.strictObject({
  draftId: opaqueId,
  /** The version one confirmed; when the repository moved past it, nothing is uploaded. */
  version: z.string().max(100),
  /** Publish although the package moved under the draft. */
  overMoved: z.boolean(),
  reason: line,
});

export interface Published {
  readonly filename: string;
  readonly package: string;
  readonly version: string;
}

export const deletePackages = z.strictObject({
  filenames: z.array(z.string().min(1).max(300)).min(1).max(500),
  reason: line,
});
