import type { ControlFields } from '../../wapt/index.ts';
import type { HistoryEntry } from '../server/records.ts';
import type { RuleLists } from './rules.ts';

/** What a host's Windows knows of one update that applies to it. */
export type LocalUpdate = {
  readonly installed: boolean;
  readonly installDate: string | null;
  readonly downloaded: boolean;
  readonly history: readonly HistoryEntry[];
};

/** A package that is installed on a host. */
export type InstalledPackage = {
  readonly package: string;
  readonly version: string;
  readonly section: string;
  readonly packageUuid: string;
  readonly signatureDate: string;
  readonly control: ControlFields;
  /** The rule file of a package of section `wsus`; null for others. */
  readonly rules: RuleLists | null;
  readonly installDate: string;
  readonly explicitBy: string | null;
  readonly status: string;
  readonly output: string;
};

/** Everything a host remembers between two starts of the lab. Times in milliseconds of the lab's clock. */
export type AgentState = {
  readonly updates: Readonly<Record<string, LocalUpdate>>;
  readonly packages: readonly InstalledPackage[];
  /** Packages somebody asked for by name, beside those of the groups. */
  readonly wanted: readonly string[];
  /** Date of the index that the last scan used. */
  readonly indexDate: number | null;
  readonly lastScan: number | null;
  readonly lastScanSeconds: number | null;
  readonly lastInstall: number | null;
  readonly lastInstallResult: string | null;
  readonly lastInstallBatch: readonly string[];
  readonly rebootRequired: boolean;
  readonly lastError: string | null;
};
