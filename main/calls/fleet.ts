import { type Answering, openProfile, type Parts, staleDays } from './parts.ts';

/** Figures of the whole fleet, and what is behind each of them. */
export const fleetCalls = (parts: Parts): Answering<'fleet'> => ({
  'fleet.behind': async ({ where }) => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    return workspace.value.store.fleetBehind({ where, staleDays: staleDays(parts, workspace.value) });
  },
  'fleet.overview': async () => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    return workspace.value.store.fleetOverview({ staleDays: staleDays(parts, workspace.value) });
  },
  'fleet.trend': async (entry) => {
    const workspace = openProfile(parts);
    return workspace.ok ? workspace.value.store.fleetTrend(entry) : workspace;
  },
  'fleet.news': async () => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    return workspace.value.store.fleetNews({ staleDays: staleDays(parts, workspace.value) });
  },
  'fleet.visit': async () => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    const { store } = workspace.value;
    const limit = { staleDays: staleDays(parts, workspace.value) };
    // A second console on the profile may look, too; it only leaves no mark.
    return store.isReadOnly ? store.fleetNews(limit) : store.fleetVisit(limit);
  },
});
