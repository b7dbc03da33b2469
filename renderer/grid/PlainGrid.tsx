import { createGrid, type GridApi, type GridOptions } from 'ag-grid-community';
import { useLayoutEffect, useRef } from 'react';

/**
 * AG Grid in plain DOM. Its edition for React draws each cell as a component, twice where a renderer shows the value, and none of our cells is one.
 * Of the options, those that the grid takes later may change; the others stay as they were at first.
 */
export function PlainGrid<Row extends object>({ options }: { readonly options: GridOptions<Row> }) {
  const place = useRef<HTMLDivElement>(null);
  const api = useRef<GridApi<Row> | null>(null);
  const given = useRef(options);

  useLayoutEffect(() => {
    if (place.current === null) return;
    const grid = createGrid(place.current, { ...given.current });
    api.current = grid;
    return () => {
      api.current = null;
      grid.destroy();
    };
  }, []);

  useLayoutEffect(() => {
    const before: GridOptions<Row> = given.current;
    given.current = options;
    const keys = Object.keys(options) as (keyof GridOptions<Row>)[];
    const changed = keys.filter((key) => options[key] !== before[key]);
    if (changed.length === 0) return;
    api.current?.updateGridOptions(Object.fromEntries(changed.map((key) => [key, options[key]])));
  }, [options]);

  return <div ref={place} style={{ height: '100%' }} />;
}
