import { day, hour, isoSeconds } from '../clock.ts';
import type { Catalogue, CatalogueUpdate } from '../origin/catalogue.ts';
import { seededRandom } from '../random.ts';
import type { HistoryEntry } from '../server/records.ts';
import { newestOfChains, visibleUpdates } from './evaluate.ts';
import { clockError } from './odd.ts';
import type { HostProfile } from './profile.ts';
import type { AgentState, InstalledPackage, LocalUpdate } from './state.ts';

/** One line of the log that Windows keeps of an update; a failure carries its code. */
export function historyEntry(
  update: CatalogueUpdate,
  profile: HostProfile,
  date: number,
  failure: string | null,
): HistoryEntry {
  return {
    date: isoSeconds(date),
    operation: 'Installation',
    result_code: failure ?? 'Succeeded',
    categories: update.product === null || update.product === '' ? [] : [update.product],
    application_id: 'wapt',
    title: update.title[profile.language],
    description: update.kbs[0] === undefined ? '' : `https://support.microsoft.com/help/${update.kbs[0]}`,
    update_id: update.id,
  };
}

/** When a host was last scanned before the lab began, in milliseconds; null for one that never was. */
const firstScan = (profile: HostProfile, created: number, index: number, draw: number): number | null => {
  switch (profile.behaviour) {
    case 'never-scanned':
    case 'old-agent':
      return null;
    case 'gone':
      return created - (24 + draw * 30) * day;
    case 'offline':
      return Math.min(created - (1 + draw * 5) * day, index + 4 * hour);
    default:
      return created - (1 + draw * 30) * hour;
  }
};

/** The state of a host on the day the lab begins: a past of installed updates, some lag, and for some a failure. */
export function firstAgentState(
  catalogue: Catalogue,
  profile: HostProfile,
  created: number,
  serverIndex: number,
  packages: readonly InstalledPackage[],
): AgentState {
  const random = seededRandom(`state ${profile.uuid}`);
  const scanned = firstScan(profile, created, serverIndex, random.next());
  const lastScan = scanned === null ? null : scanned + clockError(profile);
  const indexDate = scanned === null ? null : scanned < serverIndex ? scanned - day : serverIndex;
  const blank: AgentState = {
    updates: {},
    packages,
    wanted: [],
    indexDate,
    lastScan,
    lastScanSeconds: lastScan === null ? null : Math.round((120 + random.next() * 400) * 1000) / 1000,
    lastInstall: null,
    lastInstallResult: null,
    lastInstallBatch: [],
    rebootRequired: random.chance(0.08),
    lastError: null,
  };
  if (lastScan === null || indexDate === null) return blank;

  const chains = new Map<string, CatalogueUpdate[]>();
  const visible = visibleUpdates(catalogue, profile, indexDate);
  for (const update of visible) chains.set(update.chain, [...(chains.get(update.chain) ?? []), update]);
  const newest = newestOfChains(visible);
  const updates: Record<string, LocalUpdate> = {};
  // Some hosts were never reinstalled and report years.
  const depth = random.chance(0.15) ? 40 : random.between(2, 8);
  const failures = [profile.failure, profile.otherFailure].slice(
    0,
    profile.failure === null ? 0 : random.between(1, 2),
  );
  let lastInstall: number | null = null;
  for (const chain of chains.values()) {
    const lag = random.pick([0, 0, 1, 1, 1, 1, 2, 2, 3]);
    const installedCount = Math.max(0, chain.length - lag);
    chain.forEach((update, index) => {
      const installed = index < installedCount;
      if (index < installedCount - depth) return;
      if (!installed && !newest.has(update.id) && random.chance(0.6)) return;
      const installDate = Math.min(
        (update.published ?? created - 400 * day) + random.between(1, 12) * day,
        lastScan - hour,
      );
      const isFailed = !installed && newest.has(update.id) && failures.length > 0 && update.files.length > 0;
      const failure = isFailed ? (failures.shift() ?? null) : null;
      if (installed && installDate > (lastInstall ?? 0)) lastInstall = installDate;
      updates[update.id] = {
        installed,
        installDate: installed ? isoSeconds(installDate) : null,
        downloaded: installed || isFailed,
        history: installed
          ? [historyEntry(update, profile, installDate, null)]
          : isFailed
            ? [historyEntry(update, profile, lastScan - 2 * hour, failure)]
            : [],
      };
    });
  }
  return {
    ...blank,
    updates,
    lastInstall,
    lastInstallResult: profile.failure === null ? 'Succeeded' : `Failed (${profile.failure})`,
    lastError: profile.failure === null ? null : `Installation failed: ${profile.failure}`,
  };
}
