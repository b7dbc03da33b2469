import { ok } from '../../domain/result.ts';
import { checkJournal } from '../work/journal-check.ts';
import { type Answering, online, openProfile, type Parts } from './parts.ts';

/** Reading the server anew, and the journal. */
export const syncCalls = (parts: Parts): Answering<'sync' | 'journal'> => ({
  'sync.start': ({ full }) => {
    const live = online(parts);
    if (!live.ok) return live;
    void live.value.sync.run({ full });
    void live.value.packages.refresh(true);
    return ok(live.value.sync.state);
  },
  'sync.cancel': () => {
    const live = online(parts);
    if (!live.ok) return live;
    live.value.sync.cancel();
    return ok(live.value.sync.state);
  },
  'sync.pause': () => {
    const live = online(parts);
    if (!live.ok) return live;
    live.value.sync.pause();
    return ok(live.value.sync.state);
  },
  'sync.resume': () => {
    const live = online(parts);
    if (!live.ok) return live;
    live.value.sync.resume();
    return ok(live.value.sync.state);
  },
  'sync.state': () => {
    const workspace = openProfile(parts);
    return workspace.ok ? ok(workspace.value.syncState) : workspace;
  },
  'sync.freshness': () => {
    const workspace = openProfile(parts);
    return workspace.ok ? workspace.value.store.freshness() : workspace;
  },
  'journal.check': async () => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    const profile = parts.profiles.get(workspace.value.profileId);
    const certificates = [...parts.signer.chain(), ...(profile?.trustedSigners ?? [])];
    return checkJournal({ store: workspace.value.store, certificates });
  },
  'journal.list': async ({ limit }) => {
    const workspace = openProfile(parts);
    return workspace.ok ? workspace.value.store.journalList(limit) : workspace;
  },
});
