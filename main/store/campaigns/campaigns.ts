import { randomUUID } from 'node:crypto';
import type { ConsoleError } from '../../../contract/errors.ts';
import type { CampaignCounts } from '../../../contract/schemas/campaigns.ts';
import type { CampaignPlan } from '../../../domain/campaign.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { type Context, write } from '../context.ts';
import { all, first } from '../sql.ts';
import { campaignHostOperations } from './hosts.ts';
import type { CampaignState, StoredCampaign } from './records.ts';
import { campaignTryOperations } from './tries.ts';

interface CampaignLine {
  readonly id: string;
  readonly saved_at: string;
  readonly name: string;
  readonly plan: string;
  readonly state: CampaignState;
  readonly started_at: string | null;
  readonly started_by: string | null;
  readonly starts_at: string | null;
  readonly ends_at: string | null;
  readonly ended_at: string | null;
  readonly stop_limit: 'failures' | 'percent' | null;
}

const COUNTS = `
  SELECT h.campaign_id AS id, count(*) AS hosts, count(h.asked_at) AS asked,
    count(t.sent) AS sent, count(t.launched) AS launched, count(t.appeared) AS appeared, count(t.ended) AS ended,
    count(*) FILTER (WHERE h.phase = 'waiting') AS waiting, count(*) FILTER (WHERE h.phase = 'out') AS out,
    count(*) FILTER (WHERE h.phase = 'done') AS done, count(*) FILTER (WHERE h.phase = 'failed') AS failed,
    count(*) FILTER (WHERE h.phase = 'missed') AS missed, count(*) FILTER (WHERE h.phase = 'cancelled') AS cancelled
  FROM campaign_hosts h LEFT JOIN (
    SELECT campaign_id, uuid, max(sent_at) AS sent, max(CASE WHEN launched = 1 THEN 1 END) AS launched,
      max(appeared_at) AS appeared, max(CASE WHEN appeared_at IS NOT NULL THEN ended_at END) AS ended
    FROM campaign_tries GROUP BY campaign_id, uuid
  ) t ON t.campaign_id = h.campaign_id AND t.uuid = h.uuid`;

const NONE: CampaignCounts = {
  hosts: 0,
  asked: 0,
  sent: 0,
  launched: 0,
  appeared: 0,
  ended: 0,
  waiting: 0,
  out: 0,
  done: 0,
  failed: 0,
  missed: 0,
  cancelled: 0,
};

const toCampaign = (line: CampaignLine, counts: CampaignCounts): StoredCampaign => ({
  id: line.id,
  name: line.name,
  plan: JSON.parse(line.plan) as CampaignPlan,
  savedAt: line.saved_at,
  state: line.state,
  limit: line.stop_limit,
  startedAt: line.started_at,
  startedBy: line.started_by,
  startsAt: line.starts_at,
  endsAt: line.ends_at,
  endedAt: line.ended_at,
  counts,
});

const countsOf = ({ id: _id, ...counts }: CampaignCounts & { readonly id: string }): CampaignCounts => counts;

