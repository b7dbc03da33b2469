import type {
  Campaign,
  CampaignAbilities,
  CampaignDetail,
  CampaignHostRow,
  CampaignStanding,
} from '../../contract/schemas/campaigns.ts';
import { opensAt } from '../../domain/campaign-time.ts';
import { selectionAttribute } from '../server/dialect.ts';
import type { ServerClient } from '../server/session.ts';
import type { StoredCampaign, StoredCampaignRow } from '../store/store.ts';
import type { CampaignRunner } from './campaign-runner.ts';

/** Where a campaign is seen from: by whoever runs it, or on what the store has. */
export interface Viewpoint {
  readonly runner: CampaignRunner | null;
  /** Another console has the right to write, and runs it. */
  readonly isElsewhere: boolean;
  readonly now: number;
}

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

/** A campaign as the window sees it. */
export function viewCampaign(stored: StoredCampaign, { runner, isElsewhere, now }: Viewpoint): Campaign {
  const { state: _state, ...rest } = stored;
  const { standing, waitsFor } = standingOf(stored, runner, isElsewhere, now);
  const next =
    waitsFor === 'start'
      ? Date.parse(stored.startsAt ?? '')
      : waitsFor === 'window'
        ? opensAt(stored.plan.windows, now)
        : null;
  return {
    ...rest,
    standing,
    waitsFor,
    nextAt: iso(next === null || Number.isNaN(next) ? null : next),
    signUntil: runner?.signUntil ?? null,
  };
}

function standingOf(
  stored: StoredCampaign,
  runner: CampaignRunner | null,
  isElsewhere: boolean,
  now: number,
): { readonly standing: CampaignStanding; readonly waitsFor: Campaign['waitsFor'] } {
  if (stored.state !== 'active') return { standing: stored.state, waitsFor: null };
  const decision = runner?.decision ?? null;
  if (decision !== null) {
    const isAtWork = decision.standing === 'done' || decision.standing === 'stopped' || decision.standing === 'paused';
    return isAtWork
      ? { standing: 'running', waitsFor: null }
      : { standing: decision.standing, waitsFor: decision.waitsFor };
  }
  if (runner !== null) return { standing: 'running', waitsFor: null };
  if (isElsewhere) return { standing: 'running', waitsFor: 'elsewhere' };
  if (Date.parse(stored.startsAt ?? '') > now) return { standing: 'scheduled', waitsFor: 'start' };
  return { standing: 'waiting', waitsFor: 'signed-out' };
}

/** A campaign with its hosts. */
export function viewDetail(
  stored: StoredCampaign,
  rows: readonly StoredCampaignRow[],
  from: Viewpoint,
): CampaignDetail {
  const { runner } = from;
  const campaign = viewCampaign(stored, from);
  const waits = runner?.decision?.waits;
  const unseen: CampaignHostRow['wait'] =
    stored.state === 'paused' || stored.state === 'stopped'
      ? 'paused'
      : campaign.waitsFor === 'signed-out'
        ? 'signed-out'
        : null;
  return {
    campaign,
    hosts: rows.map((row) => ({
      ...row,
      wait: row.phase !== 'waiting' || stored.state === 'draft' ? null : (waits?.get(row.uuid) ?? unseen),
      percent: row.phase === 'out' ? (runner?.percentOf(row.uuid) ?? null) : null,
    })),
  };
}

/** What campaigns can do at the server one is signed in to. */
export function abilitiesOf(client: ServerClient | null): CampaignAbilities {
  if (client === null)
    return { wake: { available: false, reason: 'offline' }, servicing: { available: false, reason: 'offline' } };
  const canChoose = selectionAttribute(client) !== null;
  return {
    wake: client.info.capabilities['wake-hosts'],
    servicing: { available: canChoose, reason: canChoose ? null : 'not-configured' },
  };
}
