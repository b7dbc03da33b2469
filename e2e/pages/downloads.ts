import type { Locator, Page } from '@playwright/test';
import { gridPage } from './grid.ts';

/** What the server fetches and fetched. */
export function downloadsPage(page: Page) {
  const main = page.getByRole('main');
  const why = main.getByRole('region', { name: 'Why it failed' });
  return {
    main,
    grid: gridPage(page, 'Download tasks of the server'),
    summary: main.getByRole('status'),
    /** Likely cause and next step of a failed download. */
    why,
    menuItem: (name: string): Locator => page.getByRole('menu').getByRole('menuitem', { name }),
    forget: page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }),
  };
}
