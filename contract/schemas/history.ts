import { z } from 'zod';
import type { Rules } from '../../domain/rules.ts';
import type { Verification } from './packages.ts';

const packageName = z.string().min(1).max(200);
const version = z.string().min(1).max(100);

export const historyRequest = z.strictObject({ package: packageName });
export const versionRef = z.strictObject({ package: packageName, version });
export const diffRequest = z.strictObject({ package: packageName, from: version, to: version });

/** One version of a rule package that the repository or the journal still has. */
export interface PackageVersion {
  readonly package: string;
  readonly version: string;
  /** Null: deleted from the repository, only the journal knows its rules. */
  readonly filename: string | null;
  readonly signer: string | null;
  /** Local time of the signer, ISO without zone; null when only the journal has it. */
  readonly signedOn: string | null;
  readonly verification: Verification | null;
  /** Published from this console: who, when (ISO with zone) and why. */
  readonly published: { readonly user: string; readonly at: string; readonly reason: string } | null;
  readonly ruleCount: number | null;
}

/** What two versions differ in: list by list, and field by field of their controls. */
export interface RulesDiff {
  readonly from: string;
  readonly to: string;
  readonly lists: readonly {
    readonly list: keyof Rules;
    readonly added: readonly string[];
    readonly removed: readonly string[];
  }[];
  /** Ids that only one of them has, left out above: a KB that both name on the same side means them already. */
  readonly besideKbs: number;
  /** Description, maturity, depends and all else that people write into a control; null where it is not known of one of them. */
  readonly control: readonly { readonly field: string; readonly from: string; readonly to: string }[] | null;
}
