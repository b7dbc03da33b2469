import { Stack } from '@mui/material';
import { Undo2 } from 'lucide-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { TriageState } from '../../../domain/triage.ts';
import { Choices } from '../../ui/Choices.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import type { Counts } from './counts.ts';
import type { Deed } from './deeds.ts';

const VIEWS = ['open', 'decided', 'snoozed'] as const satisfies readonly TriageState[];

/** The views, and what one does to what is chosen. */
export function TriageToolbar({
  view,
  onView,
  counts,
  deeds,
  isNone,
  onDeed,
  canUndo,
  onUndo,
  search,
  onSearch,
  snoozeRef,
  searchRef,
}: {
  readonly view: TriageState;
  readonly onView: (view: TriageState) => void;
  readonly counts: Counts;
  readonly deeds: readonly Deed[];
  /** Nothing is chosen that one could do something to. */
  readonly isNone: boolean;
  readonly onDeed: (deed: Deed) => void;
  readonly canUndo: boolean;
  readonly onUndo: () => void;
  readonly search: string;
  readonly onSearch: (text: string) => void;
  readonly snoozeRef: Ref<HTMLSpanElement>;
  readonly searchRef: Ref<HTMLInputElement>;
}) {
  const { t } = useTranslation('triage');
  return (
    <Stack direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', gap: 1, flex: 1 }}>
      <Choices
        label={t('views')}
        value={view}
        onChange={onView}
        choices={VIEWS.map((each) => ({
          value: each,
          label: t('viewCount', { view: t(`view.${each}`), count: counts[each] }),
        }))}
      />
      {deeds.map((deed) => (
        <span key={deed.id} ref={deed.id === 'snooze' ? snoozeRef : null}>
          <ToolButton
            icon={deed.icon}
            label={deed.label}
            shortcut={deed.keys}
            primary={deed.isMain && !isNone}
            disabled={isNone}
            reason={t('selectFirst')}
            onClick={() => onDeed(deed)}
          />
        </span>
      ))}
      <ToolButton
        icon={Undo2}
        label={t('undo')}
        shortcut="U"
        disabled={!canUndo}
        reason={t('nothingToUndo')}
        onClick={onUndo}
      />
      <span style={{ flex: 1 }} />
      <SearchField
        {...(searchRef === undefined ? {} : { inputRef: searchRef })}
        placeholder={t('search')}
        label={t('searchLabel')}
        value={search}
        onChange={onSearch}
        sx={{ width: 190 }}
      />
    </Stack>
  );
}
