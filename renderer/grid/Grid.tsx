import { Box, Button, Stack, Typography, useTheme } from '@mui/material';
import type {
  CellContextMenuEvent,
  CellFocusedEvent,
  CellKeyDownEvent,
  ColDef,
  FullWidthCellKeyDownEvent,
  GridApi,
  IRowNode,
  PostSortRowsParams,
} from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsoleError } from '../../contract/errors.ts';
import { useSettings } from '../app/settings.ts';
import { useLocale } from '../i18n/locale.ts';
import { pageNonce } from '../theme/ThemeRoot.tsx';
import { EmptyState, LoadingState } from '../ui/EmptyState.tsx';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import { ColumnChooser } from './ColumnChooser.tsx';
import { makeColumnDefs } from './column-defs.ts';
import type { GridColumn } from './columns.ts';
import { makeGridTheme } from './grid-theme.ts';
import { gridWords } from './grid-words.ts';
import type { MenuEntry } from './menu.ts';
import './modules.ts';
import { gatherRows } from './gather-rows.ts';
import { makeQuickSearch, makeRowText } from './quick-search.ts';
import { RowMenu } from './RowMenu.tsx';
import { rowChanges } from './row-changes.ts';
import { useLayout } from './use-layout.ts';

/** What a grid is given. Lists and functions should be memoised: a new `columns` list is read anew. */
export interface GridProps<Row> {
  /** Under which the layout is remembered. */
  readonly id: string;
  /** Accessible name. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly columns: readonly GridColumn<Row>[];
  /** Ids that the filter lets through; null or absent: all. */
  readonly visibleIds?: ReadonlySet<string> | null;
  /** The id of the row right under which a row stands, whatever the list is sorted by. */
  readonly underOf?: (row: Row) => string | null;
  /** Words that must all occur in the row's shown texts. */
  readonly quickSearch?: string;
  readonly selection?: 'none' | 'multi';
  /** Selection set from outside; a new list selects exactly these. */
  readonly selectedIds?: readonly string[];
  readonly onSelectionChange?: (ids: readonly string[]) => void;
  /** The row with the keyboard focus. */
  readonly onFocusRow?: (row: Row | null) => void;
  readonly menu?: (row: Row, selection: readonly Row[]) => readonly MenuEntry[];
  readonly onOpen?: (row: Row) => void;
  readonly onDelete?: (selection: readonly Row[]) => void;
  readonly isLoading?: boolean;
  readonly error?: ConsoleError | null;
  readonly onRetry?: () => void;
  /** Shown where there are no rows at all. */
  readonly empty?: ReactNode;
  /** Shown where the filter hides every row. */
  readonly noneShown?: ReactNode;
  /** Stands in the line under the grid. */
  readonly footer?: ReactNode;
}

interface OpenMenu {
  readonly entries: readonly MenuEntry[];
  readonly count: number;
  readonly position: { readonly top: number; readonly left: number };
}

