import type { Clock } from '../clock.ts';
import type { Catalogue } from '../origin/catalogue.ts';
import type { ColdTable } from '../server/database.ts';
import type { Downloads } from '../server/downloads.ts';
import type { HostPackages } from '../server/host-packages.ts';
import type { HostPackage, LocalStatus } from '../server/records.ts';
import type { Repository } from '../server/repository.ts';
import type { Store } from '../server/store.ts';
import { evaluate, type ScanResult } from './evaluate.ts';
import { clockError } from './odd.ts';
import type { HostProfile } from './profile.ts';
import { firstHash, isPending, packageRows, reportHash, waptwuaStatus, wuauservStatus } from './report.ts';
import { filesFor } from './repositories.ts';
import { type MergedRules, mergeRules } from './rules.ts';
import type { AgentState } from './state.ts';

/** What the hosts of a lab live in: the server they report to, and Microsoft's catalogue behind it. */
export type World = {
  readonly store: Store;
  readonly agents: ColdTable<AgentState>;
  /** The first scan of a host, which nobody wrote down. */
  readonly firstScan: (profile: HostProfile) => ScanResult | null;
  readonly catalogue: Catalogue;
  readonly repository: Repository;
  readonly hostPackages: HostPackages;
  readonly downloads: Downloads;
  readonly clock: Clock;
  /** Whether hosts know the Windows Update actions. */
  readonly windowsUpdates: boolean;
};

/** What one host knows, and how it tells the server: only what changed since the last time (protocol 4.9). */
export type Memory = {
  readonly profile: HostProfile;
  /** The time by the clock of the host, in milliseconds. */
  readonly now: () => number;
  readonly state: () => AgentState;
  readonly change: (change: Partial<AgentState>) => void;
  readonly rules: () => MergedRules;
  /** Scans against the index that the host has; null when it has none. */
  readonly scan: () => ScanResult | null;
  /** Statuses as last pushed. */
  readonly statuses: () => readonly LocalStatus[];
  /** Pushes rows, status and packages; `phase` while a task runs. */
  readonly push: (options?: {
    readonly phase?: string;
    readonly installing?: boolean;
    readonly descriptions?: boolean;
  }) => void;
};

/** Opens the memory of one host. */
export function openMemory(world: World, profile: HostProfile): Memory {
  const { store, agents, catalogue, downloads, clock } = world;
  const state = (): AgentState => {
    const known = agents.get(profile.uuid);
    if (known === undefined) throw new Error(`host ${profile.uuid} has no state`);
    return known;
  };
  const rules = (): MergedRules =>
    mergeRules(
      [
        ...state().packages.flatMap((one) => one.rules ?? []),
        { allowed_severities: profile.options.allowed_severities },
      ],
      profile.options,
    );
  const now = (): number => clock.now() + clockError(profile);
  const scan = (): ScanResult | null => {
    const { indexDate } = state();
    if (indexDate === null) return null;
    return evaluate(catalogue, profile, state(), indexDate, rules(), filesFor(profile, downloads.has), now());
  };
  const firstTold = (field: string): string => {
    const first = world.firstScan(profile);
    return reportHash(field === 'waptwua_updates' ? first?.updates : first?.statuses);
  };
  const statuses = (): readonly LocalStatus[] => store.statuses.get(profile.uuid) ?? [];

  const push: Memory['push'] = (options = {}) =>
    store.database.transaction(() => {
      const { phase, installing = false, descriptions = false } = options;
      const host = store.hosts.get(profile.uuid);
      const hashes = { ...((host?.['status_hashes'] ?? {}) as Record<string, string>) };
      const changed = (field: string, value: unknown): boolean => {
        const hash = reportHash(value);
        const told = hashes[field] === firstHash(field, profile.uuid) ? firstTold(field) : hashes[field];
        const different = told !== hash;
        if (different) hashes[field] = hash;
        return different;
      };
      const result = phase === undefined && state().lastScan !== null ? scan() : null;
      if (result !== null) {
        if (descriptions && changed('waptwua_updates', result.updates)) store.reportUpdates(result.updates);
        if (changed('waptwua_updates_localstatus', result.statuses))
          store.reportStatuses(profile.uuid, result.statuses);
      }
      const missingFiles = statuses()
        .filter((row) => row.status === 'MISSING')
        .flatMap((row) => catalogue.byId.get(row.update_id)?.files ?? [])
        .filter((file) => !filesFor(profile, downloads.has)(file.name))
        .map((file) => file.url);
      const status = waptwuaStatus(profile, state(), isPending(statuses()), missingFiles, phase ?? null);
      const service = wuauservStatus(profile, state(), installing);
      changed('waptwua_status', status);
      changed('wuauserv_status', service);
      store.patchHost(profile.uuid, {
        waptwua_status: status,
        wuauserv_status: service,
        status_hashes: hashes,
        last_seen_on: clock.utcStamp(),
      });
    });

  return {
    profile,
    now,
    state,
    change: (change) => agents.set(profile.uuid, { ...state(), ...change }),
    rules,
    scan,
    statuses,
    push,
  };
}

const rowKey = (row: HostPackage): string => `${row.package} ${row.package_uuid ?? ''}`;

/** Pushes the packages of a host as rows, with the names that its groups ask for and nobody has published. */
export function pushPackages(
  world: World,
  memory: Memory,
  missing: readonly string[],
  errors: readonly string[],
): void {
  const { store, clock } = world;
  const { profile } = memory;
  const rows = packageRows(profile, memory.state(), missing, 1, clock.utcStamp());
  const known = new Map((store.hostPackages.get(profile.uuid) ?? []).map((row) => [rowKey(row), row]));
  store.hostPackages.set(
    profile.uuid,
    rows.map((row) => ({
      ...row,
      id: known.get(rowKey(row))?.id ?? store.nextId('host_packages'),
    })),
  );
  const status = store.hosts.get(profile.uuid)?.['last_update_status'] as Readonly<Record<string, unknown>> | undefined;
  store.patchHost(profile.uuid, {
    host_status: errors.length > 0 ? 'ERROR' : 'OK',
    last_update_status: { ...status, date: clock.utcStamp(), errors },
    last_seen_on: clock.utcStamp(),
  });
}
