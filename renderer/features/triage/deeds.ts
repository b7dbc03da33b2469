import { Ban, Check, Clock, type LucideIcon, RotateCcw, Sunrise } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TriageRow } from '../../../contract/schemas/triage.ts';
import type { TriageState } from '../../../domain/triage.ts';
import type { MenuEntry } from '../../grid/menu.ts';
import { useLabelled } from '../../i18n/locale.ts';
import { snoozeEnds } from './snooze.ts';
import type { TriageStep } from './steps.ts';

/** Something one does to updates by one key. */
export interface Deed {
  readonly id: 'allow' | 'forbid' | 'snooze' | 'reset' | 'wake';
  readonly label: string;
  readonly keys: string;
  readonly icon: LucideIcon;
  /** It decides: the button stands out. */
  readonly isMain: boolean;
  /** What it says of the updates; null: it asks until when first. */
  readonly step: Omit<TriageStep, 'updateIds'> | null;
}

/** What one can do in a view, in the order of the buttons. */
export function useDeeds(view: TriageState): readonly Deed[] {
  const { t } = useTranslation('triage');
  return useMemo(() => {
    const deeds: Deed[] = [
      { id: 'allow', label: t('allow'), keys: 'A', icon: Check, isMain: true, step: { verdict: 'allow' } },
      { id: 'forbid', label: t('forbid'), keys: 'F', icon: Ban, isMain: true, step: { verdict: 'forbid' } },
      { id: 'snooze', label: t('snooze'), keys: 'S', icon: Clock, isMain: false, step: null },
    ];
    if (view === 'decided')
      deeds.push({
        id: 'reset',
        label: t('reset'),
        keys: 'R',
        icon: RotateCcw,
        isMain: false,
        step: { verdict: null },
      });
    if (view === 'snoozed')
      deeds.push({
        id: 'wake',
        label: t('wake'),
        keys: 'R',
        icon: Sunrise,
        isMain: false,
        step: { snoozedUntil: null },
      });
    return deeds;
  }, [t, view]);
}

/** The menu of a row: its details, the deeds, and the ends of a snooze. */
export function useTriageMenu(
  deeds: readonly Deed[],
  put: (rows: readonly TriageRow[], step: Omit<TriageStep, 'updateIds'>) => void,
  onDetails: (row: TriageRow) => void,
): (row: TriageRow, picked: readonly TriageRow[]) => readonly MenuEntry[] {
  const { t } = useTranslation(['triage', 'common']);
  const labelled = useLabelled();
  return useCallback(
    (row, picked) => {
      const ends = snoozeEnds(Date.now());
      const snooze = (id: keyof typeof ends, label: string): MenuEntry => ({
        kind: 'item',
        id,
        label: labelled(t('snooze'), label),
        icon: Clock,
        onSelect: () => put(picked, { snoozedUntil: ends[id] }),
      });
      return [
        {
          kind: 'item',
          id: 'details',
          label: t('details'),
          shortcut: t('common:keys.enter'),
          onSelect: () => onDetails(row),
        },
        { kind: 'separator', id: 'deeds' },
        ...deeds.flatMap(({ id, label, keys, icon, step }): MenuEntry[] =>
          step === null ? [] : [{ kind: 'item', id, label, icon, shortcut: keys, onSelect: () => put(picked, step) }],
        ),
        { kind: 'separator', id: 'snooze' },
        snooze('day', t('until.day')),
        snooze('week', t('until.week')),
        snooze('patchTuesday', t('until.patchTuesdayShort')),
      ];
    },
    [t, labelled, deeds, put, onDetails],
  );
}
