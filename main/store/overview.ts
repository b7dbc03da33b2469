import { linkSupersedence, type Supersedence } from '../../domain/supersedence.ts';
import type { Update, UpdateOutline } from '../../domain/update.ts';
import { type Context, kept } from './context.ts';
import type { Pivot } from './pivot.ts';
import { all } from './sql.ts';
import type { StateTable } from './states.ts';

/** What filters, triage, rings and the rule builder look at of an update, by its key in the store. */
export interface Described extends UpdateOutline {
  readonly id: number;
  readonly guid: string;
  readonly is_listed: number;
}

/** What is computed once over all updates and kept until they, or the reported rows, change. */
export interface Overview {
  /** Reported rows by update and state. */
  readonly counts: () => StateTable;
  /** Which update replaces which, by position in `descriptions`. */
  readonly supersedence: () => Supersedence;
  /** GUIDs that a reported update replaces, itself or by those between. */
  readonly supersededGuids: () => ReadonlySet<string>;
  /** Every update of the store, in the order of its keys. */
  readonly descriptions: () => readonly Described[];
  /** Whether the list shows the update: the server lists it, or a host reported it. */
  readonly isListed: (line: { readonly id: number; readonly is_listed: number }) => boolean;
}

/** The overview of one database. */
export function overviewOf(context: Context, pivot: Pivot): Overview {
  const { db } = context;
  const superseded = db.prepare('SELECT update_key, guid FROM supersedes');
  superseded.setReturnArrays(true);
  const lines = db.prepare('SELECT id, guid, is_listed, facts FROM updates ORDER BY id');
  const counts = pivot.byUpdate;
  const descriptions = kept(
    () => context.revision.updates,
    () => all<Line>(lines).map(described),
  );
  const supersedence = kept(
    () => context.revision.updates,
    () => {
      const replaced = Map.groupBy(all<[number, string]>(superseded), ([by]) => by);
      return linkSupersedence(
        descriptions().map(({ id, updateId }) => ({
          updateId,
          supersededUpdateIds: (replaced.get(id) ?? []).map(([, guid]) => guid),
        })),
      );
    },
  );
  return {
    counts,
    descriptions,
    supersedence,
    supersededGuids: kept(
      () => context.revision.updates + context.revision.rows,
      () => {
        const [reported, updates, { older }] = [counts(), descriptions(), supersedence()];
        const guids = new Set<string>();
        const isReached = new Uint8Array(updates.length);
        const waiting = updates.flatMap(({ id }, at) => (reported.has(id) ? [at] : []));
        for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
          for (const to of older[at] ?? []) {
            if (isReached[to] === 1) continue;
            isReached[to] = 1;
            guids.add(updates[to]?.guid ?? '');
            waiting.push(to);
          }
        }
        return guids;
      },
    ),
    isListed: (line) => line.is_listed === 1 || counts().has(line.id),
  };
}

interface Line {
  readonly id: number;
  readonly guid: string;
  readonly is_listed: number;
  readonly facts: string;
}

/** The named facts alone: the whole update would be held in memory for each of them. */
function described({ id, guid, is_listed, facts }: Line): Described {
  const { updateId, title, kbids, severity, product, classification, changetime, maxDownloadSize, downloadedOn } =
    JSON.parse(facts) as Update;
  return {
    id,
    guid,
    is_listed,
    updateId,
    title,
    kbids,
    severity,
    product,
    classification,
    changetime,
    maxDownloadSize,
    downloadedOn,
  };
}
