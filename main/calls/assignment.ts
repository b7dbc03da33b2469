import type { ConsoleError } from '../../contract/errors.ts';
import { ok, type Result } from '../../domain/result.ts';
import { assign } from '../work/assign.ts';
import { type AssignmentParts, previewAssignment, readAssignment } from '../work/assignment.ts';
import { type Answering, acting, online, openProfile, type Parts, staleDays } from './parts.ts';

/** Which hosts get a package: read, tried out, changed. */
export const assignmentCalls = (parts: Parts): Answering<'assignment'> => {
  const assigning = (
    live: ReturnType<typeof online>,
  ): Result<AssignmentParts & { readonly sync: () => void }, ConsoleError> => {
    if (!live.ok) return live;
    const { client, packages, sync, workspace } = live.value;
    return ok({
      client,
      packages,
      store: workspace.store,
      signer: parts.signer,
      staleDays: staleDays(parts, workspace),
      sync: () => void sync.runAnew(),
    });
  };
  return {
    'assignment.list': async (request) => {
      const workspace = openProfile(parts);
      if (!workspace.ok) return workspace;
      return readAssignment(workspace.value.store, request.package);
    },
    'assignment.preview': async (request) => {
      const ready = assigning(online(parts));
      return ready.ok ? previewAssignment(ready.value, request) : ready;
    },
    'assignment.apply': async (request) => {
      const ready = assigning(acting(parts));
      if (!ready.ok) return ready;
      const answer = await assign(ready.value, request, ready.value.client.info.user);
      // The server takes what host packages ask for out of them: the list of hosts is other now.
      if (answer.ok) ready.value.sync();
      return answer;
    },
  };
};
