import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilterAnswer, UpdateFilter } from '../../../domain/catalogue.ts';
import type { FilterNote } from './FilterChips.tsx';
import type { Folds } from './use-folds.ts';

/** What the list keeps out of sight by itself, each with how to see it: superseded updates, folded definitions. */
export function useHiddenNotes(
  filter: UpdateFilter,
  answer: FilterAnswer | undefined,
  onChange: (patch: Partial<UpdateFilter>) => void,
  folds: Pick<Folds, 'foldedCount' | 'openCount' | 'setAll'> | null,
): readonly FilterNote[] {
  const { t } = useTranslation('updates');
  const hidden = answer?.hiddenSuperseded ?? 0;
  return useMemo(() => {
    const notes: FilterNote[] = [];
    if (hidden > 0)
      notes.push({
        key: 'superseded',
        text: t('hidden.superseded', { count: hidden }),
        action: t('hidden.show'),
        run: () => onChange({ hideSuperseded: false }),
      });
    else if (!filter.hideSuperseded)
      notes.push({
        key: 'superseded',
        text: t('hidden.supersededShown'),
        action: t('hidden.hide'),
        run: () => onChange({ hideSuperseded: true }),
      });
    if (folds === null) return notes;
    if (folds.foldedCount > 0)
      notes.push({
        key: 'folded',
        text: t('hidden.folded', { count: folds.foldedCount }),
        action: t('hidden.unfold'),
        run: () => folds.setAll(true),
      });
    else if (folds.openCount > 0)
      notes.push({
        key: 'folded',
        text: t('hidden.unfolded', { count: folds.openCount }),
        action: t('hidden.fold'),
        run: () => folds.setAll(false),
      });
    return notes;
  }, [t, hidden, filter.hideSuperseded, onChange, folds]);
}
