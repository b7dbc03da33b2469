import { readFile } from 'node:fs/promises';
import { appCalls } from './calls/app.ts';
import { assignmentCalls } from './calls/assignment.ts';
import { builderCalls } from './calls/builder.ts';
import { campaignsCalls } from './calls/campaigns.ts';
import { cvesCalls } from './calls/cves.ts';
import { desksCalls } from './calls/desks.ts';
import { downloadsCalls } from './calls/downloads.ts';
import { exportsCalls } from './calls/exports.ts';
import { failuresCalls } from './calls/failures.ts';
import { fleetCalls } from './calls/fleet.ts';
import { historyCalls } from './calls/history.ts';
import { hostsCalls } from './calls/hosts.ts';
import { optionsCalls } from './calls/options.ts';
import { packagesCalls } from './calls/packages.ts';
import type { Parts } from './calls/parts.ts';
import { ringsCalls } from './calls/rings.ts';
import { rulesCalls } from './calls/rules.ts';
import { sessionCalls } from './calls/session.ts';
import { settingsCalls } from './calls/settings.ts';
import { signerCalls } from './calls/signer.ts';
import { syncCalls } from './calls/sync.ts';
import { triageCalls } from './calls/triage.ts';
import { updatesCalls } from './calls/updates.ts';
import { viewsCalls } from './calls/views.ts';
import { type Desk, Desks } from './desks.ts';
import { createDownloads, type Downloads } from './exports/downloads.ts';
import { Exports } from './exports/exports.ts';
import type { Calls } from './ipc/calls.ts';
import { type EventHub, eventsOf } from './ipc/events.ts';
import type { CallsOf } from './ipc/handle.ts';
import type { Log } from './log/log.ts';
import type { LabProfile, Startup } from './platform/arguments.ts';
import { createFileRegistry } from './platform/files.ts';
import { createImportRegistry } from './platform/import-files.ts';
import type { Platform } from './platform/platform.ts';
import { formatAddress, parseAddress } from './server/address.ts';
import { fingerprintOf } from './server/certificate-view.ts';
import { paths } from './settings/paths.ts';
import { openProfiles, type Profiles, type StoredProfile } from './settings/profiles.ts';
import { openSettings } from './settings/settings.ts';
import { createSigner } from './signer/signer.ts';
import type { CampaignTime } from './work/campaigns.ts';
import { SessionService } from './work/session.ts';

/** What an entry gives the console. */
export interface ConsoleOptions {
  readonly platform: Platform;
  readonly events: EventHub;
  readonly log: Log;
  readonly startup: Startup;
  /** How campaigns see time; as it is where it is left out. */
  readonly time?: CampaignTime | undefined;
}

/** The console without its entry: answers of the contract, and its life. */
export interface ConsoleCore {
  readonly callsOf: CallsOf;
  /** The desk of an entry that has but one. */
  readonly firstDesk: () => string;
  /** Files that the window fetches once, where it saves them itself. */
  readonly downloads: Pick<Downloads, 'take'>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const LAB_ID = 'lab';

const blank = (id: string, address: string): StoredProfile => ({
  id,
  name: new URL(address).hostname,
  address,
  user: '',
  proxy: '',
  dialect: 'auto',
  clientCertificate: null,
  staleDays: 14,
  trust: null,
  isLab: false,
  lastSignIn: null,
  trustedSigners: [],
  signerCertificate: null,
});

/** The lab's profile always says where the lab is now; its CA comes from the launcher, which made both. */
async function keepLab(profiles: Profiles, lab: LabProfile, log: Log): Promise<void> {
  const known = profiles.get(LAB_ID);
  const pem = lab.caFile === '' ? null : await readFile(lab.caFile, 'utf8').catch(() => null);
  const saved = await profiles.save({
    ...(known ?? blank(LAB_ID, lab.url)),
    name: lab.name,
    address: lab.url,
    user: known?.user || lab.user,
    isLab: true,
    trust: pem === null ? null : { kind: 'ca', name: 'ca.crt', fingerprint: fingerprintOf(pem) },
  });
  if (pem !== null) await profiles.writeTrust(LAB_ID, 'ca.pem', pem);
  if (!saved.ok) log.error('the lab profile could not be kept', { code: saved.error.code });
}

async function keepServer(profiles: Profiles, server: string, log: Log): Promise<void> {
  const address = parseAddress(server);
  if (!address.ok) {
    log.error('--server is no https address', { server });
    return;
  }
  const shown = formatAddress(address.value);
  if (!profiles.list().some((profile) => profile.address === shown))
    await profiles.save(blank(profiles.newId(), shown));
}

/** Composes the console: makes the parts and hands them to the calls. */
export async function createConsole({ platform, events, log, startup, time }: ConsoleOptions): Promise<ConsoleCore> {
  const folders = paths(platform.paths.data);
  const settings = await openSettings(folders.settings, log);
  const profiles = await openProfiles({ file: folders.profiles, folderOf: (id) => folders.profile(id).folder });
  const files = createFileRegistry({ platform });
  const imports = createImportRegistry({ platform });
  const downloads = createDownloads();
  const exports = new Exports({ platform, folder: folders.exports, downloads });
  const desks = new Desks(events, (id): Desk => {
    const own = eventsOf(events, id);
    const signer = createSigner({ files, events: own });
    const isElsewhere = (profileId: string): boolean => (desks.holderOf(profileId)?.id ?? id) !== id;
    const session = new SessionService({
      platform,
      events: own,
      log,
      profiles,
      files,
      signer,
      folders,
      isElsewhere,
      time,
    });
    const parts: Parts = { platform, events: own, settings, profiles, files, imports, desks, signer, session, exports };
    return { id, session, signer, calls: callsOf(parts) };
  });
  return {
    callsOf: (desk) => (desk === null ? desks.first : desks.get(desk))?.calls ?? null,
    firstDesk: () => desks.first.id,
    downloads,
    start: async () => {
      await exports.start();
      if (startup.lab !== null) await keepLab(profiles, startup.lab, log);
      if (startup.server !== null) await keepServer(profiles, startup.server, log);
      for (const problem of [settings.problem, profiles.problem]) if (problem !== null) log.warn(problem);
    },
    stop: async () => {
      await exports.stop();
      await desks.stop();
      await log.flush();
    },
  };
}

const callsOf = (parts: Parts): Calls => ({
  ...appCalls(parts),
  ...desksCalls(parts),
  ...settingsCalls(parts),
  ...viewsCalls(parts),
  ...sessionCalls(parts),
  ...signerCalls(parts),
  ...syncCalls(parts),
  ...updatesCalls(parts),
  ...downloadsCalls(parts),
  ...packagesCalls(parts),
  ...assignmentCalls(parts),
  ...hostsCalls(parts),
  ...fleetCalls(parts),
  ...cvesCalls(parts),
  ...failuresCalls(parts),
  ...historyCalls(parts),
  ...optionsCalls(parts),
  ...rulesCalls(parts),
  ...triageCalls(parts),
  ...ringsCalls(parts),
  ...builderCalls(parts),
  ...campaignsCalls(parts),
  ...exportsCalls(parts),
});
