import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { ModuleRegistry, ValidationModule } from 'ag-grid-community';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { useChangeSettings } from '../app/settings.ts';
import { fakeBridge } from '../testing/fake-bridge.ts';
import { show } from '../testing/show.tsx';
import type { GridColumn } from './columns.ts';
import { Grid } from './Grid.tsx';
import type { GridProps } from './grid-props.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly count: number;
}

const rows: readonly Row[] = [
  { id: '1', name: 'Alpha', count: 3 },
  { id: '2', name: 'Beta', count: 20 },
  { id: '3', name: 'Gamma', count: 100 },
];
const columns: readonly GridColumn<Row>[] = [
  { key: 'name', header: 'Name', value: (row) => row.name },
  { key: 'count', header: 'Count', kind: 'number', value: (row) => row.count },
  { key: 'id', header: 'Id', value: (row) => row.id, hidden: true },
];
const idOf = (row: Row): string => row.id;

// With it AG Grid says on the console which module is missing.
beforeAll(() => ModuleRegistry.registerModules([ValidationModule]));

function showGrid(props: Partial<GridProps<Row>> = {}) {
  const bridge = fakeBridge({});
  const grid = (more: Partial<GridProps<Row>>) => (
    <Grid<Row> id="test" label="Things" rows={rows} rowId={idOf} columns={columns} {...props} {...more} />
  );
  const shown = show(grid({}), bridge);
  return { bridge, ...shown };
}

/** Chooses another language, as the account menu does. */
function Speak() {
  const change = useChangeSettings();
  return (
    <button type="button" onClick={() => change({ language: 'fr' })}>
      French
    </button>
  );
}

const cell = (text: string): Promise<HTMLElement> => screen.findByRole('gridcell', { name: text });

