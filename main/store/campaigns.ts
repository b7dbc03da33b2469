import { randomUUID } from 'node:crypto';
import type { ConsoleError } from '../../contract/errors.ts';
import type { Campaign, CampaignCounts, CampaignHostRow, CampaignTry } from '../../contract/schemas/campaigns.ts';
import {
  CAMPAIGN_SETS,
  type CampaignPhase,
  type CampaignPlan,
  type CampaignSet,
  type CampaignStep,
  type TryOutcome,
  waveAt,
} from '../../domain/campaign.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { type JsonText, jsonText } from '../json-text.ts';
import { type Context, write } from './context.ts';
import { all, first } from './sql.ts';

/** What a campaign is told to be; where it stands follows from this, its plan and the moment. */
export type CampaignState = 'draft' | 'active' | 'paused' | 'stopped' | 'done' | 'cancelled';

/** A campaign as it is kept. */
export interface StoredCampaign extends Omit<Campaign, 'standing' | 'waitsFor' | 'nextAt' | 'signUntil'> {
  readonly state: CampaignState;
}

/** What was there before an order: the newest task of the host, and where its events stood. Null where it did not say. */
export interface TryBaseline {
  readonly newest: number | null;
  readonly lastEventId: number | null;
}

/** Where a host of a campaign stands, as it is kept. */
export interface StoredCampaignHost {
  readonly uuid: string;
  readonly phase: CampaignPhase;
  readonly step: number;
  readonly failures: number;
  readonly isForgiven: boolean;
  readonly notBefore: string | null;
  readonly wokenAt: string | null;
}

/** A host of a campaign that goes on, with the try that has not ended. */
export interface CampaignHostAtWork extends StoredCampaignHost {
  readonly fqdn: string;
  readonly attempts: number;
  readonly open: {
    readonly attempt: number;
    readonly step: CampaignStep;
    readonly baseline: TryBaseline;
    readonly sentAt: string | null;
    readonly appearedAt: string | null;
  } | null;
}

/** What became known of a try. */
export interface TryChange {
  readonly sentAt?: string;
  readonly isLaunched?: boolean | null;
  readonly launchedAt?: string;
  readonly appearedAt?: string;
  readonly taskId?: number | null;
  readonly endedAt?: string;
  readonly outcome?: TryOutcome;
  readonly message?: string | null;
  readonly code?: string | null;
}

/** Which try. */
export interface TryRef {
  readonly id: string;
  readonly uuid: string;
  readonly attempt: number;
}

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

interface TryLine {
  readonly uuid: string;
  readonly attempt: number;
  readonly step: CampaignStep;
  readonly asked_at: string | null;
  readonly baseline: string;
  readonly sent_at: string | null;
  readonly launched: number | null;
  readonly launched_at: string | null;
  readonly appeared_at: string | null;
  readonly task_id: number | null;
  readonly ended_at: string | null;
  readonly outcome: TryOutcome | null;
  readonly message: string | null;
  readonly code: string | null;
}

