import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ControlFields } from '../../wapt/index.ts';
import { day, hour, isoMicroseconds } from '../clock.ts';
import type { Catalogue } from '../origin/catalogue.ts';
import { contentOf } from '../origin/content.ts';
import { indexContent, publishedIndex } from '../origin/origin.ts';
import { seededRandom } from '../random.ts';
import type { DocumentTable } from '../server/database.ts';
import type { Downloads } from '../server/downloads.ts';
import { writePastTasks } from '../server/past-tasks.ts';
import type { Store } from '../server/store.ts';
import { evaluate } from './evaluate.ts';
import { firstAgentState } from './first-state.ts';
import { type HostProfile, labGroups } from './profile.ts';
import { inventory, packageRows, reportHash, waptwuaStatus, wuauservStatus } from './report.ts';
import { mergeRules, type RuleLists } from './rules.ts';
import type { AgentState, InstalledPackage } from './state.ts';

/** How old the index of a new lab's server is: fresh enough to work, old enough to be worth a click. */
const indexAge = 6 * day;

/** The first rule packages with their controls. */
export type FirstPackages = readonly { readonly control: ControlFields; readonly rules: RuleLists | null }[];

/** Whether a host is connected to the server at the start. */
const isConnected = (profile: HostProfile): boolean => !['offline', 'gone'].includes(profile.behaviour);

const installedPackages = (profile: HostProfile, packages: FirstPackages, created: number): InstalledPackage[] => {
  if (profile.behaviour === 'other-signer' || profile.behaviour === 'old-agent') return [];
  const names = new Set(profile.groups.flatMap((group) => [group, ...(labGroups[group] ?? [])]));
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

/**
 * Fills a new lab: each host's past, what it reported, the files that the server already has, and the record of earlier
 * downloads. `trusted` gives the fingerprints that a host trusts.
 */
export function writeFirstDay(
  store: Store,
  agents: DocumentTable<AgentState>,
  catalogue: Catalogue,
  profiles: readonly HostProfile[],
  downloads: Downloads,
  packages: FirstPackages,
  trusted: (profile: HostProfile) => readonly string[],
): void {
  const { created } = store.meta;
  const random = seededRandom(`first day ${store.meta.seed}`);
  const index = publishedIndex(created - indexAge);
  mkdirSync(downloads.directory, { recursive: true });
  const indexFile = join(downloads.directory, 'wsusscn2.cab');
  writeFileSync(indexFile, indexContent(index));
  utimesSync(indexFile, new Date(index), new Date(index));

  const states = profiles.map((profile) => ({
    profile,
    state: firstAgentState(catalogue, profile, created, index, installedPackages(profile, packages, created)),
  }));

  const needed = new Set<string>();
  const judge = (
    profile: HostProfile,
    state: AgentState,
    has: (name: string) => boolean,
  ): ReturnType<typeof evaluate> | null => {
    if (state.lastScan === null || state.indexDate === null) return null;
    const lists = [
      ...state.packages.flatMap((one) => one.rules ?? []),
      { allowed_severities: profile.options.allowed_severities },
    ];
    return evaluate(
      catalogue,
      profile,
      state,
      state.indexDate,
      mergeRules(lists, profile.options),
      has,
      state.lastScan,
    );
  };
  for (const { profile, state } of states) {
    for (const row of judge(profile, state, () => false)?.statuses ?? []) {
      if (row.status === 'MISSING' || row.status === 'ERROR') needed.add(row.update_id);
    }
  }
  for (const update of catalogue.updates) {
    if (!random.chance(needed.has(update.id) ? 0.5 : (update.published ?? 0) > created - 150 * day ? 0.2 : 0)) continue;
    if ((update.published ?? 0) > index) continue;
    for (const file of update.files) {
      if (file.fault === null) writeFileSync(join(downloads.directory, file.name), contentOf(file.key, file.size));
    }
  }

  store.database.transaction(() => {
    for (const { profile, state } of states) {
      agents.set(profile.uuid, state);
      const result = judge(profile, state, downloads.has);
      const seen =
        profile.behaviour === 'never-scanned' || profile.behaviour === 'old-agent'
          ? created - random.next() * hour
          : state.lastScan;
      const missingFiles = (result?.statuses ?? [])
        .filter((row) => row.status === 'MISSING')
        .flatMap((row) => catalogue.byId.get(row.update_id)?.files.map((file) => file.url) ?? []);
      const stamp = isoMicroseconds(seen ?? created);
      const connected = isConnected(profile);
      const scanned = profile.behaviour !== 'old-agent';
      store.hosts.set(profile.uuid, {
        ...inventory(profile, trusted(profile), seen),
        uuid: profile.uuid,
        reachable: connected ? 'OK' : 'DISCONNECTED',
        server_uuid: connected ? store.meta.serverUuid : null,
        listening_protocol: connected ? 'websockets' : null,
        listening_address: connected ? random.hex(32) : null,
        listening_port: null,
        listening_timestamp: stamp,
        last_update_status: {
          date: stamp,
          runstatus: [],
          running_tasks: [],
          errors: [],
          upgrades: [],
          pending: { install: [], additional: [], upgrade: [], remove: [] },
        },
        waptwua_status: waptwuaStatus(profile, state, result?.statuses ?? [], missingFiles, null),
        wuauserv_status: scanned ? wuauservStatus(profile, state, false) : null,
        status_hashes:
          result === null
            ? {}
            : {
                waptwua_updates: reportHash(result.updates),
                waptwua_updates_localstatus: reportHash(result.statuses),
              },
        created_on: isoMicroseconds(created - 300 * day),
        updated_on: stamp,
        created_by: null,
        updated_by: null,
      });
      if (result !== null) {
        store.reportUpdates(result.updates);
        store.reportStatuses(profile.uuid, result.statuses);
      }
      const missing = profile.groups
        .flatMap((group) => labGroups[group] ?? [])
        .filter((name) => !packages.some(({ control }) => control['package'] === name));
      const rows = packageRows(
        profile,
        state,
        state.packages.length === 0 ? [] : missing,
        store.hostPackages.size() * 10 + 1,
        stamp,
      );
      store.hostPackages.set(profile.uuid, rows);
    }
    downloads.refreshPresence();
    writePastTasks(store, downloads, created, index);
  });
}
