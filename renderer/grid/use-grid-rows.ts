import type { GridApi, IRowNode } from 'ag-grid-community';
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { rowChanges } from './row-changes.ts';

/** What of a grid's rows comes from outside. */
interface GridRows<Row> {
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly visibleIds: ReadonlySet<string> | null;
  readonly search: ((row: Row) => boolean) | null;
  readonly selectedIds: readonly string[] | undefined;
}

/** Whether the keyboard is in the grid. */
const hasFocus = <Row>(grid: GridApi<Row>): boolean =>
  document.activeElement?.closest('[grid-id]')?.getAttribute('grid-id') === grid.getGridId();

/** Keeps AG Grid's rows, filter and selection those that are given, each change by the one refresh that it takes. */
export function useGridRows<Row extends object>(
  api: RefObject<GridApi<Row> | null>,
  isReady: boolean,
  { rows, rowId, visibleIds, search, selectedIds }: GridRows<Row>,
): void {
  const given = useRef(rows);
  const filtered = useRef<Pick<GridRows<Row>, 'visibleIds' | 'search'>>({ visibleIds: null, search: null });

  useLayoutEffect(() => {
    const grid = api.current;
    if (grid === null) return;
    const isFilterNew = filtered.current.visibleIds !== visibleIds || filtered.current.search !== search;
    filtered.current = { visibleIds, search };
    const changes = given.current === rows ? 'none' : rowChanges(given.current, rows, rowId);
    given.current = rows;
    const focused = hasFocus(grid) ? grid.getFocusedCell() : null;
    // Where only a header has the focus, AG Grid says so with no cell at all.
    const before = !focused ? undefined : grid.getDisplayedRowAtIndex(focused.rowIndex)?.id;
    // Rows that change are filtered on the way, so that a filter which came with them needs no refresh of its own.
    if (changes === null) grid.setGridOption('rowData', [...rows]);
    else if (changes !== 'none' && changes.add.length + changes.update.length + changes.remove.length > 0)
      grid.applyTransaction(changes);
    else if (isFilterNew) grid.onFilterChanged();
    // What one cannot see is not acted upon.
    const gone = grid.getSelectedNodes().filter((node) => !node.displayed);
    if (gone.length > 0) grid.setNodesSelected({ nodes: gone, newValue: false });
    if (!focused || before === undefined || grid.getRowNode(before)?.displayed === true) return;
    // Where the focused row went, the one that took its place is the next to be worked on.
    const at = Math.min(focused.rowIndex, grid.getDisplayedRowCount() - 1);
    if (at >= 0) grid.setFocusedCell(at, focused.column);
  }, [api, isReady, rows, rowId, visibleIds, search]);

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
  }, [api, isReady, selectedIds]);
}