interface HostLine {
  readonly uuid: string;
  readonly position: number;
  readonly fqdn: string;
  readonly phase: CampaignPhase;
  readonly step: number;
  readonly failures: number;
  readonly is_forgiven: number;
  readonly not_before: string | null;
  readonly woken_at: string | null;
  readonly asked_at: string | null;
  readonly attempts: number | null;
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

const factsOf = (line: TryLine | undefined, askedAt: string | null) => ({
  askedAt,
  sentAt: line?.sent_at ?? null,
  isLaunched: line?.launched == null ? null : line.launched === 1,
  launchedAt: line?.launched_at ?? null,
  appearedAt: line?.appeared_at ?? null,
  endedAt: line?.ended_at ?? null,
  outcome: line?.outcome ?? null,
  taskId: line?.task_id ?? null,
  message: line?.message ?? null,
  code: line?.code ?? null,
});

/** A row of the detail as the store knows it; why it waits and how far its task is, only whoever runs the campaign knows. */
export type StoredCampaignRow = Omit<CampaignHostRow, 'wait' | 'percent'>;

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
  const prolong = db.prepare('UPDATE campaigns SET ends_at = ? WHERE id = ?');
  const hostLines = db.prepare(`
    SELECT h.*, (SELECT max(attempt) FROM campaign_tries t WHERE t.campaign_id = h.campaign_id AND t.uuid = h.uuid) AS attempts
    FROM campaign_hosts h WHERE h.campaign_id = ? ORDER BY h.position`);
  const newestTries = db.prepare(`
    SELECT t.* FROM campaign_tries t WHERE t.campaign_id = ? AND t.attempt = (
      SELECT max(attempt) FROM campaign_tries n WHERE n.campaign_id = t.campaign_id AND n.uuid = t.uuid)`);
  const triesOf = db.prepare(`
    SELECT t.*, h.asked_at FROM campaign_tries t JOIN campaign_hosts h ON h.campaign_id = t.campaign_id AND h.uuid = t.uuid
    WHERE t.campaign_id = ? AND t.uuid = ? ORDER BY t.attempt`);
  const putHost =
    db.prepare(`UPDATE campaign_hosts SET phase = ?, step = ?, failures = ?, is_forgiven = ?, not_before = ?, woken_at = ?
    WHERE campaign_id = ? AND uuid = ?`);
  const insertTry = db.prepare(`INSERT INTO campaign_tries (campaign_id, uuid, attempt, step, taken_at, baseline)
    VALUES (?, ?, ?, ?, ?, ?)`);
  const getTry = db.prepare('SELECT * FROM campaign_tries WHERE campaign_id = ? AND uuid = ? AND attempt = ?');
  const putTry = db.prepare(`UPDATE campaign_tries SET sent_at = ?, launched = ?, launched_at = ?, appeared_at = ?,
    task_id = ?, ended_at = ?, outcome = ?, message = ?, code = ? WHERE campaign_id = ? AND uuid = ? AND attempt = ?`);
  const again =
    db.prepare(`UPDATE campaign_hosts SET phase = 'waiting', failures = 0, is_forgiven = 0, not_before = NULL
    WHERE campaign_id = ? AND phase IN ('failed', 'missed')`);
  const forgive = db.prepare(`UPDATE campaign_hosts SET is_forgiven = 1
    WHERE campaign_id = ? AND (phase = 'failed' OR failures > 0)`);
  const presence = db.prepare(`
    SELECT c.uuid, h.facts ->> '$.reachable' AS reachable FROM campaign_hosts c JOIN hosts h ON h.uuid = c.uuid
    WHERE c.campaign_id = ? AND c.phase = 'waiting'`);
  const servicing = db.prepare(`
    SELECT u.update_id AS id, u.facts ->> '$.title' AS title FROM host_updates r
    JOIN hosts h ON h.id = r.host_key JOIN updates u ON u.id = r.update_key
    JOIN statuses s ON s.id = r.status_key WHERE h.uuid = ? AND s.text IN ('PENDING', 'MISSING')`);

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

    /** Its hosts in their order, each with the facts of its newest try. */
    campaignRows: (id: string): Result<JsonText<readonly StoredCampaignRow[]>, ConsoleError> => {
      const campaign = stored(id);
      if (campaign === null) return fail({ code: 'not-found', field: 'campaignId' });
      const { steps, waves } = campaign.plan;
      const newest = new Map(all<TryLine>(newestTries, id).map((line) => [line.uuid, line]));
      const rows = all<HostLine>(hostLines, id).map(
        (line): StoredCampaignRow => ({
          uuid: line.uuid,
          fqdn: line.fqdn,
          wave: waveAt(waves, line.position) + 1,
          phase: line.phase,
          step: steps[Math.min(line.step, steps.length - 1)] ?? 'scan',
          attempts: line.attempts ?? 0,
          nextTryAt: line.not_before,
          wokenAt: line.woken_at,
          ...factsOf(newest.get(line.uuid), line.asked_at),
        }),
      );
      return ok(jsonText([JSON.stringify(rows)]));
    },

    /** Every try of one host, oldest first. */
    campaignTries: ({ id, uuid }: { readonly id: string; readonly uuid: string }) =>
      ok(
        all<TryLine>(triesOf, id, uuid).map(
          (line): CampaignTry => ({
            attempt: line.attempt,
            step: line.step,
            ...factsOf(line, line.asked_at),
          }),
        ),
      ) as Result<readonly CampaignTry[], ConsoleError>,

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

    /** Hosts that failed or were missed wait again, until `endsAt`. Answers how many. */
    campaignAgain: ({ id, endsAt }: { readonly id: string; readonly endsAt: string | null }) =>
      write(context, () => {
        prolong.run(endsAt, id);
        changed();
        return Number(again.run(id).changes);
      }),

