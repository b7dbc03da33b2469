import { ok } from '../../domain/result.ts';
import { deleteFiles, downloadUpdates } from '../server/downloads.ts';
import { type Answering, acting, openProfile, type Parts, staleDays } from './parts.ts';

/** The update list and the files of updates on the server. */
export const updatesCalls = (parts: Parts): Answering<'updates'> => ({
  'updates.list': async () => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    return workspace.value.store.asText.updatesList({ staleDays: staleDays(parts, workspace.value) });
  },
  'updates.query': async ({ filter }) => {
    const workspace = openProfile(parts);
    return workspace.ok ? workspace.value.store.updatesQuery(filter) : workspace;
  },
  'updates.get': async ({ updateId }) => {
    const workspace = openProfile(parts);
    return workspace.ok ? workspace.value.store.updateDetail(updateId) : workspace;
  },
  'updates.hosts': async ({ updateId }) => {
    const workspace = openProfile(parts);
    return workspace.ok ? workspace.value.store.updateHosts(updateId) : workspace;
  },
  'updates.download': async ({ updateIds }) => {
    const live = acting(parts);
    if (!live.ok) return live;
    const { client, downloads, workspace } = live.value;
    const tasks = await downloadUpdates(client, updateIds);
    if (!tasks.ok) return tasks;
    await workspace.store.journalAppend({
      user: client.info.user,
      kind: 'updates.download',
      facts: { updateIds },
      reason: '',
    });
    downloads.ordered();
    return tasks;
  },
  'updates.deleteFiles': async ({ updateIds }) => {
    const live = acting(parts);
    if (!live.ok) return live;
    const { client, sync, workspace } = live.value;
    const answer = await deleteFiles(client, updateIds);
    if (!answer.ok) return answer;
    const { deleted, freed } = answer.value;
    await workspace.store.journalAppend({
      user: client.info.user,
      kind: 'updates.delete-files',
      facts: { deleted, freed },
      reason: '',
    });
    if (deleted.length > 0) await workspace.store.setDownloaded({ updateIds: deleted, downloadedOn: null });
    void sync.refreshUpdates();
    return ok(answer.value);
  },
});
