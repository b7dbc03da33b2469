import type { ConsoleError } from '../../../contract/errors.ts';
import { type CampaignPhase, waveAt } from '../../../domain/campaign.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { type JsonText, jsonText } from '../../json-text.ts';
import { type Context, write } from '../context.ts';
import { all } from '../sql.ts';
import {
  type CampaignHostAtWork,
  factsOf,
  type StoredCampaign,
  type StoredCampaignHost,
  type StoredCampaignRow,
  type TryBaseline,
  type TryLine,
} from './records.ts';

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

/** How Microsoft titles these updates in English and French. */
const SERVICING = /servicing stack|pile de (maintenance|services)/i;

/** The hosts of campaigns: where each stands, and what is known of its newest try. */
export function campaignHostOperations(context: Context, stored: (id: string) => StoredCampaign | null) {
  const { db } = context;
  const prolong = db.prepare('UPDATE campaigns SET ends_at = ? WHERE id = ?');
  const hostLines = db.prepare(`
    SELECT h.*, (SELECT max(attempt) FROM campaign_tries t WHERE t.campaign_id = h.campaign_id AND t.uuid = h.uuid) AS attempts
    FROM campaign_hosts h WHERE h.campaign_id = ? ORDER BY h.position`);
  const newestTries = db.prepare(`
    SELECT t.* FROM campaign_tries t WHERE t.campaign_id = ? AND t.attempt = (
      SELECT max(attempt) FROM campaign_tries n WHERE n.campaign_id = t.campaign_id AND n.uuid = t.uuid)`);
  const putHost =
    db.prepare(`UPDATE campaign_hosts SET phase = ?, step = ?, failures = ?, is_forgiven = ?, not_before = ?, woken_at = ?
    WHERE campaign_id = ? AND uuid = ?`);
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

  return {
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

    /** Updates of the servicing stack that wait on a host. */
    campaignServicing: (uuid: string): Result<readonly string[], ConsoleError> =>
      ok(
        all<{ id: string; title: string | null }>(servicing, uuid).flatMap(({ id, title }) =>
          SERVICING.test(title ?? '') ? [id] : [],
        ),
      ),
  };
}
