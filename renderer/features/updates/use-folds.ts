import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilterAnswer, Fold } from '../../../domain/catalogue.ts';
import type { UpdateRow } from '../../../domain/update.ts';
import type { GridColumn, RowLead } from '../../grid/columns.ts';
import { type ListRow, makeListRows, shownIds } from './folds.ts';

/** The list with its daily definitions folded or not. */
export interface Folds {
  readonly rows: readonly ListRow[];
  readonly columns: readonly GridColumn<ListRow>[];
  /** Null until the filter was answered. */
  readonly visibleIds: ReadonlySet<string> | null;
  /** Older definitions that are out of sight, and those one unfolded. */
  readonly foldedCount: number;
  readonly openCount: number;
  readonly toggle: (updateId: string) => void;
  readonly setAll: (isOpen: boolean) => void;
}

const NO_FOLDS: readonly Fold[] = [];

/** Which definitions are unfolded, and what the list shows therefore. */
export function useFolds(
  updates: readonly UpdateRow[],
  answer: FilterAnswer | undefined,
  columns: readonly GridColumn<UpdateRow>[],
): Folds {
  const { t } = useTranslation('updates');
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set());
  const [listRows] = useState(makeListRows);
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
  const rows = useMemo(() => listRows(updates, folds, open), [listRows, updates, folds, open]);
  const visibleIds = useMemo(
    () => (answer === undefined ? null : shownIds(answer.ids, answer.folds, open)),
    [answer, open],
  );
  const withLead = useMemo<readonly GridColumn<ListRow>[]>(() => {
    const lead = (row: ListRow): RowLead | null => {
      if (row.under !== undefined) return { kind: 'member', label: t('folds.member') };
      if (row.fold === undefined) return null;
      const { count, isOpen } = row.fold;
      return {
        kind: 'stands-for',
        label: t('folds.older', { count }),
        action: t(isOpen ? 'folds.close' : 'folds.open', { count }),
        isOpen,
        onToggle: () => toggle(row.updateId),
      };
    };
    return columns.map((column) => (column.key === 'title' ? { ...column, lead } : column));
  }, [columns, t, toggle]);
  const [openCount, foldedCount] = useMemo(() => {
    let [shown, hidden] = [0, 0];
    for (const { updateId, folded } of folds) {
      if (open.has(updateId)) shown += folded.length;
      else hidden += folded.length;
    }
    return [shown, hidden];
  }, [folds, open]);
  const setAll = useCallback(
    (isOpen: boolean) => setOpen(new Set(isOpen ? folds.map(({ updateId }) => updateId) : [])),
    [folds],
  );
  return { rows, columns: withLead, visibleIds, foldedCount, openCount, toggle, setAll };
}
