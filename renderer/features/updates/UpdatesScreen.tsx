import { Alert, Box, useMediaQuery } from '@mui/material';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UpdateRow } from '../../../domain/update.ts';
import { useAction, useCall } from '../../app/console.ts';
import { useCapability } from '../../app/session.ts';
import { useRemembered } from '../../app/settings.ts';
import { Grid } from '../../grid/Grid.tsx';
import type { ViewFilter } from '../../grid/grid-props.ts';
import { useStable } from '../../grid/use-stable.ts';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { MarkDialog } from '../failures/known-bad/MarkDialog.tsx';
import { useWhere } from '../where/use-where.ts';
import { WhereBar } from '../where/WhereBar.tsx';
import { useWhereName, useWhereWords } from '../where/where-words.ts';
import { useWhyFocus } from '../why/open.ts';
import { useUpdateColumns } from './columns.ts';
import { NoneShown, NoUpdates } from './EmptyList.tsx';
import { FilterChips } from './FilterChips.tsx';
import { FilterPane } from './FilterPane.tsx';
import { useFilterParts } from './filter-parts.ts';
import { keptFilter, useFilterStore } from './filter-store.ts';
import { useHiddenNotes } from './hidden-notes.ts';
import { IndexLabel } from './IndexLabel.tsx';
import { Unscanned } from './Unscanned.tsx';
import { UpdateConfirm } from './UpdateConfirm.tsx';
import { UpdateDetails } from './UpdateDetails.tsx';
import { UpdatesToolbar } from './UpdatesToolbar.tsx';
import { useUpdateActions } from './update-actions.ts';
import { useUpdateCommands } from './update-commands.ts';
import { useUpdateMenu } from './update-menu.ts';
import { useFolds } from './use-folds.ts';
import { readViewFilter, writeViewFilter } from './view-filter.ts';

const noRows: readonly UpdateRow[] = [];
const idOf = (row: UpdateRow): string => row.updateId;

