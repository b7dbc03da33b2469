import type { ColumnState, GridApi } from 'ag-grid-community';
import { useCallback, useEffect, useRef } from 'react';
import type { ViewColumn } from '../../contract/schemas/views.ts';
import { useRemembered } from '../app/settings.ts';

/** What of a column is remembered. */
type Saved = ViewColumn;

/** How the columns of a grid stand now. */
export function columnsOf(api: GridApi): Saved[] {
  return api.getColumnState().map(({ colId, hide, width, flex, sort, sortIndex, pinned }) => ({
    colId,
    hide: hide ?? false,
    // What takes the room that is left keeps doing so in a window of another size.
    ...(flex === null || flex === undefined ? { flex: null, ...(width === undefined ? {} : { width }) } : { flex }),
    sort: sort ?? null,
    sortIndex: sortIndex ?? null,
    pinned: pinned === true ? 'left' : pinned === false ? null : (pinned ?? null),
  }));
}

/** Has the columns of a grid stand so; columns that it does not have are left out. */
export function applyColumns(api: GridApi, columns: readonly Saved[]): void {
  const state = columns.map(
    ({ width, flex, ...column }): ColumnState => ({
      ...column,
      ...(width === null || width === undefined ? {} : { width }),
      ...(flex === undefined ? {} : { flex }),
    }),
  );
  api.applyColumnState({ state, applyOrder: true, defaultState: { sort: null } });
}

const isSaved = (value: unknown): value is Saved[] =>
  Array.isArray(value) && value.every((one: unknown) => typeof one === 'object' && one !== null && 'colId' in one);

/** Remembers which columns of a grid are shown, their order, width and sorting. */
export function useLayout(id: string) {
  const [text, remember] = useRemembered('grids', id);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );

  const restore = useCallback(
    (api: GridApi): void => {
      if (text === null) return;
      let state: unknown;
      try {
        state = JSON.parse(text);
      } catch {
        return;
      }
      if (isSaved(state)) api.applyColumnState({ state: state as ColumnState[], applyOrder: true });
    },
    [text],
  );

  const save = useCallback(
    (api: GridApi): void => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        if (api.isDestroyed()) return;
        remember(JSON.stringify(columnsOf(api)));
      }, 400);
    },
    [remember],
  );

  const forget = useCallback((): void => {
    if (timer.current !== null) clearTimeout(timer.current);
    remember(null);
  }, [remember]);

  return { restore, save, forget };
}
