import { ok } from '../../domain/result.ts';
import { packagesForHosts } from '../server/host-packages.ts';
import { hostUpdates, listHosts } from '../server/hosts.ts';
import type { ServerClient } from '../server/session.ts';
import { listUpdates } from '../server/updates.ts';
import type { SyncSource } from '../sync/source.ts';

/** Gives the sync what it reads from a server that one is signed in to. */
export const syncSource = (client: ServerClient): SyncSource => ({
  get listsUpdates() {
    return client.info.capabilities['list-updates'].available;
  },
  hosts: (signal) => listHosts(client, {}, signal),
  host: async (uuid, signal) => {
    const page = await listHosts(client, { uuids: [uuid] }, signal);
    return page.ok ? ok(page.value.hosts[0] ?? null) : page;
  },
  updates: async ({ offset, limit }, signal) => {
    const page = await listUpdates(client, { offset, limit }, signal);
    if (!page.ok) return page;
    const { updates, skipped } = page.value;
    return ok({ updates, isLast: updates.length + skipped < limit });
  },
  hostUpdates: (uuid, signal) => hostUpdates(client, uuid, signal),
  hostPackages: async (uuids, signal) => {
    const page = await packagesForHosts(
      client,
      uuids === null ? { sections: ['wsus'] } : { uuids, sections: ['wsus'] },
      signal,
    );
    return page.ok ? ok({ packages: page.value.rows, isCutOff: page.value.isCutOff }) : page;
  },
});
