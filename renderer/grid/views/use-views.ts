import { useMemo } from 'react';
import type { Settings } from '../../../contract/schemas/app.ts';
import type { SavedView } from '../../../contract/schemas/views.ts';
import { useChangeSettings, useSetting } from '../../app/settings.ts';

/** The views of one list, by name, and what one does with them. */
export interface Views {
  readonly list: readonly SavedView[];
  /** Keeps a view; one of the same list with this name is replaced. Gives what was kept. */
  readonly keep: (view: Pick<SavedView, 'name' | 'columns' | 'filter'>) => SavedView;
  readonly rename: (id: string, name: string) => void;
  readonly remove: (id: string) => void;
  /** Has the list open with a view; null: as one left it. */
  readonly setDefault: (id: string | null) => void;
}

const viewsOf = (settings: Settings): Settings['views'] => settings.views;

/** The views that one keeps of a list. */
export function useViews(grid: string): Views {
  const all = useSetting(viewsOf);
  const change = useChangeSettings();
  return useMemo(() => {
    const list = all.filter((view) => view.grid === grid).toSorted((a, b) => a.name.localeCompare(b.name));
    const put = (views: readonly SavedView[]): void => change({ views: [...views] });
    return {
      list,
      keep: ({ name, columns, filter }) => {
        const same = list.find((view) => view.name === name);
        const view: SavedView = {
          id: same?.id ?? crypto.randomUUID(),
          grid,
          name,
          columns,
          filter,
          isDefault: same?.isDefault ?? false,
        };
        put([...all.filter(({ id }) => id !== view.id), view]);
        return view;
      },
      rename: (id, name) => {
        const others = all.filter((view) => view.id === id || view.grid !== grid || view.name !== name);
        put(others.map((view) => (view.id === id ? { ...view, name } : view)));
      },
      remove: (id) => put(all.filter((view) => view.id !== id)),
      setDefault: (id) => put(all.map((view) => (view.grid === grid ? { ...view, isDefault: view.id === id } : view))),
    };
  }, [all, change, grid]);
}
