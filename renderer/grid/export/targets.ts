import type { Desk } from '../../desks/desk.ts';
import { deskStore } from '../../desks/desk-store.ts';

/** Opens the export of a grid; `isSelection`: with only the selected rows chosen. */
type OpenExport = (isSelection: boolean) => void;

/** The grids on screen that can be exported, in the order they appeared. */
const useTargets = deskStore<{ readonly targets: ReadonlyMap<string, OpenExport> }>(() => ({ targets: new Map() }));

/** Marks the element of a grid, so that keys find the one that has the focus. */
export const GRID_MARK = 'data-export-grid';

/** The keys that open the export of the list in hand. */
export const EXPORT_KEYS = 'Ctrl+Shift+E';

/** Offers a grid of a desk while it is shown; the answer ends it. */
export function offerTarget(desk: Desk, id: string, open: OpenExport): () => void {
  const store = useTargets.of(desk);
  store.setState(({ targets }) => ({ targets: new Map(targets).set(id, open) }));
  return () =>
    store.setState(({ targets }) => {
      const rest = new Map(targets);
      if (rest.get(id) === open) rest.delete(id);
      return { targets: rest };
    });
}

/** Whether a list is on screen that can be exported. */
export const useHasTarget = (): boolean => useTargets(({ targets }) => targets.size > 0);

/** Opens the export of a grid; without one that of the grid that has the focus, else of the first one on screen. */
export function openTarget(id: string | null = null, isSelection = false): void {
  const { targets } = useTargets.getState();
  const focused = document.activeElement?.closest(`[${GRID_MARK}]`)?.getAttribute(GRID_MARK) ?? '';
  const [first] = targets.values();
  (targets.get(id ?? focused) ?? first)?.(isSelection);
}