/** Campaigns, their hosts, and every try. */
export function campaignOperations(context: Context) {
  const { db } = context;
  const lines = db.prepare('SELECT * FROM campaigns ORDER BY coalesce(started_at, saved_at) DESC, id');
  const one = db.prepare('SELECT * FROM campaigns WHERE id = ?');
  const countAll = db.prepare(`${COUNTS} GROUP BY h.campaign_id`);
  const countOne = db.prepare(`${COUNTS} WHERE h.campaign_id = ? GROUP BY h.campaign_id`);
  const insert = db.prepare(`INSERT INTO campaigns (id, saved_at, name, plan, state) VALUES (?, ?, ?, ?, 'draft')
    ON CONFLICT (id) DO UPDATE SET saved_at = excluded.saved_at, name = excluded.name, plan = excluded.plan`);
  const dropHosts = db.prepare('DELETE FROM campaign_hosts WHERE campaign_id = ?');
  const dropTries = db.prepare('DELETE FROM campaign_tries WHERE campaign_id = ?');
  const drop = db.prepare('DELETE FROM campaigns WHERE id = ?');
  const insertHosts = db.prepare(`
    INSERT INTO campaign_hosts (campaign_id, uuid, position, fqdn, phase, step, failures)
    SELECT ?, wanted.value, wanted.key, coalesce(nullif(h.facts ->> '$.fqdn', ''), h.facts ->> '$.name', wanted.value), 'waiting', 0, 0
    FROM json_each(?) AS wanted LEFT JOIN hosts h ON h.uuid = wanted.value`);
  const begin =
    db.prepare(`UPDATE campaigns SET state = 'active', started_at = ?, started_by = ?, starts_at = ?, ends_at = ?
    WHERE id = ?`);
  const askHosts = db.prepare('UPDATE campaign_hosts SET asked_at = ? WHERE campaign_id = ? AND asked_at IS NULL');
  const turn = db.prepare('UPDATE campaigns SET state = ?, ended_at = ?, stop_limit = ? WHERE id = ?');

  const changed = (): void => void context.changed.add('campaigns');
  const stored = (id: string): StoredCampaign | null => {
    const line = first<CampaignLine>(one, id);
    if (line === undefined) return null;
    const counts = first<CampaignCounts & { id: string }>(countOne, id);
    return toCampaign(line, counts === undefined ? NONE : countsOf(counts));
  };
  const need = (id: string): StoredCampaign => {
    const campaign = stored(id);
    if (campaign === null) throw new Error('a campaign that was there is gone');
    return campaign;
  };

  return {
    /** All campaigns, newest first. */
    campaignsList: (): Result<readonly StoredCampaign[], ConsoleError> => {
      const counts = new Map(all<CampaignCounts & { id: string }>(countAll).map((each) => [each.id, countsOf(each)]));
      return ok(all<CampaignLine>(lines).map((line) => toCampaign(line, counts.get(line.id) ?? NONE)));
    },

    /** One campaign; `not-found`. */
    campaign: (id: string): Result<StoredCampaign, ConsoleError> => {
      const found = stored(id);
      return found === null ? fail({ code: 'not-found', field: 'campaignId' }) : ok(found);
    },

    /** Makes a draft, or changes one; `campaign-state` for what was started. */
    campaignSave: (input: {
      readonly id: string | null;
      readonly name: string;
      readonly uuids: readonly string[];
      readonly plan: CampaignPlan;
      readonly at: string;
    }): Result<StoredCampaign, ConsoleError> => {
      const known = input.id === null ? null : stored(input.id);
      if (input.id !== null && known === null) return fail({ code: 'not-found', field: 'id' });
      if (known !== null && known.state !== 'draft') return fail({ code: 'campaign-state' });
      return write(context, () => {
        const id = input.id ?? randomUUID();
        insert.run(id, input.at, input.name, JSON.stringify(input.plan));
        dropHosts.run(id);
        insertHosts.run(id, JSON.stringify([...new Set(input.uuids)]));
        changed();
        return need(id);
      });
    },

    /** From now on its hosts are asked; `campaign-state` when it was started before. */
    campaignBegin: (input: {
      readonly id: string;
      readonly user: string;
      readonly at: string;
      readonly startsAt: string;
      readonly endsAt: string | null;
    }): Result<StoredCampaign, ConsoleError> => {
      const known = stored(input.id);
      if (known === null) return fail({ code: 'not-found', field: 'campaignId' });
      if (known.state !== 'draft') return fail({ code: 'campaign-state' });
      return write(context, () => {
        begin.run(input.at, input.user, input.startsAt, input.endsAt, input.id);
        askHosts.run(input.at, input.id);
        changed();
        return need(input.id);
      });
    },

    /** Another state; `ended` is when it came to rest for good, `limit` what stopped it. */
    campaignTurn: (input: {
      readonly id: string;
      readonly state: CampaignState;
      readonly endedAt: string | null;
      readonly limit: 'failures' | 'percent' | null;
    }): Result<StoredCampaign, ConsoleError> => {
      if (stored(input.id) === null) return fail({ code: 'not-found', field: 'campaignId' });
      return write(context, () => {
        turn.run(input.state, input.endedAt, input.limit, input.id);
        changed();
        return need(input.id);
      });
    },

    /** Removes a campaign and what is known of it. */
    campaignDelete: (id: string): Result<null, ConsoleError> =>
      write(context, () => {
        dropTries.run(id);
        dropHosts.run(id);
        drop.run(id);
        changed();
        return null;
      }),

    ...campaignHostOperations(context, stored),
    ...campaignTryOperations(context),
  };
}
