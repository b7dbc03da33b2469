import type { ControlFields } from '../../wapt/index.ts';
import { day, isoMicroseconds } from '../clock.ts';
import type { Catalogue } from '../origin/catalogue.ts';
import { publishedIndex } from '../origin/origin.ts';
import { evaluate, type FilesOnServer, type ScanResult } from './evaluate.ts';
import { firstAgentState } from './first-state.ts';
import type { HostProfile, LabGroups } from './profile.ts';
import { filesFor } from './repositories.ts';
import { mergeRules, type RuleLists } from './rules.ts';
import type { AgentState, InstalledPackage } from './state.ts';

/** The first rule packages with their controls. */
export type FirstPackages = readonly { readonly control: ControlFields; readonly rules: RuleLists | null }[];

/** What hosts were on the day the lab began. It is computed when somebody asks: a large lab need not write it down. */
export type Past = {
  /** Date of the index that the server had, in milliseconds. */
  readonly index: number;
  readonly state: (profile: HostProfile) => AgentState;
  /** What the first scan found, with these files on the server; null for a host that was never scanned. */
  readonly scan: (profile: HostProfile, state: AgentState, onServer: FilesOnServer) => ScanResult | null;
};

/** How old the index of a new lab's server is: fresh enough to work, old enough to be worth a click. */
const indexAge = 6 * day;

const installedPackages = (
  profile: HostProfile,
  packages: FirstPackages,
  groups: LabGroups,
  created: number,
): InstalledPackage[] => {
  if (profile.behaviour === 'other-signer' || profile.behaviour === 'old-agent') return [];
  const names = new Set(profile.groups.flatMap((group) => [group, ...(groups[group] ?? [])]));
  return packages
    .filter(({ control }) => names.has(String(control['package'])))
    .map(({ control, rules }) => ({
      package: String(control['package']),
      version: String(control['version']),
      section: String(control['section']),
      packageUuid: String(control['package_uuid']),
      signatureDate: String(control['signature_date']),
      control,
      rules,
      installDate: isoMicroseconds(created - 19 * day),
      explicitBy: null,
      status: 'OK',
      output: '',
    }));
};

/** The past of a lab made at `created`, with the packages it began with. */
export function makePast(catalogue: Catalogue, packages: FirstPackages, groups: LabGroups, created: number): Past {
  const index = publishedIndex(created - indexAge);
  return {
    index,
    state: (profile) =>
      firstAgentState(catalogue, profile, created, index, installedPackages(profile, packages, groups, created)),
    scan: (profile, state, onServer) => {
      if (state.lastScan === null || state.indexDate === null) return null;
      const lists = [
        ...state.packages.flatMap((one) => one.rules ?? []),
        { allowed_severities: profile.options.allowed_severities },
      ];
      const rules = mergeRules(lists, profile.options);
      return evaluate(catalogue, profile, state, state.indexDate, rules, filesFor(profile, onServer), state.lastScan);
    },
  };
}
