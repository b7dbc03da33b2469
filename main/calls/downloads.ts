import type { ConsoleError } from '../../contract/errors.ts';
import { fail, ok } from '../../domain/result.ts';
import { downloadIndex, forgetDownloads } from '../server/downloads.ts';
import { repositoryRules, syncListDate } from '../server/repositories.ts';
import { weighFiles } from '../work/weigh-files.ts';
import { type Answering, acting, online, openProfile, type Parts, staleDays } from './parts.ts';

/** The index and the downloads of the server. */
export const downloadsCalls = (parts: Parts): Answering<'index' | 'downloads'> => ({
  'index.state': async () => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    const live = workspace.value.online;
    if (live === null) return fail({ code: 'signed-out' });
    const state = await live.downloads.index();
    if (state.ok) await workspace.value.store.noteIndex(state.value);
    // What was read before is still the best answer when the server is away; its age stands beside it.
    return !state.ok && live.downloads.lastIndex !== null ? ok(live.downloads.lastIndex) : state;
  },
  'index.download': async (request) => {
    const live = acting(parts);
    if (!live.ok) return live;
    const { client, downloads, workspace } = live.value;
    const task = await downloadIndex(client, request);
    if (!task.ok) return task;
    await workspace.store.journalAppend({
      user: client.info.user,
      kind: 'index.download',
      facts: { ...request },
      reason: '',
    });
    downloads.ordered();
    return task;
  },
  'downloads.list': async () => {
    const live = online(parts);
    return live.ok ? live.value.downloads.list() : live;
  },
  'downloads.disk': async () => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    return workspace.value.store.diskState({ staleDays: staleDays(parts, workspace.value) });
  },
  'downloads.weigh': async ({ updateIds }) => {
    const live = online(parts);
    if (!live.ok) return live;
    const { client, workspace } = live.value;
    const updates = await workspace.store.updatesById(updateIds);
    return updates.ok ? weighFiles(client, updates.value) : updates;
  },
  'downloads.repositories': async () => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    const used = await workspace.value.store.repositoryUses({ staleDays: staleDays(parts, workspace.value) });
    if (!used.ok) return used;
    // What hosts say stands without the server too.
    const client = workspace.value.online?.client;
    const [rules, syncList] =
      client === undefined
        ? [fail<ConsoleError>({ code: 'signed-out' }), ok(null)]
        : await Promise.all([repositoryRules(client), syncListDate(client)]);
    return ok({
      ...used.value,
      rules: rules.ok ? rules.value : null,
      syncListDate: syncList.ok ? syncList.value : null,
      serverError: rules.ok ? null : rules.error,
    });
  },
  'downloads.forget': async ({ ids }) => {
    const live = acting(parts);
    return live.ok ? forgetDownloads(live.value.client, ids) : live;
  },
});
