import { ok } from '../../domain/result.ts';
import { lastTaskEnd } from '../work/run-tasks.ts';
import { type Answering, acting, online, openProfile, type Parts, staleDays } from './parts.ts';

/** Hosts, their updates and tasks, and the orders given to them. */
export const hostsCalls = (parts: Parts): Answering<'hosts' | 'actions'> => ({
  'hosts.list': async () => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    return workspace.value.store.asText.hostsList({ staleDays: staleDays(parts, workspace.value) });
  },
  'hosts.get': async ({ uuid }) => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    return workspace.value.store.hostDetail({ uuid, staleDays: staleDays(parts, workspace.value) });
  },
  'hosts.updates': async ({ uuid }) => {
    const workspace = openProfile(parts);
    return workspace.ok ? workspace.value.store.asText.hostUpdates(uuid) : workspace;
  },
  'hosts.compare': async ({ uuids }) => {
    const workspace = openProfile(parts);
    return workspace.ok ? workspace.value.store.hostsCompare(uuids) : workspace;
  },
  'hosts.tasks': async ({ uuid }) => {
    const live = online(parts);
    if (!live.ok) return live;
    const tasks = await live.value.tasks.ask(uuid);
    const end = tasks.ok ? lastTaskEnd(tasks.value) : null;
    if (end !== null) await live.value.workspace.store.noteTaskEnd({ uuid, ...end });
    return tasks;
  },
  'actions.trigger': async ({ action, uuids }) => {
    const live = acting(parts);
    return live.ok ? live.value.runs.trigger(action, uuids) : live;
  },
  'actions.retry': async ({ runId }) => {
    const live = acting(parts);
    return live.ok ? live.value.runs.retry(runId) : live;
  },
  'actions.stop': ({ runId }) => {
    const live = online(parts);
    return live.ok ? live.value.runs.stopRun(runId) : live;
  },
  'actions.runs': () => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    return ok(workspace.value.online?.runs.list() ?? []);
  },
});
