import { type ColDef, type GetRowIdParams, type GridApi, type IRowNode, themeQuartz } from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { UpdateRow } from '../../domain/update.ts';
import '../../renderer/grid/modules.ts';

// As many columns are in sight as in the console, each as wide.
const shown: readonly ColDef<UpdateRow>[] = [
  { field: 'changetime', width: 120, initialSort: 'desc' },
  { field: 'kbids', width: 100, valueFormatter: ({ value }) => String(value) },
  { field: 'title', flex: 1, minWidth: 280 },
  { field: 'severity', width: 100 },
  { colId: 'needed', width: 92, valueGetter: ({ data }) => data?.hosts.needed },
  { colId: 'pending', width: 86, valueGetter: ({ data }) => data?.hosts.pending },
  { colId: 'missing', width: 94, valueGetter: ({ data }) => data?.hosts.missing },
  { colId: 'failed', width: 80, valueGetter: ({ data }) => data?.hosts.failed },
  { field: 'product', width: 140 },
  { field: 'classification', width: 140 },
  { field: 'maxDownloadSize', width: 118 },
  { field: 'downloadedOn', width: 164 },
  { colId: 'heldBack', width: 96, valueGetter: ({ data }) => data?.hosts.heldBack },
  { colId: 'forbidden', width: 100, valueGetter: ({ data }) => data?.hosts.forbidden },
  { colId: 'done', width: 84, valueGetter: ({ data }) => data?.hosts.done },
];

/** AG Grid's columns as its documentation has them: as many as the update list has, shown and hidden. */
const columnsOf = (count: number): ColDef<UpdateRow>[] => [
  ...shown,
  ...Array.from({ length: count - shown.length }, (_each, n) => ({ colId: `hidden ${n}`, hide: true })),
];

// As many rows are in sight as in the console: what is drawn is most of the work.
const theme = themeQuartz.withParams({ rowHeight: 28, headerHeight: 30, wrapperBorder: false });
const idOf = ({ data }: GetRowIdParams<UpdateRow>): string => data.updateId;
const rowSelection = { mode: 'multiRow', selectAll: 'filtered' } as const;

/** AG Grid alone with an external filter, as its documentation shows it; `take` is given what sets the filter. */
export function BareGrid({
  rows,
  columnCount,
  take,
}: {
  readonly rows: UpdateRow[];
  readonly columnCount: number;
  readonly take: (setFilter: (ids: ReadonlySet<string>) => void) => void;
}) {
  const [columns] = useState(() => columnsOf(columnCount));
  const api = useRef<GridApi<UpdateRow> | null>(null);
  const ids = useRef<ReadonlySet<string> | null>(null);
  useEffect(
    () =>
      take((next) => {
        ids.current = next;
        api.current?.onFilterChanged();
      }),
    [take],
  );
  const isPresent = useCallback(() => ids.current !== null, []);
  const passes = useCallback((node: IRowNode<UpdateRow>) => ids.current?.has(node.id ?? '') === true, []);
  return (
    <AgGridReact<UpdateRow>
      theme={theme}
      rowData={rows}
      columnDefs={columns}
      getRowId={idOf}
      animateRows={false}
      rowSelection={rowSelection}
      isExternalFilterPresent={isPresent}
      doesExternalFilterPass={passes}
      onGridReady={(event) => {
        api.current = event.api;
        event.api.onFilterChanged();
      }}
    />
  );
}
