import type { Fold } from '../../../domain/catalogue.ts';
import type { UpdateRow } from '../../../domain/update.ts';

/** A line of the list: an update, and how it stands to the other definitions of its series. */
export interface ListRow extends UpdateRow {
  /** For how many older definitions it stands, and whether they are shown too. */
  readonly fold?: { readonly count: number; readonly isOpen: boolean };
  /** The id of the newer definition under which it is shown. */
  readonly under?: string;
}

/** Makes lines that stay the same objects while nothing about them changes, so that a grid repaints only what moved. */
export function makeListRows(): (
  updates: readonly UpdateRow[],
  folds: readonly Fold[],
  open: ReadonlySet<string>,
) => readonly ListRow[] {
  let known = new Map<string, { readonly update: UpdateRow; readonly row: ListRow }>();
  return (updates, folds, open) => {
    if (folds.length === 0 && known.size === 0) return updates;
    const counts = new Map(folds.map((fold) => [fold.updateId, fold.folded.length]));
    const unders = new Map(
      folds.flatMap(({ updateId, folded }) => (open.has(updateId) ? folded.map((id) => [id, updateId] as const) : [])),
    );
    const next = new Map<string, { readonly update: UpdateRow; readonly row: ListRow }>();
    const rows = updates.map((update): ListRow => {
      const { updateId } = update;
      const [count, under] = [counts.get(updateId), unders.get(updateId)];
      if (count === undefined && under === undefined) return update;
      const isOpen = open.has(updateId);
      const before = known.get(updateId);
      const isSame =
        before !== undefined &&
        before.update === update &&
        before.row.under === under &&
        before.row.fold?.count === count &&
        (count === undefined || before.row.fold?.isOpen === isOpen);
      const row: ListRow = isSame
        ? before.row
        : {
            ...update,
            ...(count === undefined ? {} : { fold: { count, isOpen } }),
            ...(under === undefined ? {} : { under }),
          };
      next.set(updateId, { update, row });
      return row;
    });
    known = next;
    return rows;
  };
}

/** Ids that the list shows: those of the filter, and the older definitions that one unfolded. */
export function shownIds(
  ids: readonly string[],
  folds: readonly Fold[],
  open: ReadonlySet<string>,
): ReadonlySet<string> {
  const shown = new Set(ids);
  for (const { updateId, folded } of folds) if (open.has(updateId)) for (const id of folded) shown.add(id);
  return shown;
}
