import { CAMPAIGN_SETS, type CampaignSet } from '../../../domain/campaign.ts';
import type { Context } from '../context.ts';
import { all } from '../sql.ts';

const IN_SET: Readonly<Record<CampaignSet, string>> = {
  hosts: '1',
  asked: 'h.asked_at IS NOT NULL',
  sent: 't.sent_at IS NOT NULL',
  launched: 't.launched = 1',
  appeared: 't.appeared_at IS NOT NULL',
  ended: 't.appeared_at IS NOT NULL AND t.ended_at IS NOT NULL',
  waiting: "h.phase = 'waiting'",
  out: "h.phase = 'out'",
  done: "h.phase = 'done'",
  failed: "h.phase = 'failed'",
  missed: "h.phase = 'missed'",
  cancelled: "h.phase = 'cancelled'",
};

/** The hosts of a campaign in one of its sets, in its order. */
export function campaignSetOf({ db }: Context) {
  const sets = Object.fromEntries(
    CAMPAIGN_SETS.map((set) => [
      set,
      db.prepare(`SELECT DISTINCT h.uuid, h.position FROM campaign_hosts h
        LEFT JOIN campaign_tries t ON t.campaign_id = h.campaign_id AND t.uuid = h.uuid
        WHERE h.campaign_id = ? AND (${IN_SET[set]}) ORDER BY h.position`),
    ]),
  );
  return (id: string, set: CampaignSet): readonly string[] => {
    const statement = sets[set];
    return statement === undefined ? [] : all<{ uuid: string }>(statement, id).map((line) => line.uuid);
  };
}
