import { Box, Stack, useTheme } from '@mui/material';
import type {
  CellContextMenuEvent,
  CellFocusedEvent,
  CellKeyDownEvent,
  ColDef,
  ColumnMovedEvent,
  ColumnResizedEvent,
  ColumnVisibleEvent,
  FullWidthCellKeyDownEvent,
  GetLocaleTextParams,
  GetRowIdParams,
  GridApi,
  GridOptions,
  GridReadyEvent,
  IRowNode,
  ModelUpdatedEvent,
  OverlayType,
  PostSortRowsParams,
  RowDoubleClickedEvent,
  SelectionChangedEvent,
  SortChangedEvent,
} from 'ag-grid-community';
import { FileDown } from 'lucide-react';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../contract/schemas/app.ts';
import { useSetting } from '../app/settings.ts';
import { useLocale } from '../i18n/locale.ts';
import { pageNonce } from '../theme/ThemeRoot.tsx';
import { EmptyState, LoadingState } from '../ui/EmptyState.tsx';
import { ErrorBar } from '../ui/ErrorBar.tsx';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import { ColumnChooser } from './ColumnChooser.tsx';
import { makeColumnDefs } from './column-defs.ts';
import { ExportButton } from './export/ExportButton.tsx';
import { EXPORT_KEYS, GRID_MARK, openTarget } from './export/targets.ts';
import { useExport } from './export/use-export.ts';
import { GridFooter } from './GridFooter.tsx';
import { gatherRows } from './gather-rows.ts';
import type { GridProps } from './grid-props.ts';
import { makeGridTheme } from './grid-theme.ts';
import { gridText } from './grid-words.ts';
import { LeadCell } from './lead-cell.ts';
import type { MenuEntry } from './menu.ts';
import './modules.ts';
import { PlainGrid } from './PlainGrid.tsx';
import { makeQuickSearch, makeRowText } from './quick-search.ts';
import { RowMenu } from './RowMenu.tsx';
import { useGridRows } from './use-grid-rows.ts';
import { useLayout } from './use-layout.ts';
import { useStable } from './use-stable.ts';
import { ViewMenu } from './views/ViewMenu.tsx';

interface OpenMenu {
  readonly entries: readonly MenuEntry[];
  readonly count: number;
  readonly position: { readonly top: number; readonly left: number };
}

const multiSelection = {
  rowSelection: {
    mode: 'multiRow',
    checkboxes: true,
    headerCheckbox: true,
    selectAll: 'filtered',
    enableClickSelection: true,
  },
  selectionColumnDef: { pinned: 'left', width: 40, resizable: false, suppressHeaderMenuButton: true },
} as const;
const suppressedOverlays: OverlayType[] = ['loading', 'noRows', 'noMatchingRows'];
const densityOf = (settings: Settings): Settings['density'] => settings.density;
/** Whether a filter is there is decided at each row: AG Grid would keep its own answer until it is told of another. */
const always = (): boolean => true;

