import { type Answering, openProfile, type Parts, staleDays } from './parts.ts';

/** Figures of the whole fleet, and what is behind each of them. */
export const fleetCalls = (parts: Parts): Answering<'fleet'> => ({
  'fleet.behind': async ({ where }) => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    return workspace.value.store.fleetBehind({ where, staleDays: staleDays(parts, workspace.value) });
  },
});
