import type { Locator, Page } from '@playwright/test';
import { gridPage } from './grid.ts';

/** The list of CVEs that one pastes, how hosts stand, and the files that say what fixes what. */
export function cvesPage(page: Page) {
  const main = page.getByRole('main');
  const files = main.getByRole('region', { name: 'Files' });
  const dialog = page.getByRole('dialog', { name: 'Import a file of CVEs' });
  return {
    list: main.getByLabel('CVEs to look for'),
    grid: gridPage(page, 'CVEs of the list'),
    updates: gridPage(page, 'Updates that put affected hosts right'),
    allow: main.getByRole('button', { name: /^Allow \d+ updates? in a rule package…$/ }),
    /** `38 Affected, fix on its way`. */
    hosts: (state: string): Locator =>
      main.getByRole('region', { name: 'All together' }).getByRole('button', { name: new RegExp(`^\\d+ ?${state}`) }),
    files,
    import: {
      open: main.getByRole('button', { name: 'Import a file…' }).first(),
      dialog,
      file: (name: string | RegExp): Locator => dialog.getByRole('radio', { name }),
      go: dialog.getByRole('button', { name: 'Import', exact: true }),
      cancel: dialog.getByRole('button', { name: 'Cancel' }),
    },
    restriction: main.getByRole('group', { name: 'What the list is restricted to' }),
  };
}
