import type { ConsoleError } from '../../../contract/errors.ts';
import type { CampaignTry } from '../../../contract/schemas/campaigns.ts';
import type { CampaignStep } from '../../../domain/campaign.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { type Context, write } from '../context.ts';
import { all, first } from '../sql.ts';
import { factsOf, type TryBaseline, type TryChange, type TryLine, type TryRef } from './records.ts';

const toInteger = (value: boolean | null): number | null => (value === null ? null : Number(value));

/** Every try of every host of a campaign, from before it is sent to its end. */
export function campaignTryOperations(context: Context) {
  const { db } = context;
  const triesOf = db.prepare(`
    SELECT t.*, h.asked_at FROM campaign_tries t JOIN campaign_hosts h ON h.campaign_id = t.campaign_id AND h.uuid = t.uuid
    WHERE t.campaign_id = ? AND t.uuid = ? ORDER BY t.attempt`);
  const insertTry = db.prepare(`INSERT INTO campaign_tries (campaign_id, uuid, attempt, step, taken_at, baseline)
    VALUES (?, ?, ?, ?, ?, ?)`);
  const getTry = db.prepare('SELECT * FROM campaign_tries WHERE campaign_id = ? AND uuid = ? AND attempt = ?');
  const putTry = db.prepare(`UPDATE campaign_tries SET sent_at = ?, launched = ?, launched_at = ?, appeared_at = ?,
    task_id = ?, ended_at = ?, outcome = ?, message = ?, code = ? WHERE campaign_id = ? AND uuid = ? AND attempt = ?`);

  const changed = (): void => void context.changed.add('campaigns');

  return {
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
  };
}
