import { z } from 'zod';
import type { Decision, UnknownFact } from '../../domain/decision.ts';
import type { FactSource, StatedOptions } from '../../domain/facts.ts';
import type { RuleList } from '../../domain/rules.ts';
import type { RowState } from '../../domain/update.ts';
import type { Warning } from '../../domain/warnings.ts';
import { CONTRADICTION_REASONS, type ContradictionReason } from '../contradictions.ts';
import { hostUuid, opaqueId, updateId } from './common.ts';

const decision = z.enum(['allowed', 'forbidden', 'held-back', 'unknown']);

export type { ContradictionReason };

const limit = z.int().min(1).max(50_000);

export const pairsRequest = z.strictObject({
  draftId: opaqueId,
  before: decision,
  after: decision,
  isStale: z.boolean(),
  limit,
});

export const contradictionsRequest = z.strictObject({
  /** Only hosts that hold the package of this draft; null: the whole fleet. */
  draftId: opaqueId.nullable(),
  reason: z.enum(CONTRADICTION_REASONS).nullable(),
  limit,
});

export const whyRequest = z.strictObject({
  updateId,
  /** One host; null: every host that reports the update. */
  uuid: hostUuid.nullable(),
  /** As if this draft were published and installed; null: by the rules that hosts have. */
  draftId: opaqueId.nullable(),
});

export const stateRequest = z.strictObject({
  /** A package that host packages depend on, or `*` for every host. */
  group: z.string().min(1).max(200),
  defaultAllow: z.boolean().nullable(),
  /** A duration as in the ini file, `7d`. */
  installDelay: z.string().max(40).nullable(),
  language: z.string().max(20).nullable(),
  /** What the agent's own section allows; empty = nothing. */
  allowedSeverities: z
    .array(z.enum(['Critical', 'Important', 'Moderate', 'Low']))
    .max(4)
    .nullable(),
});

/** Pairs host × update that go from one decision to another, or stay. */
export interface Move {
  readonly before: Decision;
  readonly after: Decision;
  readonly pairs: number;
}

/** What changes on one part of the fleet. */
export interface ForecastPart {
  readonly hosts: number;
  readonly changedHosts: number;
  readonly pairs: number;
  readonly moves: readonly Move[];
}

/** Pairs whose reported state contradicts the published rules, by likely reason. */
export interface ContradictionCount {
  readonly reason: ContradictionReason;
  readonly pairs: number;
  readonly hosts: number;
}

/** What publishing a draft would change, over the reported rows of the hosts that hold its package. */
export interface RuleForecast {
  readonly draftId: string;
  readonly package: string;
  /** Of the state of the draft it was computed for. */
  readonly savedAt: string;
  readonly computedAt: string;
  /** Hosts that have the package, and those that will get it because they depend on it; what is left of them would refuse it. */
  readonly holders: {
    readonly hosts: number;
    readonly have: number;
    readonly willGet: number;
    /** Beside these: hosts of which nobody knows whether a profile brings it to them. */
    readonly unsure: number;
  };
  readonly fresh: ForecastPart;
  /** Hosts whose scan is old are counted apart; never scanned ones have no pairs at all. */
  readonly stale: ForecastPart & { readonly neverScanned: number };
  /** Bytes: the server fetches once an update whose files it lacks, hosts once a pair. Fresh hosts only. */
  readonly serverBytes: number;
  readonly hostBytes: number;
  /** Fresh holders that lack a fact. */
  readonly unknown: {
    readonly defaultAllow: number;
    readonly installDelay: number;
    readonly language: number;
    readonly packageContent: number;
    readonly directoryGroups: number;
  };
  /** Rule packages on holders whose content is not known. */
  readonly unread: readonly { readonly package: string; readonly version: string; readonly hosts: number }[];
  /** Holders that also hold a package of 2015, which no forecast covers. */
  readonly legacyHosts: number;
  readonly contradictions: readonly ContradictionCount[];
  /** At most 100 of a kind; `warningCounts` has them all. */
  readonly warnings: readonly Warning[];
  readonly warningCounts: Readonly<Partial<Record<Warning['kind'], number>>>;
  readonly ruleCount: number;
  readonly addedIds: number;
}

/** One pair behind a number. In a contradiction `before` is what the host reports and `after` what the rules say. */
export interface RulePair {
  readonly uuid: string;
  readonly fqdn: string;
  readonly updateId: string;
  readonly title: string;
  readonly kbids: readonly string[];
  readonly changetime: string | null;
  readonly state: RowState;
  readonly status: string | null;
  readonly before: Decision;
  readonly after: Decision;
  readonly reason: ContradictionReason | null;
}

