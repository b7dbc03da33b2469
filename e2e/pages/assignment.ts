import type { Locator, Page } from '@playwright/test';

/** The dialog that chooses who gets a package, from its check boxes to what became of it. */
export function assignmentPage(page: Page) {
  const dialog = page.getByRole('dialog', { name: /^Who gets / });
  const button = (name: string | RegExp): Locator => dialog.getByRole('button', { name });
  return {
    dialog,
    open: page.getByRole('main').getByRole('button', { name: 'Assign…' }).first(),
    tab: (name: 'Groups' | 'Units' | 'Profiles' | 'Hosts'): Locator =>
      dialog.getByRole('tab', { name: new RegExp(`^${name} \\(`) }),
    search: dialog.getByRole('searchbox', { name: 'Search by name or description' }),
    box: (name: string | RegExp): Locator => dialog.getByRole('checkbox', { name }),
    preview: button('Preview'),
    reason: dialog.getByRole('textbox', { name: 'Reason, for the journal' }),
    sign: button('Sign and upload'),
    results: dialog.getByRole('status', { name: 'What became of it' }),
    refresh: button('Have these hosts read the repository'),
    close: button('Close'),
  };
}
