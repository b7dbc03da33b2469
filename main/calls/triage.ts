import { triageToDraft } from '../work/triage.ts';
import { type Answering, openProfile, type Parts } from './parts.ts';

/** What waits for a decision, and where decisions go. */
export const triageCalls = (parts: Parts): Answering<'triage'> => ({
  'triage.list': async () => {
    const workspace = openProfile(parts);
    return workspace.ok ? workspace.value.store.triageList({}) : workspace;
  },
  'triage.visit': async () => {
    const workspace = openProfile(parts);
    return workspace.ok ? workspace.value.store.triageVisit({}) : workspace;
  },
  'triage.decide': async (request) => {
    const workspace = openProfile(parts);
    return workspace.ok ? workspace.value.store.triageDecide(request) : workspace;
  },
  'triage.snooze': async (request) => {
    const workspace = openProfile(parts);
    return workspace.ok ? workspace.value.store.triageSnooze(request) : workspace;
  },
  'triage.toDraft': async (request) => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    const { store, online } = workspace.value;
    return triageToDraft({ store, packages: online?.packages ?? null }, request);
  },
});