export interface RulePairs {
  readonly pairs: readonly RulePair[];
  readonly total: number;
  readonly isCutOff: boolean;
}

export interface Contradictions extends RulePairs {
  readonly counts: readonly ContradictionCount[];
}

/** What decided. Packages by name; `[waptwua]` is the agent's own section. */
export type WhyReason =
  | {
      readonly kind: 'rule';
      readonly list: RuleList;
      readonly entry: string;
      readonly packages: readonly string[];
    }
  | { readonly kind: 'default'; readonly defaultAllow: boolean; readonly source: FactSource }
  | { readonly kind: 'unknown'; readonly missing: UnknownFact; readonly packages: readonly string[] };

/** What would change a decision: of `remove-entry` all together, of the others each alone. */
export type WhyChange =
  | { readonly kind: 'remove-entry'; readonly package: string; readonly list: RuleList; readonly entry: string }
  | {
      readonly kind: 'add-kb';
      readonly package: string;
      readonly list: 'allowedKbs' | 'forbiddenKbs';
      readonly kb: string;
    }
  | {
      readonly kind: 'add-id';
      readonly package: string;
      readonly list: 'allowedUpdates' | 'forbiddenUpdates';
      readonly updateId: string;
    }
  | { readonly kind: 'wait'; readonly until: string }
  | {
      readonly kind: 'install-package';
      readonly package: string;
      readonly version: string;
      /** The hosts that lack it. */
      readonly uuids: readonly string[];
    }
  | { readonly kind: 'scan' }
  | { readonly kind: 'state'; readonly fact: Exclude<UnknownFact, 'package-content' | 'directory-groups'> }
  | { readonly kind: 'read-package'; readonly package: string; readonly version: string }
  /** The host must say in which directory groups it is. */
  | { readonly kind: 'name-directory-groups' }
  | {
      readonly kind: 'change-agent-option';
      readonly option: 'default_allow' | 'allowed_severities' | 'install_delay';
    };

/** Hosts on which an update stands alike, for the same reason. */
export interface WhyGroup {
  readonly decision: Decision;
  /** Without the draft. */
  readonly before: Decision;
  readonly reason: WhyReason;
  /** ISO with zone. */
  readonly heldUntil: string | null;
  readonly defaultAllow: { readonly value: boolean | null; readonly source: FactSource };
  /** Milliseconds. */
  readonly installDelay: { readonly value: number | null; readonly source: FactSource };
  readonly language: { readonly value: string | null; readonly source: FactSource };
  readonly packages: readonly {
    readonly package: string;
    readonly version: string | null;
    readonly isRead: boolean;
    readonly isDraft: boolean;
  }[];
  readonly hosts: number;
  readonly staleHosts: number;
  /** All of them. */
  readonly uuids: readonly string[];
  /** The first of them by name. */
  readonly examples: readonly { readonly uuid: string; readonly fqdn: string }[];
  readonly reported: readonly { readonly state: RowState; readonly hosts: number }[];
  readonly contradictions: readonly { readonly reason: ContradictionReason; readonly hosts: number }[];
  readonly changes: readonly WhyChange[];
}

/** Why an update is allowed, forbidden or held back. */
export interface Why {
  readonly updateId: string;
  readonly title: string;
  readonly kbids: readonly string[];
  readonly changetime: string | null;
  readonly draft: { readonly draftId: string; readonly package: string; readonly savedAt: string } | null;
  readonly groups: readonly WhyGroup[];
}

/** A group of the fleet, what was stated for it, and how many of its hosts still lack each fact. */
export interface StatedGroup {
  readonly group: string;
  readonly hosts: number;
  readonly unknown: {
    readonly defaultAllow: number;
    readonly installDelay: number;
    readonly language: number;
    readonly allowedSeverities: number;
  };
  readonly stated: StatedOptions | null;
}

export interface Stated {
  readonly groups: readonly StatedGroup[];
}

/** How the rules that hosts have cover what they need: pairs of fresh hosts. */
export interface Coverage {
  readonly computedAt: string;
  readonly updates: readonly {
    readonly updateId: string;
    readonly hosts: number;
    /** No package mentions it; also counted in the decision it falls to. */
    readonly unruled: number;
    readonly allowed: number;
    readonly forbidden: number;
    readonly heldBack: number;
    readonly unknown: number;
  }[];
}
