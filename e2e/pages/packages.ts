import { expect, type Locator, type Page } from '@playwright/test';
import { factIn } from './facts.ts';
import { gridPage } from './grid.ts';

/** The rule packages: list, drafts, editor, review, and the question before deleting. */
export function packagesPage(page: Page) {
  const main = page.getByRole('main');
  const drafts = main.getByRole('region', { name: 'Drafts' });
  const dialog = page.getByRole('dialog');
  const saved = main.getByRole('status').filter({ hasText: 'Draft saved' });
  return {
    grid: gridPage(page, 'WAPTWUA packages'),
    create: main.getByRole('button', { name: 'New', exact: true }),
    edit: main.getByRole('button', { name: 'Edit', exact: true }),
    delete: main.getByRole('button', { name: 'Delete', exact: true }),
    history: main.getByRole('button', { name: 'History of the package' }),
    refresh: main.getByRole('button', { name: 'Refresh list' }),
    lastVersionOnly: main.getByRole('switch', { name: 'Last version only' }),
    menuItem: (name: string): Locator => page.getByRole('menu').getByRole('menuitem', { name }),
    drafts: {
      region: drafts,
      resume: (name: string): Locator => drafts.getByRole('button', { name: `Continue: ${name}` }),
      discard: (name: string): Locator => drafts.getByRole('button', { name: `Discard: ${name}` }),
    },
    /** Asks where to put updates that were chosen elsewhere. */
    intent: {
      dialog,
      package: (name: string | RegExp): Locator => dialog.getByRole('radio', { name }),
      name: dialog.getByRole('textbox', { name: 'Name', exact: true }),
      go: dialog.getByRole('button', { name: 'Open the draft' }),
    },
    editor: {
      name: main.getByRole('textbox', { name: 'Name', exact: true }),
      description: main.getByRole('textbox', { name: 'Description', exact: true }),
      maturity: main.getByRole('combobox', { name: 'Maturity' }),
      back: main.getByRole('button', { name: 'Back to the packages' }),
      undo: main.getByRole('button', { name: 'Undo' }),
      redo: main.getByRole('button', { name: 'Redo' }),
      publish: main.getByRole('button', { name: 'Publish…' }),
      saved,
      /** Waits until the last change is on disk. */
      isSaved: async () => {
        await expect(main.getByRole('status').filter({ hasText: /Not saved yet|Saving/ })).toBeHidden();
        await expect(saved).toBeVisible();
      },
      side: (name: 'Allowed' | 'Forbidden'): Locator => main.getByRole('tab', { name: new RegExp(`^${name} \\(`) }),
      allowed: gridPage(page, 'Allowed updates and KBs'),
      forbidden: gridPage(page, 'Forbidden updates and KBs'),
      pick: {
        grid: gridPage(page, 'Updates to pick from'),
        search: main.getByRole('searchbox', { name: 'Search title, KB or id' }),
        filters: main.getByRole('button', { name: 'Filters', exact: true }),
        allow: main.getByRole('button', { name: 'Allow selected' }),
        forbid: main.getByRole('button', { name: 'Forbid selected' }),
        writeAs: (what: 'Updates' | 'KBs'): Locator =>
          main.getByRole('group', { name: 'Write as' }).getByRole('button', { name: what, exact: true }),
      },
      categories: main.getByRole('tab', { name: 'Categories' }),
    },
    /** The last look before signing. */
    review: {
      dialog,
      title: dialog.getByRole('heading', { level: 2 }),
      fact: (name: string): Locator => factIn(dialog, name),
      reason: dialog.getByLabel('Reason, for the journal'),
      over: dialog.getByRole('checkbox', { name: 'Publish over it' }),
      sign: dialog.getByRole('button', { name: 'Sign and publish' }),
      failure: dialog.getByRole('alert'),
      cancel: dialog.getByRole('button', { name: 'Cancel' }),
    },
    confirmDelete: {
      dialog,
      yes: dialog.getByRole('button', { name: 'Delete', exact: true }),
    },
  };
}
