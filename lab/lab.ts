import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Refusal } from './agents/agent.ts';
import { writeFirstDay } from './agents/first-day.ts';
import { makeFleet } from './agents/fleet.ts';
import { firstHostPackage, publishFirstPackages } from './agents/fleet-packages.ts';
import { hoardUpdates, movedUpdates, oddHosts, unlistedUpdates } from './agents/odd.ts';
import { type FirstPackages, makePast } from './agents/past.ts';
import { type HostProfile, hostProfiles, labGroups } from './agents/profile.ts';
import { writeRepositoryDocuments } from './agents/repositories.ts';
import type { AgentState } from './agents/state.ts';
import { makeClock } from './clock.ts';
import type { Fault, LabOptions } from './options.ts';
import { makeCatalogue } from './origin/catalogue.ts';
import { generatedUpdates } from './origin/generated-updates.ts';
import { linesOf, lineUpdates } from './origin/lines.ts';
import { startOrigin } from './origin/origin.ts';
import { sampleUpdates } from './origin/sample-updates.ts';
import { buildApp } from './server/app.ts';
import { fingerprintOf, openOtherAuthority, openSigner, openTls } from './server/certificates.ts';
import { openDatabase } from './server/database.ts';
import { openDownloads } from './server/downloads.ts';
import { makeFaults } from './server/faults.ts';
import { openHostPackages } from './server/host-packages.ts';
import { listen } from './server/listener.ts';
import { openRepository } from './server/repository.ts';
import { actionRoutes } from './server/routes-actions.ts';
import { hostRoutes } from './server/routes-hosts.ts';
import { packageRoutes } from './server/routes-packages.ts';
import { sessionRoutes } from './server/routes-session.ts';
import { windowsUpdateRoutes } from './server/routes-windows-updates.ts';
import { windowsUpdateRoutesV2 } from './server/routes-windows-updates-v2.ts';
import { firstRowOf, openStore } from './server/store.ts';
import { type LabUser, labUsers, makeCookies } from './server/users.ts';
import { type Volume, volumeOf } from './sizes.ts';

export type { Fault, LabOptions } from './options.ts';

/** The demonstration's signer: files to open in a console, and what its key asks for. */
export type LabSigner = {
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly passphrase: string;
  readonly directory: string;
};

/** A running lab. */
export type Lab = {
  /** `https://127.0.0.1:PORT`; the certificate also names localhost. */
  readonly url: string;
  readonly port: number;
  readonly caFile: string;
  readonly caPem: string;
  readonly users: readonly LabUser[];
  readonly signer: LabSigner;
  /** What the simulated hosts are, behind what they report. */
  readonly hosts: readonly HostProfile[];
  readonly stop: () => Promise<void>;
  /** Makes something go wrong from now on. */
  readonly setFault: (fault: Fault) => Promise<void>;
  readonly clearFaults: () => Promise<void>;
  /** Connects a host to the server, or cuts it off. */
  readonly connect: (uuid: string, connected: boolean) => void;
  /** What hosts dropped and why, oldest first: on a real fleet only their logs would say. */
  readonly refusals: () => readonly Refusal[];
};