/** Every update that hosts reported: filter, look closer, download, allow and forbid. */
export function UpdatesScreen() {
  const { t } = useTranslation('updates');
  const { filter, change, clear, restore } = useFilterStore();
  const [kept, keep] = useRemembered('filters', 'updates');
  const searchBox = useRef<HTMLInputElement>(null);
  const [detailId, setDetailId] = useState<string | null>(null);
  const [isThinDismissed, setThinDismissed] = useState(false);
  const isWide = useMediaQuery('(min-width: 1600px)');

  useEffect(() => restore(kept), [restore, kept]);
  const toKeep = keptFilter(filter);
  const lastKept = useRef(toKeep);
  useEffect(() => {
    if (lastKept.current === toKeep) return;
    lastKept.current = toKeep;
    keep(toKeep);
  }, [toKeep, keep]);

  const list = useCall('updates.list', {});
  const query = useCall('updates.query', { filter }, { keepPrevious: true });
  const canIndex = useCapability('index-state');
  const index = useCall('index.state', {}, { enabled: canIndex.available || canIndex.reason === 'offline' });
  const { mutate: startSync, ...sync } = useAction('sync.start');
  const actions = useUpdateActions();
  const columns = useUpdateColumns();
  // Until the filter is answered nothing is shown, rather than everything for a moment.
  const rows = query.isPending ? noRows : (list.data?.rows ?? noRows);
  const folds = useFolds(query.data);
  const where = useWhere();
  // Exactly the set: the filter of the whole list and its folding would hide part of it.
  const isSet = where.set !== undefined || where.isPending;
  const inSet = useMemo(() => new Set(where.set?.updateIds), [where.set]);
  const [setSearch, setSetSearch] = useState('');
  const [shownWhere, setShownWhere] = useState(where.text);
  if (shownWhere !== where.text) {
    setShownWhere(where.text);
    setSetSearch('');
  }
  const notes = useHiddenNotes(filter, query.data, change, folds);
  const detailRow = detailId === null ? undefined : rows.find((row) => row.updateId === detailId);
  const menuOf = useUpdateMenu(actions, (row) => setDetailId(row.updateId), folds);

  // The list is drawn anew for another answer, not for whatever else moves on the screen.
  const menu = useStable(menuOf);
  const showDetails = useCallback((row: UpdateRow) => setDetailId(row.updateId), []);
  const isDetailOpen = detailRow !== undefined;
  const focusWhy = useWhyFocus();
  const followFocus = useStable((row: UpdateRow | null) => {
    focusWhy(row === null ? null : { updateId: row.updateId });
    if (isDetailOpen && row !== null) setDetailId(row.updateId);
  });
  const askDelete = useStable(actions.askDelete);
  const retryList = useStable(() => void list.refetch());
  const search = useCallback((text: string) => change({ search: text }), [change]);
  const refresh = useCallback(() => startSync({ full: false }), [startSync]);
  const focusSearch = useCallback(() => {
    searchBox.current?.focus();
    searchBox.current?.select();
  }, []);
  const { showTasks } = actions;
  useUpdateCommands(
    { refresh, focusSearch, clear, change, showTasks, setAllOpen: folds.setAll },
    filter.hideSuperseded,
  );

  const thin = list.data !== undefined && list.data.unscanned.length > 0 ? list.data : null;
  const empty = useMemo(() => <NoUpdates list={list.data} />, [list.data]);
  const hiddenSuperseded = query.data?.hiddenSuperseded ?? 0;
  const noneShown = useMemo(
    () => (
      <NoneShown
        filter={filter}
        count={rows.length}
        hiddenSuperseded={hiddenSuperseded}
        onChange={change}
        onClear={clear}
      />
    ),
    [filter, rows.length, hiddenSuperseded, change, clear],
  );
  const partsOf = useFilterParts();
  const whereWords = useWhereWords();
  const whereName = useWhereName(where.where);
  const filterWords = useMemo(
    () =>
      isSet
        ? where.where === null
          ? []
          : [whereWords(where.where, whereName)]
        : [t(`scope.${filter.scope}`), ...partsOf(filter).map(({ label }) => label), ...notes.map(({ text }) => text)],
    [t, isSet, where.where, whereName, whereWords, filter, partsOf, notes],
  );
  const viewFilter = useMemo(
    () =>
      isSet
        ? null
        : {
            value: writeViewFilter(filter),
            isKept: true,
            apply: (kept: ViewFilter['value']) => change({ knownBad: undefined, ...readViewFilter(kept) }),
          },
    [isSet, filter, change],
  );
  const footer = useMemo(() => <IndexLabel index={index.data} error={index.error} />, [index.data, index.error]);

  return (
    <ScreenFrame
      toolbar={
        <UpdatesToolbar
          searchBox={searchBox}
          key={isSet ? where.text : 'all'}
          search={isSet ? setSearch : filter.search}
          onSearch={isSet ? setSetSearch : search}
          isSyncing={sync.isPending}
          onRefresh={refresh}
          index={index.data}
          onShowTasks={showTasks}
        />
      }
      notices={
        <>
          {sync.error === null ? null : <ErrorBar error={sync.error.error} onRetry={refresh} />}
          {query.error === null ? null : <ErrorBar error={query.error.error} onRetry={() => void query.refetch()} />}
          {list.data?.isCutOff === true ? (
            <Alert severity="warning" sx={{ borderRadius: 0, py: 0 }}>
              {t('thin.cutOff')}
            </Alert>
          ) : null}
          {thin !== null && rows.length > 0 && !isThinDismissed ? (
            <Unscanned list={thin} onDismiss={() => setThinDismissed(true)} />
          ) : null}
        </>
      }
    >
      <SplitPane
        id="updates-filter"
        side="left"
        initial={248}
        min={200}
        max={420}
        pane={
          isSet ? null : (
            <FilterPane filter={filter} answer={query.data} rows={rows} onChange={change} onClear={clear} />
          )
        }
      >
        <SplitPane
          id={isWide ? 'updates-detail-right' : 'updates-detail'}
          side={isWide ? 'right' : 'bottom'}
          initial={isWide ? 500 : 310}
          min={isWide ? 340 : 160}
          pane={
            detailRow === undefined ? null : (
              <UpdateDetails
                row={detailRow}
                folded={query.data?.folds.find((fold) => fold.updateId === detailRow.updateId)?.folded.length ?? 0}
                onClose={() => setDetailId(null)}
                onGo={setDetailId}
                onOpenKb={actions.openKb}
              />
            )
          }
        >
          <Box sx={{ display: 'flex', flexDirection: 'column', height: '100%' }}>
            <WhereBar state={where} of="updates" />
            {isSet ? null : <FilterChips filter={filter} onChange={change} notes={notes} />}
            <Box sx={{ flex: 1, minHeight: 0 }}>
              <Grid
                id="updates"
                label={t('grid')}
                rows={rows}
                rowId={idOf}
                columns={columns}
                filterWords={filterWords}
                visibleIds={isSet ? inSet : folds.visibleIds}
                underOf={isSet ? null : folds.underOf}
                {...(isSet ? { quickSearch: setSearch } : { leadOf: folds.leadOf })}
                menu={menu}
                onOpen={showDetails}
                onFocusRow={followFocus}
                onDelete={askDelete}
                isLoading={list.isPending || query.isPending || where.isPending}
                error={list.error?.error ?? null}
                onRetry={retryList}
                empty={empty}
                noneShown={noneShown}
                footer={footer}
                viewFilter={viewFilter}
              />
            </Box>
          </Box>
        </SplitPane>
      </SplitPane>
      <UpdateConfirm actions={actions} />
      {actions.marking === null ? null : (
        <MarkDialog updateIds={actions.marking.map(idOf)} onClose={actions.endMarking} />
      )}
    </ScreenFrame>
  );
}
