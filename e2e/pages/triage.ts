import { expect, type Locator, type Page } from '@playwright/test';
import { gridPage } from './grid.ts';

/** What waits for a decision, what one does about it, and the tray of decisions. */
export function triagePage(page: Page) {
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog', { name: /^Put \d+ decisions? into/ });
  const views = main.getByRole('group', { name: 'Which updates' });
  const tray = main.getByRole('region', { name: 'Decisions that wait for a package' });
  const grid = gridPage(page, 'Updates that wait for a decision');
  return {
    grid,
    /** Waits until the row that took the place of a decided one is the next to be worked on. */
    isNext: async () => {
      await expect(grid.root.locator('[role="row"][aria-selected="true"]')).toHaveCount(0);
      await grid.expectFocus();
      await expect(main.getByRole('button', { name: 'Allow', exact: true })).toHaveAttribute('aria-disabled', 'false');
    },
    /** `To decide (12)`, `Decided (3)`, `Put off (1)`. */
    view: (name: 'To decide' | 'Decided' | 'Put off'): Locator =>
      views.getByRole('button', { name: new RegExp(`^${name} \\(`) }),
    tray,
    toPackage: tray.getByRole('button', { name: 'Put into a package…' }),
    superseded: main.getByRole('button', { name: /^Show \d+ superseded$/ }),
    snooze: (name: RegExp): Locator => page.getByRole('menu').getByRole('menuitem', { name }),
    toDraft: {
      dialog,
      package: (name: string | RegExp): Locator => dialog.getByRole('radio', { name }),
      go: dialog.getByRole('button', { name: 'Review' }),
    },
  };
}