/** Starts a WAPT server in a box with its simulated hosts; everything listens on 127.0.0.1. */
export async function startLab(options: LabOptions): Promise<Lab> {
  const { dataDir, community = false, dialect = 'v3', pace = 1 } = options;
  const clock = makeClock(options.clockOffset ?? 0, pace);
  const [tls, signer, otherAuthority] = await Promise.all([
    openTls(join(dataDir, 'tls')),
    openSigner(join(dataDir, 'signer')),
    openOtherAuthority(join(dataDir, 'signer')),
  ]);
  const database = openDatabase(dataDir);
  const store = openStore(database, clock, options.seed ?? 1);
  const agents = database.coldTable<AgentState>('agents');
  const { seed, created } = store.meta;
  const kept = store.settings.get('hosts') as number | undefined;
  const count = kept ?? options.hosts ?? 60;
  // A lab of before there were sizes has only the updates of Windows, Office and tools.
  const none: Volume = { hosts: count, updates: 0, lines: 0 };
  const volume =
    (store.settings.get('volume') as Volume | undefined) ??
    (kept === undefined ? (options.volume ?? volumeOf(count)) : none);
  const windows = [...sampleUpdates(), ...generatedUpdates(seed, created)];
  const further = Math.max(0, volume.updates - windows.length);
  const odd = (store.settings.get('odd') as boolean | undefined) ?? (kept === undefined && options.odd === true);
  const published = [...windows, ...lineUpdates(seed, created, further), ...(odd ? hoardUpdates(seed, created) : [])];
  const firstCatalogue = makeCatalogue(published);
  const catalogue = odd ? makeCatalogue(movedUpdates(published)) : firstCatalogue;
  const repository = await openRepository(join(dataDir, 'wapt'));
  const origin = await startOrigin(catalogue, clock, (options.bandwidth ?? 400_000) * pace);
  const downloads = openDownloads(store, clock, join(dataDir, 'waptwua'), () => origin.port);

  const varied = (store.settings.get('varied') as boolean | undefined) ?? options.varied ?? false;
  const fleetOfSeed = hostProfiles(seed, count, {
    varied,
    lines: linesOf(seed, further),
    linesPerHost: volume.lines,
  });
  const profiles = odd ? [...fleetOfSeed, ...oddHosts(fleetOfSeed)] : fleetOfSeed;
  const byUuid = new Map(profiles.map((profile) => [profile.uuid, profile]));
  const groups = labGroups(count);
  const packages =
    (store.settings.get('first packages') as FirstPackages | undefined) ??
    (kept === undefined ? await publishFirstPackages(repository, signer, created, groups) : []);
  const past = makePast(firstCatalogue, packages, groups, created);
  if (kept === undefined) {
    const ours = [fingerprintOf(signer.authorityPem)];
    const others = [fingerprintOf(otherAuthority)];
    const trusted = (profile: HostProfile) => (profile.behaviour === 'other-signer' ? others : ours);
    writeFirstDay({ store, catalogue: firstCatalogue, profiles, downloads, packages, groups, past, trusted });
    store.settings.set('first packages', packages);
    store.settings.set('first files', downloads.names());
    store.settings.set('volume', volume);
    store.settings.set('hosts', count);
    store.settings.set('varied', varied);
    store.settings.set('odd', odd);
    if (odd) store.settings.set('unlisted', unlistedUpdates(store.updates.values().map((one) => one.update_id)));
  }
  const firstFiles = new Set((store.settings.get('first files') as readonly string[] | undefined) ?? []);
  const places = new Map(profiles.map((profile, place) => [profile.uuid, place]));
  const firstScan = (profile: HostProfile) => past.scan(profile, past.state(profile), (name) => firstFiles.has(name));
  agents.otherwise((uuid) => {
    const profile = byUuid.get(uuid);
    return profile === undefined ? undefined : past.state(profile);
  });
  store.statuses.otherwise((uuid) => {
    const profile = byUuid.get(uuid);
    const first = firstRowOf(places.get(uuid) ?? 0);
    return profile === undefined
      ? undefined
      : firstScan(profile)?.statuses.map((status, index) => ({ ...status, id: first + index }));
  });

  const identity = {
    uuid: store.meta.serverUuid,
    version: community ? '1.8.2' : dialect === 'v2' ? '1.8.2.7393' : '2.5.5.15635',
    edition: community ? 'community' : 'enterprise',
    domain: 'example.lan',
  } as const;
  const hostPackages = openHostPackages(join(dataDir, 'wapt-host'), store, async (uuid) => {
    const profile = byUuid.get(uuid);
    return profile === undefined ? null : firstHostPackage(profile, signer, store.meta.created);
  });
  const world = {
    hostPackages,
    store,
    agents,
    firstScan,
    catalogue,
    repository,
    downloads,
    clock,
    windowsUpdates: !community,
  };
  const trustedBy = (profile: HostProfile): readonly string[] => [
    profile.behaviour === 'other-signer' ? otherAuthority : signer.authorityPem,
  ];
  const fleet = makeFleet(world, profiles, trustedBy, options.schedules ?? true);
  const faults = makeFaults();
  const documents = join(dataDir, 'www');
  const app = await buildApp({
    certificate: tls.leaf,
    faults,
    clock,
    cookies: makeCookies(store.meta.cookieKey),
    routes: [
      ...sessionRoutes(store, clock, identity),
      ...hostRoutes(store),
      ...actionRoutes(store, fleet, dialect !== 'v2'),
      ...packageRoutes(repository, hostPackages),
      ...(dialect === 'v3' && !community ? windowsUpdateRoutes(store, downloads) : []),
      ...(dialect === 'v2' && !community ? windowsUpdateRoutesV2(store, downloads) : []),
    ],
    folders: { wapt: repository.directory, waptwua: downloads.directory },
    documents: {
      folder: documents,
      names: writeRepositoryDocuments(documents, { count, created, isCommunity: community }),
    },
    hostPackages,
  });
  const listener = await listen(app, options.port ?? 0, tls);
  const { port } = listener;
  const setFault = async (fault: Fault): Promise<void> => {
    faults.set(fault);
    if (fault.kind === 'proxy') downloads.breakProxy(true);
    await listener.apply(fault.kind);
  };
  for (const fault of options.faults ?? []) await setFault(fault);
  downloads.start();
  fleet.start();

  return {
    url: `https://127.0.0.1:${port}`,
    port,
    caFile: tls.caFile,
    caPem: readFileSync(tls.caFile, 'utf8'),
    users: labUsers,
    signer,
    hosts: profiles,
    setFault,
    clearFaults: async () => {
      faults.clear();
      downloads.breakProxy(false);
      await listener.restore();
    },
    connect: fleet.connect,
    refusals: fleet.refusals,
    stop: async () => {
      await app.close();
      await fleet.stop();
      await downloads.stop();
      await origin.stop();
      database.close();
    },
  };
}
