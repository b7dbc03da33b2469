import type { ConsoleError } from '../../../contract/errors.ts';
import type { FailureBoard, FailureLine } from '../../../contract/schemas/failures.ts';
import type { FleetSet } from '../../../contract/schemas/fleet.ts';
import {
  countFailures,
  type FailureBy,
  type FailureSet,
  groupFailures,
  isOfSet,
  type PlacedFailure,
} from '../../../domain/failures.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { type Context, write } from '../context.ts';
import type { StaleLimit } from '../hosts.ts';
import type { Meta } from '../meta.ts';
import { all, first } from '../sql.ts';
import type { Failed } from './failed.ts';

/** The end of a host's newest Windows Update task. */
export interface TaskEnd {
  readonly uuid: string;
  /** What a failed one said of itself; null: it did not fail. */
  readonly message: string | null;
  /** ISO as reported. */
  readonly at: string | null;
}

interface UpdateLine {
  readonly update_id: string;
  readonly title: string | null;
  readonly kbids: string | null;
}

/** Hosts and updates of a set of failures. */
export function behindFailures(failures: readonly PlacedFailure[], set: FailureSet): FleetSet {
  const found = failures.filter((failure) => isOfSet(failure, set));
  return {
    uuids: [...new Set(found.map(({ uuid }) => uuid))],
    updateIds: [...new Set(found.flatMap(({ updateId }) => updateId ?? []))].sort(),
  };
}

/** What failed, and the ends of tasks that tell of it. */
export function failureOperations(context: Context, failed: Failed, meta: Meta) {
  const { db } = context;
  const described = db.prepare(`
    SELECT update_id, facts ->> '$.title' AS title, facts -> '$.kbids' AS kbids
    FROM updates JOIN json_each(?) AS wanted ON wanted.value = update_id`);
  const hostCount = db.prepare('SELECT count(*) AS n FROM hosts');
  const note = db.prepare('INSERT OR REPLACE INTO failed_tasks VALUES (?, ?, ?)');
  const known = db.prepare('SELECT message FROM failed_tasks WHERE uuid = ?');
  const forget = db.prepare('DELETE FROM failed_tasks WHERE uuid = ?');

  const lines = (failures: readonly PlacedFailure[], by: FailureBy): readonly FailureLine[] => {
    const groups = groupFailures(failures, by);
    const ids = by === 'update' ? groups.flatMap(({ key }) => key ?? []) : [];
    const facts = new Map(
      all<UpdateLine>(described, JSON.stringify(ids)).map((line) => [line.update_id, line] as const),
    );
    return groups.map((group) => {
      const line = group.key === null ? undefined : facts.get(group.key);
      return {
        ...group,
        title: line?.title || null,
        kbids: JSON.parse(line?.kbids ?? '[]') as readonly string[],
      };
    });
  };

  return {
    /** Failures of a set, grouped. */
    failuresBoard: ({
      by,
      within,
      ...limit
    }: StaleLimit & { readonly by: FailureBy; readonly within: FailureSet }): Result<FailureBoard, ConsoleError> => {
      const failures = failed(limit).filter((failure) => isOfSet(failure, within));
      return ok({
        groups: lines(failures, by),
        total: countFailures(failures),
        disk: countFailures(failures.filter((failure) => failure.lacksSpace)),
        hostCount: first<{ n: number }>(hostCount)?.n ?? 0,
        freshness: meta.freshness(),
      });
    },

    /** Notes how the newest Windows Update task of a host ended. */
    noteTaskEnd: ({ uuid, message, at }: TaskEnd): Result<null, ConsoleError> => {
      const before = first<{ message: string }>(known, uuid)?.message ?? null;
      if (before === message || context.isReadOnly) return ok(null);
      return write(context, () => {
        if (message === null) forget.run(uuid);
        else note.run(uuid, message.slice(0, 2_000), at);
        context.revision.hosts++;
        context.changed.add('hosts');
        return null;
      });
    },
  };
}
