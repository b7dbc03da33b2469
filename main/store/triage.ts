import type { ConsoleError } from '../../contract/errors.ts';
import type { TriageList, TriageRow, TriageVisit } from '../../contract/schemas/triage.ts';
import { ok, type Result } from '../../domain/result.ts';
import { sortTriage, type TriageMark, type TriageSorted, type TriageVerdict } from '../../domain/triage.ts';
import { type Context, write } from './context.ts';
import type { Meta } from './meta.ts';
import type { Described, Overview } from './overview.ts';
import type { Published } from './published.ts';
import { all, first } from './sql.ts';

/** A verdict on updates; null takes it back. */
export interface TriageDecision {
  readonly updateIds: readonly string[];
  readonly verdict: TriageVerdict | null;
}

/** Until when updates sleep, ISO with zone; null wakes them. */
export interface TriageSnooze {
  readonly updateIds: readonly string[];
  readonly until: string | null;
}

/** An update that was decided and waits for a package. */
export interface Decided {
  readonly updateId: string;
  readonly verdict: TriageVerdict;
}

/** Milliseconds within which coming back is the same visit. */
const SAME_VISIT = 3_600_000;

interface MarkLine {
  readonly update_id: string;
  readonly verdict: TriageVerdict | null;
  readonly snoozed_until: string | null;
  readonly seen_on: string | null;
}

/** What waits for a decision, and what was said of it. */
export function triageOperations(context: Context, overview: Overview, published: Published, meta: Meta) {
  const { db } = context;
  const marks = db.prepare('SELECT update_id, verdict, snoozed_until, seen_on FROM triage');
  const decided = db.prepare(
    `SELECT update_id AS updateId, verdict FROM triage WHERE verdict IS NOT NULL ORDER BY update_id`,
  );
  const decide = db.prepare(
    'INSERT INTO triage (update_id, verdict) VALUES (?, ?) ON CONFLICT (update_id) DO UPDATE SET verdict = excluded.verdict',
  );
  const snooze = db.prepare(`INSERT INTO triage (update_id, snoozed_until) VALUES (?, ?)
    ON CONFLICT (update_id) DO UPDATE SET snoozed_until = excluded.snoozed_until`);
  const see = db.prepare(`INSERT INTO triage (update_id, seen_on) VALUES (?, ?)
    ON CONFLICT (update_id) DO UPDATE SET seen_on = coalesce(seen_on, excluded.seen_on)`);
  const prune = db.prepare(`DELETE FROM triage WHERE verdict IS NULL AND coalesce(snoozed_until, '') < ?
    AND update_id NOT IN (SELECT update_id FROM updates)`);
  const hostCount = db.prepare('SELECT count(*) AS n FROM hosts');

  const before = (): string | null => meta.get('triage-visited-before') || null;

  const sort = (now: number): TriageSorted & { readonly updates: readonly Described[] } => {
    const updates = overview.descriptions();
    const counts = overview.counts();
    const superseded = overview.supersededGuids();
    const [ruled, drafted] = [published.mentioned(), published.drafted()];
    const markOf = new Map(
      all<MarkLine>(marks).map(({ update_id, verdict, snoozed_until, seen_on }): [string, TriageMark] => [
        update_id,
        { verdict, snoozedUntil: snoozed_until, seenOn: seen_on },
      ]),
    );
    const sorted = sortTriage(
      updates.map(({ id, guid, updateId, kbids, product, classification, changetime }) => ({
        updateId,
        kbids,
        product,
        classification,
        changetime,
        needed: counts.counts(id).needed,
        isSuperseded: superseded.has(guid),
      })),
      {
        isRuled: (at) => ruled[at] !== 0,
        isDrafted: (at) => drafted[at] !== 0,
        markOf: (updateId) => markOf.get(updateId),
        visitedOn: before() === null ? null : meta.get('triage-visited-on'),
        now,
      },
    );
    return { ...sorted, updates };
  };

  return {
    /** What some host needs and no rule of the newest packages mentions, with what was said of it. */
    triageList: ({ now = Date.now() }: { readonly now?: number }): Result<TriageList, ConsoleError> => {
      const { items, inDrafts, updates } = sort(now);
      const counts = overview.counts();
      const rows = items.flatMap((item): TriageRow[] => {
        const update = updates[item.at];
        if (update === undefined) return [];
        const { id, guid: _guid, is_listed: _listed, ...facts } = update;
        const { state, verdict, snoozedUntil, isSuperseded, isNew } = item;
        const folded = item.folded.flatMap((at) => updates[at]?.updateId ?? []);
        return [{ ...facts, hosts: counts.counts(id), state, verdict, snoozedUntil, isSuperseded, isNew, folded }];
      });
      return ok({
        rows,
        visitedBefore: before(),
        inDrafts,
        unread: published.newest().flatMap((each) => (each.rules === null && !each.isLegacy ? [each.package] : [])),
        freshness: meta.freshness(),
        hostCount: first<{ n: number }>(hostCount)?.n ?? 0,
      });
    },

    /** Notes that somebody looks, and what is there; coming back within an hour goes on with the same visit. */
    triageVisit: ({ now = Date.now() }: { readonly now?: number }): Result<TriageVisit, ConsoleError> => {
      const last = meta.get('triage-visited-on');
      if (last !== null && now - Date.parse(last) < SAME_VISIT) return ok({ visitedBefore: before() });
      return write(context, () => {
        const at = new Date(now).toISOString();
        meta.set('triage-visited-before', last ?? '');
        meta.set('triage-visited-on', at);
        prune.run(at);
        const { items, updates } = sort(now);
        for (const item of items)
          for (const one of [item.at, ...item.folded]) see.run(updates[one]?.updateId ?? '', at);
        context.changed.add('triage');
        return { visitedBefore: before() };
      });
    },

    /** Keeps what was decided until it goes into a package. */
    triageDecide: ({ updateIds, verdict }: TriageDecision): Result<null, ConsoleError> =>
      write(context, () => {
        for (const updateId of updateIds) decide.run(updateId, verdict);
        context.changed.add('triage');
        return null;
      }),

    /** Puts updates off. */
    triageSnooze: ({ updateIds, until }: TriageSnooze): Result<null, ConsoleError> =>
      write(context, () => {
        for (const updateId of updateIds) snooze.run(updateId, until);
        context.changed.add('triage');
        return null;
      }),

    /** What was decided and is in no package yet. */
    triageDecided: (): Result<readonly Decided[], ConsoleError> => ok(all<Decided>(decided)),
  };
}
