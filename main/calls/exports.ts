import { ok } from '../../domain/result.ts';
import { type Answering, openProfile, type Parts } from './parts.ts';

/** Lists written into files. */
export const exportsCalls = (parts: Parts): Answering<'exports'> => {
  const { exports, session, platform, profiles } = parts;
  const userOf = (): string => {
    const workspace = session.workspace;
    const known = workspace === null ? null : profiles.get(workspace.profileId);
    return workspace?.online?.client.info.user ?? known?.user ?? '';
  };
  // What was begun on one server's list is not gone on with at another desk.
  const ownerOf = (sender: string): string => `${sender} ${session.profileId ?? ''}`;
  return {
    'exports.begin': async (request, { sender }) => {
      const workspace = openProfile(parts);
      if (!workspace.ok) return workspace;
      const freshness = await workspace.value.store.freshness();
      if (!freshness.ok) return freshness;
      const server = profiles.get(workspace.value.profileId)?.address ?? '';
      return exports.begin(request, ownerOf(sender), {
        server,
        user: userOf(),
        freshness: freshness.value,
        version: platform.version,
      });
    },
    'exports.rows': (request, { sender }) => exports.rows(request, ownerOf(sender)),
    'exports.finish': async ({ exportId }, { sender }) => {
      const made = await exports.finish(exportId, ownerOf(sender));
      if (!made.ok) return made;
      const { outcome, title, format } = made.value;
      const store = session.workspace?.store;
      // A second console on the profile cannot write the journal, and reading is not refused to it.
      if (store !== undefined && !store.isReadOnly)
        await store.journalAppend({
          user: userOf(),
          kind: 'list.export',
          facts: { list: title, format, rows: outcome.rows },
          reason: '',
        });
      return ok(outcome);
    },
    'exports.cancel': async ({ exportId }, { sender }) => ok(await exports.cancel(exportId, ownerOf(sender))),
  };
};
