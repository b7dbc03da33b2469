import type { Locator, Page } from '@playwright/test';

/** The rule builder of a draft, and the filters that the draft keeps. */
export function builderPage(page: Page) {
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog', { name: /^(Rule builder|Change a filter)$/ });
  const kept = main.getByRole('region', { name: 'Filters of this draft' });
  return {
    open: main.getByRole('button', { name: 'Rule builder' }),
    dialog,
    title: dialog.getByRole('textbox', { name: 'Title', exact: true }),
    as: (name: 'Words and *' | 'Regular expression' | 'Allowed' | 'Forbidden' | 'Updates' | 'KBs'): Locator =>
      dialog.getByRole('button', { name, exact: true }),
    choose: async (list: 'Classification' | 'Product' | 'Severity', name: string) => {
      await dialog.getByRole('combobox', { name: list }).fill(name);
      await page.getByRole('option', { name, exact: true }).click();
      await page.keyboard.press('Escape');
    },
    found: dialog.getByRole('status'),
    failure: dialog.getByRole('alert'),
    add: dialog.getByRole('button', { name: /^(Allow|Forbid) \d+ updates?$/ }),
    kept,
    runAgain: kept.getByRole('button', { name: /^Run again/ }),
  };
}
