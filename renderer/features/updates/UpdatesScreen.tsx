import { Alert, Box, Button, InputAdornment, TextField, useMediaQuery } from '@mui/material';
import { Info, Layers, ListChecks, RefreshCw, Search, ShieldCheck, X } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UpdateRow } from '../../../domain/update.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { useAction, useCall } from '../../app/console.ts';
import { useCapability } from '../../app/session.ts';
import { useRemembered } from '../../app/settings.ts';
import { Grid } from '../../grid/Grid.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { useUpdateColumns } from './columns.ts';
import { FilterChips } from './FilterChips.tsx';
import { FilterPane } from './FilterPane.tsx';
import { isFiltering, keptFilter, useFilterStore } from './filter-store.ts';
import type { ListRow } from './folds.ts';
import { useHiddenNotes } from './hidden-notes.ts';
import { IndexButtons } from './IndexButtons.tsx';
import { IndexLabel } from './IndexLabel.tsx';
import { useIndexDownload } from './index-download.ts';
import { Unscanned } from './Unscanned.tsx';
import { UpdateConfirm } from './UpdateConfirm.tsx';
import { UpdateDetails } from './UpdateDetails.tsx';
import { useUpdateActions } from './update-actions.ts';
import { useUpdateMenu } from './update-menu.ts';
import { useFolds } from './use-folds.ts';
import { useSearchText } from './use-search-text.ts';

const noRows: readonly UpdateRow[] = [];
const idOf = (row: UpdateRow): string => row.updateId;
const underOf = (row: ListRow): string | null => row.under ?? null;

