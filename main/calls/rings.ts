import { promote } from '../work/rings.ts';
import { type Answering, acting, openProfile, type Parts, staleDays } from './parts.ts';

/** Ring sets, how they stand, and promoting what passed. */
export const ringsCalls = (parts: Parts): Answering<'rings'> => ({
  'rings.list': async () => {
    const workspace = openProfile(parts);
    return workspace.ok ? workspace.value.store.ringSets() : workspace;
  },
  'rings.save': async (input) => {
    const workspace = openProfile(parts);
    return workspace.ok ? workspace.value.store.ringSetSave(input) : workspace;
  },
  'rings.delete': async ({ ringSetId }) => {
    const workspace = openProfile(parts);
    return workspace.ok ? workspace.value.store.ringSetDelete(ringSetId) : workspace;
  },
  'rings.status': async ({ ringSetId }) => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    return workspace.value.store.ringStatus({ id: ringSetId, staleDays: staleDays(parts, workspace.value) });
  },
  'rings.promote': async (request) => {
    const live = acting(parts);
    if (!live.ok) return live;
    const { client, packages, workspace } = live.value;
    return promote({ client, packages, store: workspace.store, signer: parts.signer }, request, {
      user: client.info.user,
      staleDays: staleDays(parts, workspace),
    });
  },
});
