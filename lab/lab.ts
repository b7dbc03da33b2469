import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { writeFirstDay } from './agents/first-day.ts';
import { publishFirstPackages } from './agents/fleet-packages.ts';
import { type HostProfile, hostProfiles } from './agents/profile.ts';
import type { AgentState } from './agents/state.ts';
import { makeClock } from './clock.ts';
import type { LabOptions } from './options.ts';
import { makeCatalogue } from './origin/catalogue.ts';
import { generatedUpdates } from './origin/generated-updates.ts';
import { startOrigin } from './origin/origin.ts';
import { sampleUpdates } from './origin/sample-updates.ts';
import { buildApp } from './server/app.ts';
import { fingerprintOf, openOtherAuthority, openSigner, openTls } from './server/certificates.ts';
import { openDatabase } from './server/database.ts';
import { openDownloads } from './server/downloads.ts';
import { openRepository } from './server/repository.ts';
import { hostRoutes } from './server/routes-hosts.ts';
import { packageRoutes } from './server/routes-packages.ts';
import { sessionRoutes } from './server/routes-session.ts';
import { windowsUpdateRoutes } from './server/routes-windows-updates.ts';
import { openStore } from './server/store.ts';
import { type LabUser, labUsers, makeCookies } from './server/users.ts';

export type { Dialect, Fault, LabOptions } from './options.ts';

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
  readonly hosts: readonly HostProfile[];
  readonly stop: () => Promise<void>;
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
  const agents = database.table<AgentState>('agents');
  const catalogue = makeCatalogue([...sampleUpdates(), ...generatedUpdates(store.meta.seed, store.meta.created)]);
  const repository = await openRepository(join(dataDir, 'wapt'));
  const origin = await startOrigin(catalogue, clock, (options.bandwidth ?? 400_000) * pace);
  const downloads = openDownloads(store, clock, join(dataDir, 'waptwua'), () => origin.port);

  const count = (store.settings.get('hosts') as number | undefined) ?? options.hosts ?? 60;
  const profiles = hostProfiles(store.meta.seed, count);
  if (store.settings.get('hosts') === undefined) {
    const packages = await publishFirstPackages(repository, signer, store.meta.created);
    const ours = [fingerprintOf(signer.authorityPem)];
    const others = [fingerprintOf(otherAuthority)];
    writeFirstDay(store, agents, catalogue, profiles, downloads, packages, (profile) =>
      profile.behaviour === 'other-signer' ? others : ours,
    );
    store.settings.set('hosts', count);
  }

  const identity = {
    uuid: store.meta.serverUuid,
    version: community ? '1.8.2' : '2.5.5.15635',
    edition: community ? 'community' : 'enterprise',
    domain: 'example.lan',
  } as const;
  const app = await buildApp({
    certificate: tls.leaf,
    clock,
    cookies: makeCookies(store.meta.cookieKey),
    routes: [
      ...sessionRoutes(store, clock, identity),
      ...hostRoutes(store),
      ...packageRoutes(repository),
      ...(dialect === 'v3' && !community ? windowsUpdateRoutes(store, downloads) : []),
    ],
    folders: { wapt: repository.directory, waptwua: downloads.directory },
  });
  await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  const { port } = app.server.address() as AddressInfo;
  downloads.start();

  return {
    url: `https://127.0.0.1:${port}`,
    port,
    caFile: tls.caFile,
    caPem: readFileSync(tls.caFile, 'utf8'),
    users: labUsers,
    signer,
    hosts: profiles,
    stop: async () => {
      await app.close();
      await downloads.stop();
      await origin.stop();
      database.close();
    },
  };
}