function GridOf<Row extends object>(props: GridProps<Row>) {
  const { id, label, rows, rowId, columns, leadOf, quickSearch = '', selection = 'multi', selectedIds } = props;
  const visibleIds = props.visibleIds ?? null;
  const { t, i18n } = useTranslation();
  const locale = useLocale();
  const theme = useTheme();
  const density = useSetting(densityOf);
  const layout = useLayout(id);
  const api = useRef<GridApi<Row> | null>(null);
  const shell = useRef<HTMLDivElement>(null);
  const [firstRows] = useState<Row[]>(() => [...rows]);
  // AG Grid is ready a moment after the first drawing; what came meanwhile is given to it then.
  const [isReady, setReady] = useState(false);
  // Not known until AG Grid has filtered once: before that, nothing is hidden by a filter.
  const [shown, setShown] = useState<number | null>(null);
  const [selectedCount, setSelectedCount] = useState(0);
  const [hiddenKeys, setHiddenKeys] = useState<ReadonlySet<string>>(() => new Set());
  const [menu, setMenu] = useState<OpenMenu | null>(null);

  const gridTheme = useMemo(() => makeGridTheme(theme.look, density), [theme.look, density]);
  const words = useMemo(() => ({ yes: t('yes'), no: t('no') }), [t]);
  const leadOfNow = useStable((row: Row) => leadOf?.(row) ?? null);
  const columnDefs = useMemo<ColDef<Row>[]>(
    () => makeColumnDefs(columns, { locale, words, look: theme.look, leadOf: leadOfNow }),
    [columns, locale, words, theme.look, leadOfNow],
  );
  const textOf = useMemo(() => makeRowText(columns, locale, words), [columns, locale, words]);
  const search = useMemo(() => makeQuickSearch(textOf, quickSearch), [textOf, quickSearch]);

  const getRowId = useStable(({ data }: GetRowIdParams<Row>) => rowId(data));
  const passes = useStable(
    (node: IRowNode<Row>): boolean =>
      (visibleIds === null || visibleIds.has(node.id ?? '')) &&
      (search === null || (node.data !== undefined && search(node.data))),
  );
  const gather = useStable(({ nodes }: PostSortRowsParams<Row>): void => {
    if (props.underOf) gatherRows(nodes, props.underOf);
  });

  useGridRows(api, isReady, { rows, rowId, visibleIds, search, selectedIds });

  useEffect(() => {
    const led = columns.filter((column) => column.hasLead === true).map((column) => column.key);
    if (leadOf === undefined || led.length === 0) return;
    // Not by a refresh of the cells: AG Grid would make each of them anew.
    for (const cell of api.current?.getCellRendererInstances({ columns: led }) ?? [])
      if (cell instanceof LeadCell) cell.again();
  }, [leadOf, columns]);

  const readColumns = (grid: GridApi<Row>): void =>
    setHiddenKeys(new Set(grid.getColumnState().flatMap((state) => (state.hide === true ? [state.colId] : []))));

  const selectionFor = (node: IRowNode<Row>): readonly Row[] => {
    const grid = api.current;
    const row = node.data;
    if (grid === null || row === undefined) return [];
    if (selection === 'none') return [row];
    if (node.isSelected() !== true) {
      grid.deselectAll();
      node.setSelected(true);
    }
    return grid.getSelectedNodes().flatMap((one) => (one.data === undefined ? [] : [one.data]));
  };

  const openMenu = (node: IRowNode<Row>, position: OpenMenu['position']): void => {
    const row = node.data;
    if (row === undefined || props.menu === undefined) return;
    const rowsOfMenu = selectionFor(node);
    const exportEntries: readonly MenuEntry[] = [
      { kind: 'separator', id: 'export-line' },
      {
        kind: 'item',
        id: 'export-rows',
        label: t('export.fromMenu'),
        icon: FileDown,
        shortcut: EXPORT_KEYS,
        onSelect: () => openTarget(id, rowsOfMenu.length > 1),
      },
    ];
    setMenu({ entries: [...props.menu(row, rowsOfMenu), ...exportEntries], count: rowsOfMenu.length, position });
  };

  const onGridReady = useStable((event: GridReadyEvent<Row>): void => {
    api.current = event.api;
    layout.restore(event.api);
    readColumns(event.api);
    setReady(true);
    shell.current?.querySelector('[role="grid"], [role="treegrid"]')?.setAttribute('aria-label', label);
  });
  const onGridPreDestroyed = useStable((): void => {
    api.current = null;
  });
  const onModelUpdated = useStable((event: ModelUpdatedEvent<Row>): void => setShown(event.api.getDisplayedRowCount()));
  const onSelectionChanged = useStable((event: SelectionChangedEvent<Row>): void => {
    const ids = event.api.getSelectedNodes().flatMap((node) => (node.id === undefined ? [] : [node.id]));
    setSelectedCount(ids.length);
    props.onSelectionChange?.(ids);
  });
  const onCellFocused = useStable((event: CellFocusedEvent<Row>): void => {
    if (props.onFocusRow === undefined || event.rowIndex === null) return;
    const row = event.api.getDisplayedRowAtIndex(event.rowIndex)?.data;
    if (row !== undefined) props.onFocusRow(row);
  });
  const onCellKeyDown = useStable((event: CellKeyDownEvent<Row> | FullWidthCellKeyDownEvent<Row>): void => {
    const key = event.event;
    if (!(key instanceof KeyboardEvent)) return;
    const cell = 'column' in event ? columns.find((column) => column.key === event.column.getColId()) : undefined;
    if (
      key.key === 'Enter' &&
      cell?.open !== undefined &&
      event.data !== undefined &&
      Number(cell.value(event.data)) > 0
    ) {
      key.preventDefault();
      cell.open.run(event.data);
    } else if (key.key === 'Enter' && props.onOpen !== undefined && event.data !== undefined) {
      key.preventDefault();
      props.onOpen(event.data);
    } else if (key.key === 'Delete' && props.onDelete !== undefined) {
      props.onDelete(selectionFor(event.node));
    } else if (key.key === 'ContextMenu' || (key.key === 'F10' && key.shiftKey)) {
      key.preventDefault();
      const place = key.target instanceof HTMLElement ? key.target.getBoundingClientRect() : null;
      openMenu(event.node, { top: (place?.bottom ?? 100) - 4, left: (place?.left ?? 100) + 16 });
    }
  });
  const onCellContextMenu = useStable((event: CellContextMenuEvent<Row>): void => {
    const mouse = event.event;
    if (mouse instanceof MouseEvent) openMenu(event.node, { top: mouse.clientY, left: mouse.clientX });
  });
  const onRowDoubleClicked = useStable((event: RowDoubleClickedEvent<Row>): void => {
    if (event.data !== undefined) props.onOpen?.(event.data);
  });
  const onColumnVisible = useStable((event: ColumnVisibleEvent<Row>): void => {
    readColumns(event.api);
    layout.save(event.api);
  });
  const onColumnMoved = useStable((event: ColumnMovedEvent<Row>): void => {
    if (event.finished) layout.save(event.api);
  });
  const onColumnResized = useStable((event: ColumnResizedEvent<Row>): void => {
    if (event.finished && event.source === 'uiColumnResized') layout.save(event.api);
  });
  const onSortChanged = useStable((event: SortChangedEvent<Row>): void => layout.save(event.api));

  const { forget } = layout;
  const clearSelection = useCallback(() => api.current?.deselectAll(), []);
  const chooser = useMemo(
    () => (
      <ColumnChooser
        columns={columns.map(({ key, header }) => ({ key, header, isShown: !hiddenKeys.has(key) }))}
        onToggle={(key, isShown) => api.current?.setColumnsVisible([key], isShown)}
        onReset={() => {
          api.current?.resetColumnState();
          forget();
        }}
      />
    ),
    [columns, hiddenKeys, forget],
  );

  const exportShown = useExport({
    id,
    label,
    api,
    columns,
    total: rows.length,
    filter: [...(props.filterWords ?? []), ...(quickSearch === '' ? [] : [t('export.search', { text: quickSearch })])],
    locale,
    leadOf: leadOfNow,
  });
  const exporter = useMemo(
    () => (
      <ExportButton
        id={id}
        label={label}
        shown={shown ?? rows.length}
        selected={selectedCount}
        onExport={exportShown}
      />
    ),
    [id, label, shown, rows.length, selectedCount, exportShown],
  );

  const filterOf = useStable(() => props.viewFilter);
  const views = useMemo(
    () => <ViewMenu id={id} label={label} api={api} filterOf={filterOf} isReady={isReady} />,
    [id, label, filterOf, isReady],
  );

  const rowMenu = useMemo(
    () => (
      <RowMenu
        entries={menu?.entries ?? []}
        label={menu === null || menu.count <= 1 ? t('grid.menuOne') : t('grid.menu', { count: menu.count })}
        position={menu?.position ?? null}
        onClose={() => setMenu(null)}
      />
    ),
    [menu, t],
  );

  const getLocaleText = useStable(({ key, defaultValue }: GetLocaleTextParams<Row>) =>
    gridText(i18n.language, key, defaultValue),
  );

  const hasMenu = props.menu !== undefined;
  const options: GridOptions<Row> = {
    theme: gridTheme,
    styleNonce: pageNonce(),
    rowData: firstRows,
    columnDefs,
    getRowId,
    getLocaleText,
    maintainColumnOrder: true,
    animateRows: false,
    suppressDragLeaveHidesColumns: true,
    suppressOverlays: suppressedOverlays,
    enableBrowserTooltips: false,
    tooltipShowDelay: 600,
    preventDefaultOnContextMenu: hasMenu,
    ...(selection === 'multi' ? multiSelection : {}),
    isExternalFilterPresent: always,
    doesExternalFilterPass: passes,
    postSortRows: gather,
    onGridReady,
    onGridPreDestroyed,
    onModelUpdated,
    onSelectionChanged,
    onCellFocused,
    onCellKeyDown,
    onCellContextMenu,
    onRowDoubleClicked,
    onColumnVisible,
    onColumnMoved,
    onColumnResized,
    onSortChanged,
  };

  const isEmpty = rows.length === 0;
  const failure = props.error ?? null;
  const overlay = isEmpty ? (
    failure !== null ? (
      <Box sx={{ p: 3, maxWidth: 760 }}>
        <ErrorNotice error={failure} onRetry={props.onRetry} />
      </Box>
    ) : props.isLoading === true ? (
      <LoadingState />
    ) : (
      (props.empty ?? <EmptyState title={t('grid.noRows')} />)
    )
  ) : shown === 0 ? (
    (props.noneShown ?? <EmptyState title={t('grid.noneShown')} />)
  ) : null;

  return (
    <Stack sx={{ height: '100%', minHeight: 0, bgcolor: 'background.paper' }} {...{ [GRID_MARK]: id }}>
      {failure === null || isEmpty ? null : <ErrorBar error={failure} onRetry={props.onRetry} />}
      <Box ref={shell} sx={{ flex: 1, minHeight: 0, position: 'relative' }}>
        <Box sx={{ position: 'absolute', inset: 0, visibility: isEmpty ? 'hidden' : 'visible' }}>
          <PlainGrid options={options} />
        </Box>
        {overlay === null ? null : (
          <Box
            sx={{
              position: 'absolute',
              inset: 0,
              top: isEmpty ? 0 : 40,
              bgcolor: 'background.paper',
              overflow: 'auto',
            }}
          >
            {overlay}
          </Box>
        )}
      </Box>
      <GridFooter
        shown={shown ?? rows.length}
        all={rows.length}
        selected={selectedCount}
        onClearSelection={clearSelection}
        exporter={isEmpty ? null : exporter}
        chooser={chooser}
        views={views}
      >
        {props.footer}
      </GridFooter>
      {rowMenu}
    </Stack>
  );
}

/** The one grid of the console: AG Grid Community with the columns, selection, menu, keys and saved layout that every list shares. */
export const Grid = memo(GridOf) as typeof GridOf;
