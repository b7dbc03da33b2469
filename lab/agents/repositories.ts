import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isoSeconds } from '../clock.ts';
import type { FilesOnServer } from './evaluate.ts';
import type { HostProfile } from './profile.ts';

/** A repository that agents of the lab fetch from. */
export type LabRepository = {
  readonly url: string;
  /** Whether it synchronises the folder `waptwua` (protocol 7.1): where it does not, hosts find no files of updates. */
  readonly hasWindowsUpdates: boolean;
};

const main: LabRepository = { url: 'https://srvwapt.example.lan/wapt', hasWindowsUpdates: true };
const lyon: LabRepository = { url: 'https://repo-lyo.example.lan/wapt', hasWindowsUpdates: true };
const london: LabRepository = { url: 'https://repo-lon.example.lan/wapt', hasWindowsUpdates: false };

/** Fewer hosts than this share the server. */
const leastFleet = 30;

/** Which repository a host of a fleet of that size uses: Lyon has one of its own, and the desktops of London one that lacks updates. */
export function repositoryFor(count: number, site: string, kind: 'server' | 'laptop' | 'desktop'): LabRepository {
  if (count < leastFleet) return main;
  if (site === 'Lyon') return lyon;
  return site === 'London' && kind === 'desktop' ? london : main;
}

/** The files that a host finds, where the server has `onServer`. The index comes from the server itself in any case. */
export const filesFor = (profile: HostProfile, onServer: FilesOnServer): FilesOnServer =>
  profile.repository.hasWindowsUpdates ? onServer : () => false;

/** What the server publishes of its repositories: the rules of agents, and what secondary ones synchronise (protocol 6.4). By file name. */
const documentsOf = (count: number, created: number): Readonly<Record<string, unknown>> => {
  const rule = (id: number, name: string, site: string, repository: LabRepository) => ({
    id,
    sequence: id,
    name,
    active: true,
    condition: 'SITE',
    value: site,
    repo_url: repository.url,
    repositories: ['WAPT', 'WUA'],
    no_fallback: false,
  });
  if (count < leastFleet) return {};
  return {
    'rules.json': [rule(1, 'Lyon', 'Lyon', lyon), rule(2, 'London desktops', 'London', london)],
    'sync.json': { version: 1, date: isoSeconds(created), files: {} },
  };
};

/** Writes these files into a folder and answers their names: none in a small fleet, or on an edition without secondary repositories. */
export function writeRepositoryDocuments(
  folder: string,
  fleet: { readonly count: number; readonly created: number; readonly isCommunity: boolean },
): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const documents = fleet.isCommunity ? {} : documentsOf(fleet.count, fleet.created);
  for (const [name, document] of Object.entries(documents)) writeFileSync(join(folder, name), JSON.stringify(document));
  return Object.keys(documents);
}