/** Every update that hosts reported: filter, look closer, download, allow and forbid. */
export function UpdatesScreen() {
  const { t } = useTranslation(['updates', 'common', 'session']);
  const { filter, change, clear, restore } = useFilterStore();
  const [kept, keep] = useRemembered('filters', 'updates');
  const searchBox = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useSearchText(filter.search, (search) => change({ search }));
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
  const canList = useCapability('list-downloads');
  const index = useCall('index.state', {}, { enabled: canIndex.available || canIndex.reason === 'offline' });
  const indexDownload = useIndexDownload(index.data);
  const sync = useAction('sync.start');
  const actions = useUpdateActions();
  const columns = useUpdateColumns();
  const rows = list.data?.rows ?? noRows;
  const folds = useFolds(rows, query.data, columns);
  const notes = useHiddenNotes(filter, query.data, change, folds);
  const detailRow = detailId === null ? undefined : rows.find((row) => row.updateId === detailId);

  const { toggle: toggleFold } = folds;
  const showDetails = useCallback((row: UpdateRow) => setDetailId(row.updateId), []);
  const isDetailOpen = detailRow !== undefined;
  const followFocus = useCallback(
    (row: UpdateRow | null) => {
      if (isDetailOpen && row !== null) setDetailId(row.updateId);
    },
    [isDetailOpen],
  );
  const menu = useUpdateMenu(actions, showDetails, toggleFold);

  const { mutate: startSync } = sync;
  const refresh = useCallback(() => startSync({ full: false }), [startSync]);
  const { showTasks } = actions;
  const { hideSuperseded } = filter;
  const { setAll } = folds;
  const commands = useMemo<readonly Command[]>(() => {
    const group = t('title');
    const focusSearch = (): void => {
      searchBox.current?.focus();
      searchBox.current?.select();
    };
    return [
      { id: 'updates.refresh', label: t('refresh'), group, keys: 'F5', icon: RefreshCw, run: refresh },
      { id: 'updates.search', label: t('filter.focus'), group, keys: '/', icon: Search, run: focusSearch },
      { id: 'updates.find', label: t('filter.focus'), group, keys: 'Ctrl+F', icon: Search, run: focusSearch },
      { id: 'updates.clear', label: t('filter.clear'), group, icon: X, run: clear },
      {
        id: 'updates.needed',
        label: t('scope.needed'),
        group,
        icon: ShieldCheck,
        run: () => change({ scope: 'needed' }),
      },
      {
        id: 'updates.reported',
        label: t('scope.reported'),
        group,
        icon: ShieldCheck,
        run: () => change({ scope: 'reported' }),
      },
      { id: 'updates.tasks', label: t('showTasks'), group, icon: ListChecks, run: showTasks },
      {
        id: 'updates.superseded',
        label: t(hideSuperseded ? 'hidden.commandShow' : 'hidden.commandHide'),
        group,
        icon: Layers,
        run: () => change({ hideSuperseded: !hideSuperseded }),
      },
      { id: 'updates.unfold', label: t('hidden.commandUnfold'), group, icon: Layers, run: () => setAll(true) },
      { id: 'updates.fold', label: t('hidden.commandFold'), group, icon: Layers, run: () => setAll(false) },
    ];
  }, [t, refresh, clear, change, showTasks, hideSuperseded, setAll]);
  useCommands(commands);

  const thin = list.data !== undefined && list.data.unscanned.length > 0 ? list.data : null;
  const hostCount = list.data?.hostCount ?? 0;
  const empty =
    hostCount === 0 ? (
      <EmptyState icon={Info} title={t('thin.noHosts')} text={t('thin.noHostsText')} />
    ) : (
      <EmptyState
        title={t('thin.empty')}
        text={t('thin.emptyText', {
          hosts: t('common:hosts', { count: hostCount }),
          never: list.data?.neverScanned ?? 0,
        })}
        actions={thin === null ? undefined : <Unscanned list={thin} />}
      />
    );
  const hiddenCount = query.data?.hiddenSuperseded ?? 0;
  const noneShown =
    hiddenCount > 0 ? (
      <EmptyState
        icon={Search}
        title={t('hidden.onlySuperseded', { count: hiddenCount })}
        text={t('hidden.onlySupersededText')}
        actions={
          <Button variant="outlined" onClick={() => change({ hideSuperseded: false })}>
            {t('hidden.showSuperseded', { count: hiddenCount })}
          </Button>
        }
      />
    ) : filter.scope === 'needed' && !isFiltering(filter) ? (
      <EmptyState
        icon={ShieldCheck}
        title={t('thin.emptyNeeded')}
        text={t('thin.emptyNeededText', { count: rows.length })}
        actions={
          <Button variant="outlined" onClick={() => change({ scope: 'reported' })}>
            {t('thin.showReported')}
          </Button>
        }
      />
    ) : (
      <EmptyState
        icon={Search}
        title={t('thin.noneShown')}
        text={t('thin.noneShownText')}
        actions={
          <Button variant="outlined" onClick={clear}>
            {t('filter.clear')}
          </Button>
        }
      />
    );

  return (
    <ScreenFrame
      toolbar={
        <>
          <TextField
            inputRef={searchBox}
            type="search"
            placeholder={t('search')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && typed !== '') {
                event.preventDefault();
                setTyped('');
              }
            }}
            sx={{ width: 230, flexShrink: 1 }}
            slotProps={{
              htmlInput: { 'aria-label': t('searchLabel'), spellCheck: false },
              input: {
                startAdornment: (
                  <InputAdornment position="start">
                    <Search size={15} aria-hidden />
                  </InputAdornment>
                ),
              },
            }}
          />
          <ToolButton
            icon={RefreshCw}
            label={t('refresh')}
            shortcut={`${t('refreshHelp')} (F5)`}
            isBusy={sync.isPending}
            onClick={refresh}
          />
          <IndexButtons isAsking={indexDownload.isAsking} onStart={indexDownload.start} />
          <ToolButton
            icon={ListChecks}
            label={t('showTasks')}
            disabled={!canList.available}
            reason={canList.available ? undefined : t(`session:unavailable.${canList.reason}`)}
            onClick={showTasks}
          />
        </>
      }
      notices={
        <>
          {sync.error === null ? null : <ErrorNotice compact error={sync.error.error} onRetry={refresh} />}
          {query.error === null ? null : (
            <ErrorNotice compact error={query.error.error} onRetry={() => void query.refetch()} />
          )}
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
        initial={236}
        min={190}
        max={420}
        pane={<FilterPane filter={filter} answer={query.data} onChange={change} onClear={clear} />}
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
            <FilterChips filter={filter} onChange={change} notes={notes} />
            <Box sx={{ flex: 1, minHeight: 0 }}>
              <Grid
                id="updates"
                label={t('grid')}
                rows={folds.rows}
                rowId={idOf}
                columns={folds.columns}
                visibleIds={folds.visibleIds}
                underOf={underOf}
                menu={menu}
                onOpen={showDetails}
                onFocusRow={followFocus}
                onDelete={actions.askDelete}
                isLoading={list.isPending}
                error={list.error?.error ?? null}
                onRetry={() => void list.refetch()}
                empty={empty}
                noneShown={noneShown}
                footer={<IndexLabel index={index.data} error={index.error} />}
              />
            </Box>
          </Box>
        </SplitPane>
      </SplitPane>
      <UpdateConfirm actions={actions} />
    </ScreenFrame>
  );
}
