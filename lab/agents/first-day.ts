import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { day, hour, isoMicroseconds } from '../clock.ts';
import type { Catalogue, Language } from '../origin/catalogue.ts';
import { contentOf } from '../origin/content.ts';
import { indexContent } from '../origin/origin.ts';
import { seededRandom } from '../random.ts';
import type { Downloads } from '../server/downloads.ts';
import { writePastTasks } from '../server/past-tasks.ts';
import { neededOf, type Store } from '../server/store.ts';
import { describe } from './evaluate.ts';
import { clockError } from './odd.ts';
import type { FirstPackages, Past } from './past.ts';
import type { HostProfile, LabGroups } from './profile.ts';
import { firstHash, inventory, isPending, packageRows, waptwuaStatus, wuauservStatus } from './report.ts';
import { filesFor } from './repositories.ts';
import type { AgentState } from './state.ts';

/** What a lab is filled with. */
export type FirstDay = {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly profiles: readonly HostProfile[];
  readonly downloads: Downloads;
  readonly packages: FirstPackages;
  readonly groups: LabGroups;
  readonly past: Past;
  /** The fingerprints that a host trusts. */
  readonly trusted: (profile: HostProfile) => readonly string[];
};

/** Whether a host is connected to the server at the start. */
const isConnected = (profile: HostProfile): boolean => !['offline', 'gone'].includes(profile.behaviour);

/** What is kept of a host's first scan until it is known which files the server has. */
type Kept = {
  /** Without its updates, which are most of it. */
  readonly state: AgentState;
  readonly needed: readonly string[];
  readonly missing: readonly string[];
  readonly isPending: boolean;
};

/** Goes once through all hosts: what each needs, and in whose language each update was reported last. */
function survey(
  { past, profiles }: FirstDay,
  reported: Map<string, Language>,
): { readonly kept: readonly Kept[]; readonly needed: ReadonlySet<string> } {
  const needed = new Set<string>();
  const kept = profiles.map((profile): Kept => {
    const state = past.state(profile);
    const result = past.scan(profile, state, () => false);
    const statuses = result?.statuses ?? [];
    for (const row of statuses) {
      reported.set(row.update_id, profile.language);
      if (row.status === 'MISSING' || row.status === 'ERROR') needed.add(row.update_id);
    }
    return {
      state: { ...state, updates: {} },
      needed: neededOf(statuses),
      missing: statuses.filter((row) => row.status === 'MISSING').map((row) => row.update_id),
      isPending: isPending(statuses),
    };
  });
  return { kept, needed };
}

/** Puts the index and some of the files on the server. */
function writeFiles(
  { store, catalogue, downloads, past }: FirstDay,
  chance: (id: string, age: number) => boolean,
): void {
  const { created } = store.meta;
  mkdirSync(downloads.directory, { recursive: true });
  const indexFile = join(downloads.directory, 'wsusscn2.cab');
  writeFileSync(indexFile, indexContent(past.index));
  utimesSync(indexFile, new Date(past.index), new Date(past.index));
  for (const update of catalogue.updates) {
    const published = update.published ?? 0;
    if (!chance(update.id, created - published) || published > past.index) continue;
    for (const file of update.files) {
      if (file.fault === null) writeFileSync(join(downloads.directory, file.name), contentOf(file.key, file.size));
    }
  }
  downloads.lookAgain();
}

/**
 * Fills a new lab: what each host reported, the files that the server already has, and the record of earlier
 * downloads. What hosts remember and the rows of their updates are left to the past, which computes them when they are asked for.
 */
export function writeFirstDay(first: FirstDay): void {
  const { store, catalogue, profiles, downloads, packages, groups, past, trusted } = first;
  const { created } = store.meta;
  const random = seededRandom(`first day ${store.meta.seed}`);
  const reported = new Map<string, Language>();
  const { kept, needed } = survey(first, reported);
  writeFiles(first, (id, age) => random.chance(needed.has(id) ? 0.5 : age < 150 * day ? 0.2 : 0));

  store.database.transaction(() => {
    for (const [place, profile] of profiles.entries()) {
      const known = kept[place];
      if (known === undefined) continue;
      const { state } = known;
      const seen =
        profile.behaviour === 'never-scanned' || profile.behaviour === 'old-agent'
          ? created - random.next() * hour
          : state.lastScan === null
            ? null
            : state.lastScan - clockError(profile);
      const missing = known.missing.flatMap((id) => catalogue.byId.get(id) ?? []);
      const missingFiles = missing
        .filter((update) => !update.files.every((file) => filesFor(profile, downloads.has)(file.name)))
        .flatMap((update) => update.files.map((file) => file.url));
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
        waptwua_status: waptwuaStatus(profile, state, known.isPending, missingFiles, null),
        wuauserv_status: scanned ? wuauservStatus(profile, state, false) : null,
        status_hashes:
          state.lastScan === null
            ? {}
            : {
                waptwua_updates: firstHash('waptwua_updates', profile.uuid),
                waptwua_updates_localstatus: firstHash('waptwua_updates_localstatus', profile.uuid),
              },
        created_on: isoMicroseconds(created - 300 * day),
        updated_on: stamp,
        created_by: null,
        updated_by: null,
      });
      store.needed.set(profile.uuid, known.needed);
      const absent = profile.groups
        .flatMap((group) => groups[group] ?? [])
        .filter((name) => !packages.some(({ control }) => control['package'] === name));
      const rows = packageRows(
        profile,
        state,
        state.packages.length === 0 ? [] : absent,
        store.hostPackages.size() * 10 + 1,
        stamp,
      );
      store.hostPackages.set(profile.uuid, rows);
    }
    // Reports of later days get numbers after those that the past gives to its rows.
    store.reserveRows(profiles.length);
    store.reportUpdates(
      [...reported].flatMap(([id, language]) => {
        const update = catalogue.byId.get(id);
        return update === undefined ? [] : [describe(update, language)];
      }),
    );
    downloads.refreshPresence();
    writePastTasks(store, downloads, created, past.index);
  });
}
