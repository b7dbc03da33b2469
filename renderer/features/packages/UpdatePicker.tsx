import { Box, Button, Stack, TextField, useMediaQuery } from '@mui/material';
import { Ban, Check, CircleHelp, ListFilter, RotateCcw, ShieldQuestion } from 'lucide-react';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultFilter, type FilterAnswer, type UpdateFilter } from '../../../domain/catalogue.ts';
import type { Rules } from '../../../domain/rules.ts';
import type { UpdateRow } from '../../../domain/update.ts';
import { useCall } from '../../app/console.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { Grid } from '../../grid/Grid.tsx';
import type { MenuEntry } from '../../grid/menu.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { useUpdateColumns } from '../updates/columns.ts';
import { FilterChips } from '../updates/FilterChips.tsx';
import { FilterPane } from '../updates/FilterPane.tsx';
import { useHiddenNotes } from '../updates/hidden-notes.ts';
import { decide, reset, type Verdict, type WrittenAs } from './edits.ts';
import { useWhyOfDraft } from './forecast/open-draft.ts';
import { makePickRows, type PickRow } from './pick-rows.ts';
import { WriteAs } from './WriteAs.tsx';

/** Columns of the updates screen that say little while one decides. */
const IN_THE_WAY: ReadonlySet<string> = new Set(['pending', 'missing', 'failed']);

const updateIdOf = (row: PickRow): string => row.updateId;

