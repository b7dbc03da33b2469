import type { ConsoleError } from '../../contract/errors.ts';
import type { Result } from '../../domain/result.ts';
import { fail, ok } from '../../domain/result.ts';
import { deletePackages } from '../server/repository.ts';
import { checkPublish, type PublishParts, publish, sealJournal } from '../work/publish.ts';
import { type Answering, online, openProfile, type Parts } from './parts.ts';

/** Rule packages: list, read, drafts, publish, delete. */
export const packagesCalls = (parts: Parts): Answering<'packages' | 'drafts'> => {
  const publishing = (): Result<PublishParts, ConsoleError> => {
    const live = online(parts);
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
    'packages.delete': async ({ filenames, reason }) => {
      const live = online(parts);
      if (!live.ok) return live;
      const { client, packages, workspace } = live.value;
      const asked = await deletePackages(client, filenames);
      if (!asked.ok) return asked;
      // The answer always says success; only the index tells what is gone (protocol 6.2).
      const read = await packages.refresh(true);
      if (!read.ok) return read;
      const records = await workspace.store.packageRecords();
      if (!records.ok) return records;
      const left = new Set(records.value.map((record) => record.filename));
      const failed = filenames.filter((filename) => left.has(filename));
      const deleted = filenames.filter((filename) => !left.has(filename));
      if (deleted.length === 0) return fail({ code: 'delete-refused', facts: { serverMessage: asked.value.message } });
      await workspace.store.journalAppend({
        user: client.info.user,
        kind: 'package.delete',
        facts: { deleted, failed },
        reason,
      });
      await sealJournal({ store: workspace.store, signer: parts.signer });
      return ok({ deleted, failed });
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
