import type { Locator, Page } from '@playwright/test';
import { gridPage } from './grid.ts';

/** What the server fetches and fetched. */
export function downloadsPage(page: Page) {
  const main = page.getByRole('main');
  const why = main.getByRole('region', { name: 'Why it failed' });
  return {
    main,
    tab: (name: string | RegExp): Locator => main.getByRole('tab', { name }),
    lacking: gridPage(page, 'Needed updates whose files are not on the server'),
    /** Files that no host fetches, and what deletes them. */
    idle: {
      grid: gridPage(page, 'Files on the server that no host fetches'),
      why: (name: string): Locator => main.getByRole('button', { name: new RegExp(`^${name}`) }),
      ask: main.getByRole('button', { name: /^Delete the files of/ }),
      dialog: page.getByRole('dialog'),
      go: page.getByRole('dialog').getByRole('button', { name: 'Delete files', exact: true }),
      cancel: page.getByRole('dialog').getByRole('button', { name: 'Cancel' }),
    },
    repositories: gridPage(page, 'Repositories that hosts use'),
    grid: gridPage(page, 'Download tasks of the server'),
    summary: main.getByRole('status'),
    /** Likely cause and next step of a failed download. */
    why,
    menuItem: (name: string): Locator => page.getByRole('menu').getByRole('menuitem', { name }),
    forget: page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }),
  };
}