describe('the grid', () => {
  it('has a name, shows its rows and counts them, and misses no module', async () => {
    const complaint = vi.spyOn(console, 'error');
    showGrid();
    expect(await cell('Alpha')).toBeTruthy();
    expect(await screen.findByText('3 rows')).toBeTruthy();
    await waitFor(() => expect(screen.getByRole('grid', { name: 'Things' })).toBeTruthy());
    expect(complaint.mock.calls.flat().filter((text) => String(text).includes('AG Grid'))).toEqual([]);
    complaint.mockRestore();
  });

  it('shows only what the filter lets through, and says so', async () => {
    showGrid({ visibleIds: new Set(['2']) });
    expect(await cell('Beta')).toBeTruthy();
    await waitFor(() => expect(screen.getByText('1 of 3 rows')).toBeTruthy());
    expect(screen.queryByRole('gridcell', { name: 'Alpha' })).toBeNull();
  });

  it('shows rows and a filter that came while it was being made', async () => {
    const { again } = show(
      <Grid<Row> id="test" label="Things" rows={[]} rowId={idOf} columns={columns} />,
      fakeBridge({}),
    );
    again(
      <Grid<Row> id="test" label="Things" rows={rows} rowId={idOf} columns={columns} visibleIds={new Set(['3'])} />,
    );
    expect(await cell('Gamma')).toBeTruthy();
    await waitFor(() => expect(screen.getByText('1 of 3 rows')).toBeTruthy());
  });

  it('changes rows in place', async () => {
    const part = (list: readonly Row[]) => (
      <Grid<Row> id="test" label="Things" rows={list} rowId={idOf} columns={columns} />
    );
    const { again } = show(part(rows), fakeBridge({}));
    await cell('Alpha');
    again(part([...rows.slice(0, 2), { id: '3', name: 'Delta', count: 1 }]));
    expect(await cell('Delta')).toBeTruthy();
    expect(screen.queryByRole('gridcell', { name: 'Gamma' })).toBeNull();
  });

  it('takes another language while it stands, and AG Grid complains of nothing', async () => {
    const warned = vi.spyOn(console, 'warn');
    const bridge = fakeBridge({});
    show(
      <>
        <Grid<Row> id="test" label="Things" rows={rows} rowId={idOf} columns={columns} selection="multi" />
        <Speak />
      </>,
      bridge,
    );
    await cell('Alpha');
    await userEvent.click(screen.getByRole('button', { name: 'French' }));
    expect(await screen.findByText('3 lignes')).toBeTruthy();
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  it('searches in the shown texts', async () => {
    showGrid({ quickSearch: 'gam 100' });
    expect(await cell('Gamma')).toBeTruthy();
    await waitFor(() => expect(screen.getByText('1 of 3 rows')).toBeTruthy());
  });

  it('selects by click and opens by double click and Enter', async () => {
    const [onSelectionChange, onOpen] = [vi.fn(), vi.fn()];
    showGrid({ onSelectionChange, onOpen });
    const person = userEvent.setup();
    await person.click(await cell('Beta'));
    await waitFor(() => expect(onSelectionChange).toHaveBeenLastCalledWith(['2']));
    expect(screen.getByText('1 selected')).toBeTruthy();
    await person.keyboard('{Enter}');
    expect(onOpen).toHaveBeenLastCalledWith(rows[1]);
    await person.dblClick(await cell('Alpha'));
    expect(onOpen).toHaveBeenLastCalledWith(rows[0]);
  });

  it('lets go of selected rows that the filter hides: what one cannot see is not acted upon', async () => {
    const onSelectionChange = vi.fn();
    const bridge = fakeBridge({});
    const part = (visibleIds: ReadonlySet<string> | null) => (
      <Grid<Row>
        id="test"
        label="Things"
        rows={rows}
        rowId={idOf}
        columns={columns}
        visibleIds={visibleIds}
        onSelectionChange={onSelectionChange}
      />
    );
    const { again } = show(part(null), bridge);
    const person = userEvent.setup();
    await person.click(await cell('Beta'));
    await waitFor(() => expect(onSelectionChange).toHaveBeenLastCalledWith(['2']));
    again(part(new Set(['1'])));
    await waitFor(() => expect(onSelectionChange).toHaveBeenLastCalledWith([]));
  });

  it('opens the menu of the row by mouse and by Shift+F10, for the selection that holds the row', async () => {
    const chosen = vi.fn<(id: string) => void>();
    showGrid({
      menu: (row, selection) => [
        { kind: 'item', id: 'go', label: `Go ${row.name} ${selection.length}`, onSelect: () => chosen(row.id) },
        {
          kind: 'item',
          id: 'no',
          label: 'Not now',
          disabled: true,
          reason: 'Because',
          onSelect: () => chosen('never'),
        },
      ],
    });
    const person = userEvent.setup();
    await person.pointer({ keys: '[MouseRight]', target: await cell('Gamma') });
    await person.click(await screen.findByRole('menuitem', { name: /Not now/ }));
    expect(chosen).not.toHaveBeenCalled();
    expect(screen.getByText('Because')).toBeTruthy();
    await person.click(screen.getByRole('menuitem', { name: 'Go Gamma 1' }));
    expect(chosen).toHaveBeenLastCalledWith('3');
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    await person.click(await cell('Alpha'));
    await person.keyboard('{Shift>}{F10}{/Shift}');
    expect(await screen.findByRole('menuitem', { name: 'Go Alpha 1' })).toBeTruthy();
  });

  it('hands the selection to Delete', async () => {
    const onDelete = vi.fn();
    showGrid({ onDelete });
    const person = userEvent.setup();
    await person.click(await cell('Alpha'));
    await person.keyboard('{Delete}');
    expect(onDelete).toHaveBeenLastCalledWith([rows[0]]);
  });

  it('lets one choose columns, and remembers the choice', async () => {
    const { bridge } = showGrid();
    const person = userEvent.setup();
    await cell('Alpha');
    await person.click(screen.getByRole('button', { name: 'Columns' }));
    const chooser = await screen.findByRole('dialog');
    expect(within(chooser).getAllByRole('checkbox')).toHaveLength(3);
    await person.click(within(chooser).getByRole('checkbox', { name: 'Id' }));
    await waitFor(() => expect(bridge.requests('settings.set')).toHaveLength(1));
    const [{ grids }] = bridge.requests('settings.set') as [{ grids: Record<string, string> }];
    const layout = JSON.parse(grids['test'] ?? '[]') as { colId: string; hide: boolean }[];
    expect(layout.find((column) => column.colId === 'id')?.hide).toBe(false);
  });

  it('draws its own empty, loading and failed states', async () => {
    const { unmount } = showGrid({ rows: [], empty: <p>Nothing yet</p> });
    expect(await screen.findByText('Nothing yet')).toBeTruthy();
    unmount();
    const loading = showGrid({ rows: [], isLoading: true });
    expect(await screen.findByText('Loading…')).toBeTruthy();
    loading.unmount();
    const onRetry = vi.fn();
    showGrid({ rows: [], error: { code: 'timeout', facts: { host: 'srv' } }, onRetry });
    expect(await screen.findByText('The server did not answer in time')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(onRetry).toHaveBeenCalledOnce();
  });
});
