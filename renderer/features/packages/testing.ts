/** Rows for the tests of this folder and its neighbours. */
import type { PackageContent, RulePackage } from '../../../contract/schemas/packages.ts';
import type { UpdateList } from '../../../contract/schemas/updates.ts';
import type { FilterAnswer } from '../../../domain/catalogue.ts';
import type { Rules } from '../../../domain/rules.ts';
import { blankUpdate, type StateCounts, type UpdateRow } from '../../../domain/update.ts';

const noHosts: StateCounts = {
  reported: 0,
  needed: 0,
  pending: 0,
  missing: 0,
  failed: 0,
  heldBack: 0,
  forbidden: 0,
  done: 0,
  superseded: 0,
};

/** An update of which only what a test names is set. */
export function updateRow(updateId: string, facts: Partial<UpdateRow> = {}): UpdateRow {
  return {
    ...blankUpdate(updateId),
    title: `Update ${updateId}`,
    hosts: noHosts,
    isSuperseded: false,
    ...facts,
  };
}

/** An update list with nothing in it. */
export const noUpdates: UpdateList = {
  rows: [],
  freshness: { syncedAt: null, isOffline: false },
  unscanned: [],
  hostCount: 0,
  neverScanned: 0,
  isCutOff: false,
};

/** What a filter answers where there is no update. */
export const noAnswer: FilterAnswer = {
  ids: [],
  severities: [],
  products: [],
  classifications: [],
  inScope: 0,
  hiddenSuperseded: 0,
  folds: [],
};

/** A published package, the newest of its name. */
export function rulePackage(name: string, version: string, facts: Partial<RulePackage> = {}): RulePackage {
  return {
    filename: `${name}_${version}_PROD.wapt`,
    package: name,
    version,
    maturity: 'PROD',
    description: '',
    signer: 'alice',
    signerFingerprint: 'aa',
    signatureDate: '2026-11-20T10:00:00',
    size: 5_000,
    control: {},
    isNewest: true,
    hostsInstalled: 0,
    hostsAny: 0,
    verification: { kind: 'verified' },
    isLegacy: false,
    ...facts,
  };
}

/** The content of a package that decides `rules`. */
export function packageContent(row: RulePackage, rules: Rules, facts: Partial<PackageContent> = {}): PackageContent {
  return {
    filename: row.filename,
    package: row.package,
    version: row.version,
    maturity: row.maturity,
    description: row.description,
    rules,
    unknownKeys: [],
    problems: [],
    verification: row.verification,
    certificate: null,
    isLegacy: row.isLegacy,
    legacy: null,
    ...facts,
  };
}