/** The list of updates to pick from, filtered like the updates screen, each with what this draft says of it. */
export function UpdatePicker({
  rules,
  updates,
  onChange,
}: {
  readonly rules: Rules;
  readonly updates: readonly UpdateRow[];
  readonly onChange: (step: (rules: Rules) => Rules) => void;
}) {
  const { t } = useTranslation(['packages', 'common']);
  const list = useCall('updates.list', {});
  const [makeRows] = useState(makePickRows);
  const rows = useMemo(() => makeRows(updates, rules), [makeRows, updates, rules]);
  const [filter, setFilter] = useState<UpdateFilter>(defaultFilter);
  const [as, setAs] = useState<WrittenAs>('updates');
  const [selection, setSelection] = useState<readonly string[]>([]);
  const columns = usePickColumns();
  const answer = useAnswer(useDeferredValue(filter));
  const shown = useMemo(() => (answer === undefined ? null : new Set(answer.ids)), [answer]);
  const isRoomy = useMediaQuery('(min-width: 1600px)', { noSsr: true });
  const [wantsFilters, setFiltersShown] = useState<boolean | null>(null);
  const areFiltersShown = wantsFilters ?? isRoomy;
  const put = (verdict: Verdict, chosen: readonly UpdateRow[], writtenAs: WrittenAs): void =>
    onChange((now) => decide(now, verdict, writtenAs, chosen, updates));
  const chosen = useMemo(() => {
    const ids = new Set(selection);
    return rows.filter((row) => ids.has(row.updateId));
  }, [rows, selection]);
  const isNone = chosen.length === 0;
  const why = useWhyOfDraft();
  const menu = (row: PickRow, picked: readonly PickRow[]): readonly MenuEntry[] => [
    {
      kind: 'item',
      id: 'why',
      label: t('common:why.label'),
      icon: CircleHelp,
      shortcut: 'W',
      onSelect: () => why.ask(row.updateId),
    },
    { kind: 'separator', id: 'after-why' },
    { kind: 'item', id: 'allow', label: t('editor.allow'), icon: Check, onSelect: () => put('allowed', picked, as) },
    { kind: 'item', id: 'forbid', label: t('editor.forbid'), icon: Ban, onSelect: () => put('forbidden', picked, as) },
    {
      kind: 'item',
      id: 'reset',
      label: t('editor.reset'),
      icon: RotateCcw,
      onSelect: () => onChange((now) => reset(now, picked, updates)),
    },
  ];
  const patch = useCallback((part: Partial<UpdateFilter>): void => setFilter((now) => ({ ...now, ...part })), []);
  const notes = useHiddenNotes(filter, answer, patch, null);
  return (
    <Stack sx={{ height: '100%', minHeight: 0 }}>
      <Stack sx={{ gap: 1, px: 2, py: 1, borderBottom: 1, borderColor: 'divider' }}>
        <Stack direction="row" sx={{ gap: 1 }}>
          <TextField
            type="search"
            placeholder={t('editor.search')}
            value={filter.search}
            onChange={(event) => patch({ search: event.target.value })}
            slotProps={{ htmlInput: { 'aria-label': t('editor.search') } }}
          />
          <Button
            variant="outlined"
            aria-pressed={areFiltersShown}
            startIcon={<ListFilter size={15} aria-hidden />}
            onClick={() => setFiltersShown(!areFiltersShown)}
            sx={{ flexShrink: 0 }}
          >
            {t('editor.filters')}
          </Button>
        </Stack>
        <Stack direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', gap: 1 }}>
          <ToolButton
            icon={Check}
            label={t('editor.allow')}
            disabled={isNone}
            reason={t('editor.selectUpdates')}
            onClick={() => put('allowed', chosen, as)}
          />
          <ToolButton
            icon={Ban}
            label={t('editor.forbid')}
            disabled={isNone}
            reason={t('editor.selectUpdates')}
            onClick={() => put('forbidden', chosen, as)}
          />
          <ToolButton
            icon={RotateCcw}
            label={t('editor.reset')}
            disabled={isNone}
            reason={t('editor.selectUpdates')}
            onClick={() => onChange((now) => reset(now, chosen, updates))}
          />
          <span style={{ flex: 1 }} />
          <WriteAs value={as} onChange={setAs} isCompact />
        </Stack>
      </Stack>
      <FilterChips filter={filter} onChange={patch} notes={notes} />
      <Box sx={{ flex: 1, minHeight: 0 }}>
        <SplitPane
          id="pick-filter"
          side="left"
          initial={220}
          min={180}
          max={420}
          pane={
            areFiltersShown ? (
              <FilterPane
                filter={filter}
                rows={rows}
                answer={answer}
                onChange={patch}
                onClear={() => setFilter(defaultFilter)}
              />
            ) : null
          }
        >
          <Grid
            id="pick-updates"
            label={t('editor.pickLabel')}
            rows={rows}
            rowId={updateIdOf}
            columns={columns}
            visibleIds={shown}
            onSelectionChange={setSelection}
            onFocusRow={(row) => why.focus(row?.updateId ?? null)}
            menu={menu}
            isLoading={list.isPending}
            error={list.error?.error ?? null}
            onRetry={() => void list.refetch()}
            empty={<EmptyState icon={ShieldQuestion} title={t('editor.noUpdates')} text={t('editor.noUpdatesText')} />}
          />
        </SplitPane>
      </Box>
    </Stack>
  );
}

function useAnswer(filter: UpdateFilter): FilterAnswer | undefined {
  const { severities, products, classifications, ...rest } = filter;
  return useCall(
    'updates.query',
    {
      filter: {
        ...rest,
        severities: [...severities],
        products: [...products],
        classifications: [...classifications],
      },
    },
    { keepPrevious: true },
  ).data;
}

/** The columns of the updates screen, with what the draft says in front. */
function usePickColumns(): readonly GridColumn<PickRow>[] {
  const { t } = useTranslation('packages');
  const columns = useUpdateColumns();
  return useMemo(() => {
    const decided: GridColumn<PickRow> = {
      key: 'decision',
      header: t('editor.column.decision'),
      value: (row) => row.decision?.decision ?? null,
      kind: 'chip',
      chip: ({ decision }) =>
        decision === null
          ? null
          : {
              label: t(`editor.decision.${decision.decision}`),
              tone: decision.decision === 'allowed' ? 'ok' : 'error',
            },
      tooltip: ({ decision }) =>
        decision === null ? null : t(`editor.decisionBy.${decision.list}`, { entry: decision.entry }),
      width: 110,
    };
    return [decided, ...columns.map((column) => (IN_THE_WAY.has(column.key) ? { ...column, hidden: true } : column))];
  }, [t, columns]);
}
