import { ok } from '../../domain/result.ts';
import { packagesForHosts } from '../server/host-packages.ts';
import { eachUpdateOnce, hostUpdates, listHosts } from '../server/hosts.ts';
import type { ServerClient } from '../server/session.ts';
import { listUpdates } from '../server/updates.ts';
import type { SyncSource } from '../sync/source.ts';

/** Rule packages of today, and those of 2015 to 2018, which agents of today do not read. */
const SECTIONS = ['wsus', 'waptwua'];

/** Gives the sync what it reads from a server that one is signed in to. */
export function syncSource(client: ServerClient): SyncSource {
  // Hosts repeat the same descriptions: each is read once a run, and a run begins with the list of hosts.
  let once = eachUpdateOnce();
  return {
    get listsUpdates() {
      return client.info.capabilities['list-updates'].available;
    },
    hosts: (signal) => {
      once = eachUpdateOnce();
      return listHosts(client, {}, signal);
    },
    host: async (uuid, signal) => {
      const page = await listHosts(client, { uuids: [uuid] }, signal);
      return page.ok ? ok(page.value.hosts[0] ?? null) : page;
    },
    updates: async ({ offset, limit }, signal) => {
      const page = await listUpdates(client, { offset, limit }, signal);
      if (!page.ok) return page;
      return ok({ updates: page.value.updates, isLast: !page.value.isCutOff });
    },
    hostUpdates: (uuid, signal) => hostUpdates(client, uuid, signal, once),
    hostPackages: async (uuids, signal) => {
      const page = await packagesForHosts(
        client,
        uuids === null ? { sections: SECTIONS } : { uuids, sections: SECTIONS },
        signal,
      );
      return page.ok ? ok({ packages: page.value.rows, isCutOff: page.value.isCutOff }) : page;
    },
  };
}
