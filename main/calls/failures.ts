import type { ConsoleError } from '../../contract/errors.ts';
import type { KnownBad } from '../../contract/schemas/failures.ts';
import { fail, type Result } from '../../domain/result.ts';
import type { Workspace } from '../work/workspace.ts';
import { type Answering, openProfile, type Parts, staleDays } from './parts.ts';

/** What failed, and what one marked as known to be bad. */
export const failuresCalls = (parts: Parts): Answering<'failures'> => {
  /** Changes marks; what cannot be written in the journal is not done. */
  const marking = async (
    kind: 'updates.mark-known-bad' | 'updates.unmark-known-bad',
    updateIds: readonly string[],
    note: string,
    change: (store: Workspace['store'], user: string) => Promise<Result<null, ConsoleError>>,
  ): Promise<Result<readonly KnownBad[], ConsoleError>> => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    const { store, online, profileId } = workspace.value;
    if (store.isReadOnly) return fail({ code: 'read-only' });
    const user = online?.client.info.user ?? parts.profiles.get(profileId)?.user ?? '';
    const noted = await store.journalAppend({ user, kind, facts: { updateIds }, reason: note });
    if (!noted.ok) return noted;
    const changed = await change(store, user);
    return changed.ok ? store.knownBadList() : changed;
  };

  return {
    'failures.board': async (request) => {
      const workspace = openProfile(parts);
      if (!workspace.ok) return workspace;
      return workspace.value.store.failuresBoard({ ...request, staleDays: staleDays(parts, workspace.value) });
    },
    'failures.knownBad': async () => {
      const workspace = openProfile(parts);
      return workspace.ok ? workspace.value.store.knownBadList() : workspace;
    },
    'failures.knownBadOn': async ({ uuids }) => {
      const workspace = openProfile(parts);
      return workspace.ok ? workspace.value.store.knownBadOn(uuids) : workspace;
    },
    'failures.mark': ({ updateIds, note }) =>
      marking('updates.mark-known-bad', updateIds, note, (store, by) => store.knownBadMark({ updateIds, note, by })),
    'failures.unmark': ({ updateIds }) =>
      marking('updates.unmark-known-bad', updateIds, '', (store) => store.knownBadUnmark(updateIds)),
  };
};
