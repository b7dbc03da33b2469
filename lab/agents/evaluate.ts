import { isoSeconds } from '../clock.ts';
import {
  byPublication,
  type Catalogue,
  type CatalogueUpdate,
  classificationIn,
  type Language,
} from '../origin/catalogue.ts';
import { seededRandom } from '../random.ts';
import type { LocalStatus, ReportedUpdate } from '../server/records.ts';
import { orphanRows } from './odd.ts';
import type { HostProfile } from './profile.ts';
import { isAllowed, isDelayed, type MergedRules } from './rules.ts';
import type { AgentState, LocalUpdate } from './state.ts';

const described = new WeakMap<CatalogueUpdate, Partial<Record<Language, ReportedUpdate>>>();

/** An update as an agent describes it, in the language of its host. */
export function describe(update: CatalogueUpdate, language: Language): ReportedUpdate {
  const known = described.get(update) ?? {};
  described.set(update, known);
  known[language] ??= description(update, language);
  return known[language];
}

const description = (update: CatalogueUpdate, language: Language): ReportedUpdate => ({
  update_id: update.id,
  title: update.title[language],
  update_type: update.type,
  kbids: update.kbs,
  severity: update.severity,
  changetime: update.published === null ? null : isoSeconds(update.published),
  product: update.product,
  classification: classificationIn(language, update.classification),
  download_urls: update.files.map((file) => file.url),
  min_download_size: update.minSize,
  max_download_size: update.maxSize,
  superseded_update_ids: update.supersedes,
  security_bulletin_ids: update.bulletins,
  is_mandatory: false,
  reboot_behaviour: update.classification === 'Security Updates' ? 'CanRequestReboot' : 'NeverReboots',
  can_request_user_input: 'False',
  requires_network_connectivity: false,
  is_beta: false,
  is_uninstallable: update.classification !== 'Definition Updates' && update.type === 'Software',
  installation_impact: 'Normal',
  uninstallation_impact: null,
  support_url:
    update.kbs[0] === undefined
      ? 'https://support.microsoft.com'
      : `https://support.microsoft.com/help/${update.kbs[0]}`,
  release_notes: null,
  uninstallation_notes: null,
  languages: update.trait === 'french' ? ['fr-fr'] : [],
});

/** Whether an update can ever concern a host: its Windows, what is installed on it, its hardware. */
function appliesTo(update: CatalogueUpdate, profile: HostProfile): boolean {
  if (!update.families.includes(profile.family)) return false;
  if (update.trait !== null && !profile.traits.includes(update.trait)) return false;
  return update.type !== 'Driver' || seededRandom(`${profile.uuid} ${update.guid}`).chance(0.25);
}

let lately: {
  readonly catalogue: Catalogue;
  readonly profile: HostProfile;
  readonly indexDate: number;
  readonly visible: readonly CatalogueUpdate[];
} | null = null;

/** What a host can see: everything that applies and was known to the index it scans against, oldest first. */
export function visibleUpdates(
  catalogue: Catalogue,
  profile: HostProfile,
  indexDate: number,
): readonly CatalogueUpdate[] {
  // One asks for the same twice in a row: for what a host remembers, and for what it reports.
  if (lately?.catalogue === catalogue && lately.profile === profile && lately.indexDate === indexDate)
    return lately.visible;
  const visible = lookAt(catalogue, profile, indexDate);
  lately = { catalogue, profile, indexDate, visible };
  return visible;
}

function lookAt(catalogue: Catalogue, profile: HostProfile, indexDate: number): CatalogueUpdate[] {
  const applying = catalogue.common.filter((update) => appliesTo(update, profile));
  const own = profile.lines.flatMap((line) => catalogue.lines.get(line) ?? []);
  const all = own.length === 0 ? applying : [...applying, ...own].sort(byPublication);
  return all.filter((update) => (update.published ?? 0) <= indexDate);
}

/** The newest update of each chain: all that an offline scan offers (protocol 9.5). */
export function newestOfChains(visible: readonly CatalogueUpdate[]): Set<string> {
  const newest = new Map<string, string>();
  for (const update of visible) newest.set(update.chain, update.id);
  return new Set(newest.values());
}

/** Where files are: on the WAPT server, by name. */
export type FilesOnServer = (name: string) => boolean;

const unknownUpdate: LocalUpdate = { installed: false, installDate: null, downloaded: false, history: [] };

/** Whether the last thing that happened to an update on the host was a failure. */
export const lastFailed = (local: LocalUpdate): boolean =>
  /^(0x8|-?2\d{9}$)/i.test(local.history.at(-1)?.result_code ?? '');

/** What a scan finds: descriptions and statuses to push, in the order of publication. */
export type ScanResult = { readonly updates: readonly ReportedUpdate[]; readonly statuses: readonly LocalStatus[] };

const neededStatus = (
  update: CatalogueUpdate,
  local: LocalUpdate,
  profile: HostProfile,
  rules: MergedRules,
  onServer: FilesOnServer,
  now: number,
): Pick<LocalStatus, 'status' | 'allowed' | 'hidden' | 'delayed'> => {
  if (!isAllowed(rules, describe(update, profile.language)))
    return { status: 'DISCARDED', allowed: false, hidden: true, delayed: false };
  if (isDelayed(rules, update.published, now))
    return { status: 'DISCARDED', allowed: true, hidden: true, delayed: true };
  const base = { allowed: true, hidden: false, delayed: false };
  if (lastFailed(local)) return { ...base, status: 'ERROR' };
  const reachable =
    local.downloaded || profile.options.allow_direct_download || update.files.every((file) => onServer(file.name));
  return { ...base, status: reachable ? 'PENDING' : 'MISSING' };
};

/** Scans: what applies to the host against the index it has, and what its rules say of it (protocol 9.1, 9.4). */
export function evaluate(
  catalogue: Catalogue,
  profile: HostProfile,
  state: Pick<AgentState, 'updates'>,
  indexDate: number,
  rules: MergedRules,
  onServer: FilesOnServer,
  now: number,
): ScanResult {
  const visible = visibleUpdates(catalogue, profile, indexDate);
  const newest = newestOfChains(visible);
  const newerInstalled = new Set<string>();
  const replacedFrom = [...visible].reverse().filter((update) => {
    const replaced = newerInstalled.has(update.chain);
    if (state.updates[update.id]?.installed === true) newerInstalled.add(update.chain);
    return replaced;
  });
  const replaced = new Set(replacedFrom.map((update) => update.id));
  const updates: ReportedUpdate[] = [];
  const statuses: LocalStatus[] = [];
  for (const update of visible) {
    const known = state.updates[update.id];
    const local = known ?? unknownUpdate;
    const offered = newest.has(update.id);
    if (known === undefined && !offered) continue;
    const common = {
      update_id: update.id,
      installed: local.installed,
      present: offered || local.installed,
      downloaded: local.downloaded || local.installed,
      install_date: local.installDate,
      history: local.history,
    };
    updates.push(describe(update, profile.language));
    if (local.installed) statuses.push({ ...common, status: 'OK', allowed: true, hidden: false, delayed: false });
    else if (!offered || replaced.has(update.id)) {
      const allowed = isAllowed(rules, describe(update, profile.language));
      statuses.push({ ...common, status: 'SUPERSEDED', allowed, hidden: false, delayed: false });
    } else statuses.push({ ...common, ...neededStatus(update, local, profile, rules, onServer, now) });
  }
  if (profile.oddity === 'orphans') statuses.push(...orphanRows());
  return { updates, statuses };
}
