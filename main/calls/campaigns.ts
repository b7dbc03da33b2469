import type { ConsoleError } from '../../contract/errors.ts';
import type { Campaign } from '../../contract/schemas/campaigns.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { abilitiesOf, type Viewpoint, viewCampaign, viewDetail } from '../work/campaign-view.ts';
import type { Campaigns } from '../work/campaigns.ts';
import type { Workspace } from '../work/workspace.ts';
import { type Answering, acting, openProfile, type Parts } from './parts.ts';

/** Campaigns: the list, one with its hosts, and what is done with them. */
export const campaignsCalls = (parts: Parts): Answering<'campaigns'> => {
  const from = (workspace: Workspace, campaignId: string): Viewpoint => ({
    runner: workspace.online?.campaigns.runner(campaignId) ?? null,
    isElsewhere: workspace.store.isReadOnly,
    now: workspace.now(),
  });
  const doing = async (
    work: (campaigns: Campaigns) => Promise<Result<Campaign, ConsoleError>>,
  ): Promise<Result<Campaign, ConsoleError>> => {
    const live = acting(parts);
    return live.ok ? work(live.value.campaigns) : live;
  };
  return {
    'campaigns.list': async () => {
      const workspace = openProfile(parts);
      if (!workspace.ok) return workspace;
      const { store, online } = workspace.value;
      const stored = await store.campaignsList();
      if (!stored.ok) return stored;
      return ok({
        campaigns: stored.value.map((each) => viewCampaign(each, from(workspace.value, each.id))),
        abilities: abilitiesOf(online?.client ?? null),
      });
    },
    'campaigns.get': async ({ campaignId }) => {
      const workspace = openProfile(parts);
      if (!workspace.ok) return workspace;
      const { store } = workspace.value;
      const [stored, rows] = await Promise.all([store.campaign(campaignId), store.campaignRows(campaignId)]);
      if (!stored.ok) return stored;
      return rows.ok ? ok(viewDetail(stored.value, rows.value, from(workspace.value, campaignId))) : rows;
    },
    'campaigns.tries': async ({ campaignId, uuid }) => {
      const workspace = openProfile(parts);
      return workspace.ok ? workspace.value.store.campaignTries({ id: campaignId, uuid }) : workspace;
    },
    'campaigns.save': async ({ id, name, uuids, plan }) => {
      const workspace = openProfile(parts);
      if (!workspace.ok) return workspace;
      const at = new Date().toISOString();
      const saved = await workspace.value.store.campaignSave({ id, name, uuids, plan, at });
      return saved.ok ? ok(viewCampaign(saved.value, from(workspace.value, saved.value.id))) : saved;
    },
    'campaigns.start': (go) => doing((campaigns) => campaigns.begin(go)),
    'campaigns.pause': ({ campaignId }) => doing((campaigns) => campaigns.pause(campaignId)),
    'campaigns.resume': (go) => doing((campaigns) => campaigns.resume(go)),
    'campaigns.retry': (go) => doing((campaigns) => campaigns.retry(go)),
    'campaigns.cancel': ({ campaignId }) => doing((campaigns) => campaigns.cancel(campaignId)),
    'campaigns.delete': async ({ campaignId }) => {
      const workspace = openProfile(parts);
      if (!workspace.ok) return workspace;
      const { store } = workspace.value;
      const stored = await store.campaign(campaignId);
      if (!stored.ok) return stored;
      // Who is at work is cancelled first: a campaign does not vanish while hosts act on it.
      if (!['draft', 'done', 'cancelled'].includes(stored.value.state)) return fail({ code: 'campaign-state' });
      return store.campaignDelete(campaignId);
    },
  };
};
