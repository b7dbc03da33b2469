import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilterAnswer, Fold } from '../../../domain/catalogue.ts';
import type { UpdateRow } from '../../../domain/update.ts';
import type { RowLead } from '../../grid/columns.ts';
import { type Standing, shownIds, standings } from './folds.ts';

/** How the list has its daily definitions, folded or not. */
export interface Folds {
  /** Null until the filter was answered. */
  readonly visibleIds: ReadonlySet<string> | null;
  /** Older definitions that are out of sight, and those one unfolded. */
  readonly foldedCount: number;
  readonly openCount: number;
  readonly standing: (updateId: string) => Standing | null;
  readonly leadOf: (row: UpdateRow) => RowLead | null;
  /** The newer definition under which one is shown; null where none is unfolded. */
  readonly underOf: ((row: UpdateRow) => string | null) | null;
  readonly toggle: (updateId: string) => void;
  readonly setAll: (isOpen: boolean) => void;
}

const NO_FOLDS: readonly Fold[] = [];

/** Which definitions are unfolded, and what the list shows therefore. */
export function useFolds(answer: FilterAnswer | undefined): Folds {
  const { t } = useTranslation('updates');
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set());
  const folds = answer?.folds ?? NO_FOLDS;

  const toggle = useCallback(
    (updateId: string) =>
      setOpen((now) => {
        const next = new Set(now);
        if (!next.delete(updateId)) next.add(updateId);
        return next;
      }),
    [],
  );
  const setAll = useCallback(
    (isOpen: boolean) => setOpen(new Set(isOpen ? folds.map(({ updateId }) => updateId) : [])),
    [folds],
  );
  const visibleIds = useMemo(
    () => (answer === undefined ? null : shownIds(answer.ids, answer.folds, open)),
    [answer, open],
  );
  const known = useMemo(() => standings(folds, open), [folds, open]);
  const standing = useCallback((updateId: string) => known.get(updateId) ?? null, [known]);
  const leadOf = useCallback(
    ({ updateId }: UpdateRow): RowLead | null => {
      const one = known.get(updateId);
      if (one === undefined) return null;
      if (one.kind === 'member') return { kind: 'member', label: t('folds.member') };
      return {
        kind: 'stands-for',
        label: t('folds.older', { count: one.count }),
        action: t(one.isOpen ? 'folds.close' : 'folds.open', { count: one.count }),
        isOpen: one.isOpen,
        onToggle: () => toggle(updateId),
      };
    },
    [known, t, toggle],
  );
  const underOf = useCallback(
    ({ updateId }: UpdateRow) => {
      const one = known.get(updateId);
      return one?.kind === 'member' ? one.under : null;
    },
    [known],
  );
  const [openCount, foldedCount] = useMemo(() => {
    let [shown, hidden] = [0, 0];
    for (const { updateId, folded } of folds) {
      if (open.has(updateId)) shown += folded.length;
      else hidden += folded.length;
    }
    return [shown, hidden];
  }, [folds, open]);
  return useMemo(
    () => ({
      visibleIds,
      foldedCount,
      openCount,
      standing,
      leadOf,
      underOf: openCount === 0 ? null : underOf,
      toggle,
      setAll,
    }),
    [visibleIds, foldedCount, openCount, standing, leadOf, underOf, toggle, setAll],
  );
}
