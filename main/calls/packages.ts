import type { ConsoleError } from '../../contract/errors.ts';
import { ok, type Result } from '../../domain/result.ts';
import { deletePublished } from '../work/delete-published.ts';
import { checkPublish, type PublishParts, publish } from '../work/publish.ts';
import { type Answering, acting, online, openProfile, type Parts } from './parts.ts';

/** Rule packages: list, read, drafts, publish, delete. */
export const packagesCalls = (parts: Parts): Answering<'packages' | 'drafts'> => {
  const publishing = (): Result<PublishParts, ConsoleError> => {
    const live = acting(parts);
    if (!live.ok) return live;
    const { client, packages, workspace } = live.value;
    return ok({ client, packages, store: workspace.store, signer: parts.signer });
  };
  return {
    'packages.list': async () => {
      const workspace = openProfile(parts);
      return workspace.ok ? workspace.value.store.packagesList() : workspace;
    },
    'packages.read': async ({ filename }) => {
      const live = online(parts);
      return live.ok ? live.value.packages.read(filename) : live;
    },
    'packages.hosts': async ({ filename }) => {
      const workspace = openProfile(parts);
      return workspace.ok ? workspace.value.store.packageHosts(filename) : workspace;
    },
    'packages.check': async ({ draftId }) => {
      const ready = publishing();
      return ready.ok ? checkPublish(ready.value, draftId) : ready;
    },
    'packages.publish': async (request) => {
      const ready = publishing();
      return ready.ok ? publish(ready.value, request, ready.value.client.info.user) : ready;
    },
    'packages.delete': async (request) => {
      const ready = publishing();
      return ready.ok ? deletePublished(ready.value, request, ready.value.client.info.user) : ready;
    },
    'drafts.list': async () => {
      const workspace = openProfile(parts);
      return workspace.ok ? workspace.value.store.draftsList() : workspace;
    },
    'drafts.save': async (input) => {
      const workspace = openProfile(parts);
      return workspace.ok ? workspace.value.store.draftSave(input) : workspace;
    },
    'drafts.discard': async ({ draftId }) => {
      const workspace = openProfile(parts);
      return workspace.ok ? workspace.value.store.draftDiscard(draftId) : workspace;
    },
  };
};
