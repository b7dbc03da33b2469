import { expect, type Locator, type Page } from '@playwright/test';
import { gridPage } from './grid.ts';

/** The list of updates with its filters, its toolbar and its questions. */
export function updatesPage(page: Page) {
  const main = page.getByRole('main');
  const filters = main.getByRole('region', { name: 'Filters' });
  const entries = (list: 'Severity' | 'Product' | 'Classification'): Locator =>
    filters.getByRole('group', { name: list });
  const entry = (list: 'Severity' | 'Product' | 'Classification', name: string): Locator =>
    entries(list).getByRole('checkbox', { name: new RegExp(`^${name} [\\d,]+$`) });
  // In one look, so that all of them are of the same moment.
  const countsIn = async (boxes: Locator): Promise<readonly number[]> => {
    const names = await boxes.evaluateAll((all) => all.map((element) => element.closest('label')?.innerText ?? ''));
    return names.map((name) => Number(/([\d,]+)\s*$/.exec(name)?.[1]?.replaceAll(',', '') ?? Number.NaN));
  };
  const countsOf = (list: 'Severity' | 'Product' | 'Classification'): Promise<readonly number[]> =>
    countsIn(entries(list).getByRole('checkbox'));
  const grid = gridPage(page, 'Windows updates');
  const dialog = page.getByRole('dialog');
  return {
    grid,
    filters,
    entries,
    entry,
    /** The number that stands beside an entry of the filters. */
    countBeside: async (list: 'Severity' | 'Product' | 'Classification', name: string): Promise<number> => {
      await entry(list, name).waitFor();
      return (await countsIn(entry(list, name)))[0] ?? Number.NaN;
    },
    /** The numbers beside all entries of one list. */
    countsOf,
    scope: (name: 'Needed by some host' | 'All reported'): Locator => filters.getByRole('radio', { name }),
    onServer: (name: 'Either' | 'There' | 'Not there'): Locator => filters.getByRole('button', { name, exact: true }),
    clear: filters.getByRole('button', { name: 'Clear the filters' }),
    search: main.getByRole('searchbox', { name: 'Search in title, KB and id' }),
    refresh: main.getByRole('button', { name: 'Refresh', exact: true }),
    index: {
      button: main.getByRole('button', { name: 'Download WSUSScan cab' }),
      missing: main.getByRole('button', { name: 'Download index and missing cabs' }),
      state: main.getByText(/^(Index of |No index)/),
      /** Has the server fetch the index: always, or only where there is a newer one. */
      download: async (how: 'If there is a newer one' | 'Even if it is up to date') => {
        await main.getByRole('button', { name: 'Download WSUSScan cab' }).click();
        await page.getByRole('menuitem', { name: how }).click();
      },
    },
    tasks: main.getByRole('button', { name: 'Download tasks' }),
    /** Says which versions of Windows have no recent scan, and offers one. */
    thin: main.getByRole('alert').filter({ hasText: 'no recent scan' }),
    details: main.getByRole('region', { name: 'Details of the update' }),
    menuItem: (name: string | RegExp): Locator => page.getByRole('menu').getByRole('menuitem', { name }),
    confirm: {
      dialog,
      yes: (name: string): Locator => dialog.getByRole('button', { name, exact: true }),
      cancel: dialog.getByRole('button', { name: 'Cancel' }),
    },
    /** Waits until the list is there, and what it shows is what the filters let through. */
    ready: async () => {
      await grid.root.waitFor();
      await expect
        .poll(async () => {
          const counts = await countsOf('Severity');
          return counts.length > 0 && counts.reduce((sum, one) => sum + one, 0) === (await grid.count());
        })
        .toBe(true);
    },
  };
}