    /** Those who fail now stop it no more. */
    campaignForgive: (id: string): Result<null, ConsoleError> =>
      write(context, () => {
        forgive.run(id);
        changed();
        return null;
      }),

    /** Those of its hosts that wait and that the server lists, and whether they are connected. */
    campaignPresence: (id: string): Result<readonly (readonly [uuid: string, isReachable: boolean])[], ConsoleError> =>
      ok(
        all<{ uuid: string; reachable: string | null }>(presence, id).map(
          (line) => [line.uuid, line.reachable === 'OK'] as const,
        ),
      ),

    /** Removes a campaign and what is known of it. */
    campaignDelete: (id: string): Result<null, ConsoleError> =>
      write(context, () => {
        dropTries.run(id);
        dropHosts.run(id);
        drop.run(id);
        changed();
        return null;
      }),

    /** The hosts of a campaign that goes on, in their order. */
    campaignHosts: (id: string): Result<readonly CampaignHostAtWork[], ConsoleError> => {
      const newest = new Map(all<TryLine>(newestTries, id).map((line) => [line.uuid, line]));
      return ok(
        all<HostLine>(hostLines, id).map((line) => {
          const last = newest.get(line.uuid);
          const isOpen = last !== undefined && last.ended_at === null;
          return {
            uuid: line.uuid,
            fqdn: line.fqdn,
            phase: line.phase,
            step: line.step,
            failures: line.failures,
            isForgiven: line.is_forgiven === 1,
            notBefore: line.not_before,
            wokenAt: line.woken_at,
            attempts: line.attempts ?? 0,
            open: isOpen
              ? {
                  attempt: last.attempt,
                  step: last.step,
                  baseline: JSON.parse(last.baseline) as TryBaseline,
                  sentAt: last.sent_at,
                  appearedAt: last.appeared_at,
                }
              : null,
          };
        }),
      );
    },

    /** Keeps where hosts stand. */
    campaignHostsPut: ({ id, hosts }: { readonly id: string; readonly hosts: readonly StoredCampaignHost[] }) =>
      write(context, () => {
        for (const host of hosts)
          putHost.run(
            host.phase,
            host.step,
            host.failures,
            Number(host.isForgiven),
            host.notBefore,
            host.wokenAt,
            id,
            host.uuid,
          );
        changed();
        return null;
      }),

    /** Writes down a try before it is sent. The key keeps the same try from being taken twice. */
    campaignTryOpen: (
      input: TryRef & { readonly step: CampaignStep; readonly at: string; readonly baseline: TryBaseline },
    ): Result<null, ConsoleError> =>
      write(context, () => {
        insertTry.run(input.id, input.uuid, input.attempt, input.step, input.at, JSON.stringify(input.baseline));
        changed();
        return null;
      }),

    /** Adds what became known of a try; what is known stays. */
    campaignTryNote: ({ id, uuid, attempt, ...change }: TryRef & TryChange): Result<null, ConsoleError> =>
      write(context, () => {
        const line = first<TryLine>(getTry, id, uuid, attempt);
        // The campaign was deleted meanwhile.
        if (line === undefined) return null;
        const launched = change.isLaunched === undefined ? line.launched : toInteger(change.isLaunched);
        putTry.run(
          line.sent_at ?? change.sentAt ?? null,
          launched,
          line.launched_at ?? change.launchedAt ?? null,
          line.appeared_at ?? change.appearedAt ?? null,
          change.taskId === undefined ? line.task_id : change.taskId,
          line.ended_at ?? change.endedAt ?? null,
          line.outcome ?? change.outcome ?? null,
          change.message === undefined ? line.message : change.message,
          change.code === undefined ? line.code : change.code,
          id,
          uuid,
          attempt,
        );
        changed();
        return null;
      }),

    /** Updates of the servicing stack that wait on a host. */
    campaignServicing: (uuid: string): Result<readonly string[], ConsoleError> =>
      ok(
        all<{ id: string; title: string | null }>(servicing, uuid).flatMap(({ id, title }) =>
          SERVICING.test(title ?? '') ? [id] : [],
        ),
      ),
  };
}

/** How Microsoft titles these updates in English and French. */
const SERVICING = /servicing stack|pile de (maintenance|services)/i;

const toInteger = (value: boolean | null): number | null => (value === null ? null : Number(value));

const countsOf = ({ id: _id, ...counts }: CampaignCounts & { readonly id: string }): CampaignCounts => counts;