/** The one grid of the console: AG Grid Community with the columns, selection, menu, keys and saved layout that every list shares. */
export function Grid<Row extends object>(props: GridProps<Row>) {
  const {
    id,
    label,
    rows,
    rowId,
    columns,
    visibleIds = null,
    quickSearch = '',
    selection = 'multi',
    selectedIds,
  } = props;
  const { t, i18n } = useTranslation();
  const locale = useLocale();
  const theme = useTheme();
  const [{ density }] = useSettings();
  const layout = useLayout(id);
  const api = useRef<GridApi<Row> | null>(null);
  const shell = useRef<HTMLDivElement>(null);
  const given = useRef<readonly Row[]>(rows);
  const [firstRows] = useState<Row[]>(() => [...rows]);
  // AG Grid is ready a moment after the first drawing; what came meanwhile is given to it then.
  const [isReady, setReady] = useState(false);
  const [shown, setShown] = useState(0);
  const [selectedCount, setSelectedCount] = useState(0);
  const [hiddenKeys, setHiddenKeys] = useState<ReadonlySet<string>>(() => new Set());
  const [menu, setMenu] = useState<OpenMenu | null>(null);

  const gridTheme = useMemo(() => makeGridTheme(theme.look, density), [theme.look, density]);
  const words = useMemo(() => ({ yes: t('yes'), no: t('no') }), [t]);
  const columnDefs = useMemo<ColDef<Row>[]>(
    () => makeColumnDefs(columns, { locale, words, look: theme.look }),
    [columns, locale, words, theme.look],
  );

  const { underOf } = props;
  // The same function while it does the same: another one has the grid sort again.
  const gather = useMemo(
    () => (underOf === undefined ? null : ({ nodes }: PostSortRowsParams<Row>): void => gatherRows(nodes, underOf)),
    [underOf],
  );

  const textOf = useMemo(() => makeRowText(columns, locale, words), [columns, locale, words]);
  const search = useMemo(() => makeQuickSearch(textOf, quickSearch), [textOf, quickSearch]);
  const passes = useCallback(
    (node: IRowNode<Row>): boolean =>
      (visibleIds === null || visibleIds.has(node.id ?? '')) &&
      (search === null || (node.data !== undefined && search(node.data))),
    [visibleIds, search],
  );

  useEffect(() => {
    const grid = api.current;
    if (grid === null || given.current === rows) return;
    const changes = rowChanges(given.current, rows, rowId);
    given.current = rows;
    if (changes === null) grid.setGridOption('rowData', [...rows]);
    else if (changes.add.length + changes.update.length + changes.remove.length > 0) grid.applyTransaction(changes);
  }, [rows, rowId, isReady]);

  useEffect(() => {
    const grid = api.current;
    if (grid === null) return;
    grid.onFilterChanged();
    // What one cannot see is not acted upon.
    const gone = grid.getSelectedNodes().filter((node) => !node.displayed);
    if (gone.length > 0) grid.setNodesSelected({ nodes: gone, newValue: false });
  }, [visibleIds, search, isReady]);

  useEffect(() => {
    const grid = api.current;
    if (grid === null || selectedIds === undefined) return;
    const wanted = new Set(selectedIds);
    const [on, off]: [IRowNode<Row>[], IRowNode<Row>[]] = [[], []];
    grid.forEachNode((node) => {
      const should = wanted.has(node.id ?? '');
      if (should !== node.isSelected()) (should ? on : off).push(node);
    });
    if (on.length > 0) grid.setNodesSelected({ nodes: on, newValue: true });
    if (off.length > 0) grid.setNodesSelected({ nodes: off, newValue: false });
  }, [selectedIds, isReady]);

  const readColumns = useCallback((grid: GridApi<Row>): void => {
    setHiddenKeys(new Set(grid.getColumnState().flatMap((state) => (state.hide === true ? [state.colId] : []))));
  }, []);

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
    setMenu({ entries: props.menu(row, rowsOfMenu), count: rowsOfMenu.length, position });
  };

  const onKey = (event: CellKeyDownEvent<Row> | FullWidthCellKeyDownEvent<Row>): void => {
    const key = event.event;
    if (!(key instanceof KeyboardEvent)) return;
    if (key.key === 'Enter' && props.onOpen !== undefined && event.data !== undefined) {
      key.preventDefault();
      props.onOpen(event.data);
    } else if (key.key === 'Delete' && props.onDelete !== undefined) {
      props.onDelete(selectionFor(event.node));
    } else if (key.key === 'ContextMenu' || (key.key === 'F10' && key.shiftKey)) {
      key.preventDefault();
      const cell = key.target instanceof HTMLElement ? key.target.getBoundingClientRect() : null;
      openMenu(event.node, { top: (cell?.bottom ?? 100) - 4, left: (cell?.left ?? 100) + 16 });
    }
  };

  const onContextMenu = (event: CellContextMenuEvent<Row>): void => {
    const mouse = event.event;
    if (mouse instanceof MouseEvent) openMenu(event.node, { top: mouse.clientY, left: mouse.clientX });
  };

  const onFocused = (event: CellFocusedEvent<Row>): void => {
    if (props.onFocusRow === undefined || event.rowIndex === null) return;
    const row = event.api.getDisplayedRowAtIndex(event.rowIndex)?.data;
    if (row !== undefined) props.onFocusRow(row);
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
    <Stack sx={{ height: '100%', minHeight: 0, bgcolor: 'background.paper' }}>
      <Box ref={shell} sx={{ flex: 1, minHeight: 0, position: 'relative' }}>
        <Box sx={{ position: 'absolute', inset: 0, visibility: isEmpty ? 'hidden' : 'visible' }}>
          <AgGridReact<Row>
            theme={gridTheme}
            styleNonce={pageNonce()}
            rowData={firstRows}
            columnDefs={columnDefs}
            getRowId={({ data }) => rowId(data)}
            localeText={gridWords[i18n.language === 'fr' ? 'fr' : 'en']}
            maintainColumnOrder
            animateRows={false}
            suppressDragLeaveHidesColumns
            suppressOverlays={['loading', 'noRows', 'noMatchingRows']}
            enableBrowserTooltips={false}
            tooltipShowDelay={600}
            preventDefaultOnContextMenu={props.menu !== undefined}
            {...(selection === 'multi'
              ? {
                  rowSelection: {
                    mode: 'multiRow' as const,
                    checkboxes: true,
                    headerCheckbox: true,
                    selectAll: 'filtered' as const,
                    enableClickSelection: true,
                  },
                  selectionColumnDef: {
                    pinned: 'left' as const,
                    width: 40,
                    resizable: false,
                    suppressHeaderMenuButton: true,
                  },
                }
              : {})}
            isExternalFilterPresent={() => visibleIds !== null || search !== null}
            doesExternalFilterPass={passes}
            {...(gather === null ? {} : { postSortRows: gather })}
            onGridReady={(event) => {
              api.current = event.api;
              layout.restore(event.api);
              readColumns(event.api);
              setReady(true);
              shell.current?.querySelector('[role="grid"], [role="treegrid"]')?.setAttribute('aria-label', label);
            }}
            onGridPreDestroyed={() => {
              api.current = null;
            }}
            onModelUpdated={(event) => setShown(event.api.getDisplayedRowCount())}
            onSelectionChanged={(event) => {
              const ids = event.api.getSelectedNodes().flatMap((node) => (node.id === undefined ? [] : [node.id]));
              setSelectedCount(ids.length);
              props.onSelectionChange?.(ids);
            }}
            onCellFocused={onFocused}
            onCellKeyDown={onKey}
            onCellContextMenu={onContextMenu}
            onRowDoubleClicked={(event) => {
              if (event.data !== undefined) props.onOpen?.(event.data);
            }}
            onColumnVisible={(event) => {
              readColumns(event.api);
              layout.save(event.api);
            }}
            onColumnMoved={(event) => {
              if (event.finished) layout.save(event.api);
            }}
            onColumnResized={(event) => {
              if (event.finished && event.source === 'uiColumnResized') layout.save(event.api);
            }}
            onSortChanged={(event) => layout.save(event.api)}
          />
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
      <Stack
        direction="row"
        sx={{
          alignItems: 'center',
          gap: 1.5,
          px: 1.5,
          minHeight: 34,
          borderTop: 1,
          borderColor: 'divider',
          color: 'text.secondary',
        }}
      >
        <Typography variant="caption" component="span" aria-live="polite">
          {shown === rows.length
            ? t('grid.allRows', { count: rows.length })
            : t('grid.rows', { shown, count: rows.length })}
        </Typography>
        {selectedCount === 0 ? null : (
          <Stack direction="row" sx={{ alignItems: 'center', gap: 0.5 }}>
            <Typography variant="caption" component="span" sx={{ color: 'text.primary', fontWeight: 600 }}>
              {t('grid.selected', { count: selectedCount })}
            </Typography>
            <Button sx={{ minHeight: 24, px: 0.75, fontSize: '0.75rem' }} onClick={() => api.current?.deselectAll()}>
              {t('grid.clearSelection')}
            </Button>
          </Stack>
        )}
        <Box sx={{ flex: 1, minWidth: 0 }}>{props.footer}</Box>
        <ColumnChooser
          columns={columns.map((column) => ({
            key: column.key,
            header: column.header,
            isShown: !hiddenKeys.has(column.key),
          }))}
          onToggle={(key, isShown) => api.current?.setColumnsVisible([key], isShown)}
          onReset={() => {
            api.current?.resetColumnState();
            layout.forget();
          }}
        />
      </Stack>
      <RowMenu
        entries={menu?.entries ?? []}
        label={menu === null || menu.count <= 1 ? t('grid.menuOne') : t('grid.menu', { count: menu.count })}
        position={menu?.position ?? null}
        onClose={() => setMenu(null)}
      />
    </Stack>
  );
}
