import type { Fold } from '../../../domain/catalogue.ts';

/** How a definition of the list stands to the others of its series. */
export type Standing =
  /** It stands for so many older ones, which are shown too or not. */
  | { readonly kind: 'stands-for'; readonly count: number; readonly isOpen: boolean }
  /** It is shown under this newer one. */
  | { readonly kind: 'member'; readonly under: string };

/** What of the folds one sees, by id; an update without an entry stands for itself. */
export function standings(folds: readonly Fold[], open: ReadonlySet<string>): ReadonlyMap<string, Standing> {
  const known = new Map<string, Standing>();
  for (const { updateId, folded } of folds) {
    const isOpen = open.has(updateId);
    known.set(updateId, { kind: 'stands-for', count: folded.length, isOpen });
    if (isOpen) for (const id of folded) known.set(id, { kind: 'member', under: updateId });
  }
  return known;
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
