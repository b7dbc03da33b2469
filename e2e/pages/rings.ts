import type { Locator, Page } from '@playwright/test';
import { gridPage } from './grid.ts';

/** Ring sets, what waits between two rings, and the confirmation before it is promoted. */
export function ringsPage(page: Page) {
  const main = page.getByRole('main');
  const editor = page.getByRole('dialog', { name: /ring set|^Change / });
  const confirm = page.getByRole('dialog', { name: /^Promote \d+ to / });
  const ring = (number: number): Locator => editor.getByRole('listitem').nth(number - 1);
  return {
    grid: gridPage(page, 'What waits between two rings'),
    make: main.getByRole('button', { name: 'Make a ring set' }),
    edit: main.getByRole('button', { name: 'Change the rings' }),
    line: main.getByRole('region', { name: 'From ring to ring' }),
    selectPassed: main.getByRole('button', { name: 'Select what passed' }),
    promote: main.getByRole('button', { name: /^Promote/ }),
    editor: {
      dialog: editor,
      name: editor.getByRole('textbox', { name: 'Name' }),
      choosePackage: async (number: number, name: string) => {
        await ring(number).getByRole('combobox').fill(name);
        await page.getByRole('option', { name, exact: true }).click();
      },
      gate: (number: number, name: 'Age, days' | 'Successes' | 'Success rate, %' | 'Failures'): Locator =>
        ring(number).getByRole('textbox', { name, exact: true }),
      remove: (number: number): Locator => ring(number).getByRole('button', { name: /^Remove the ring/ }),
      save: editor.getByRole('button', { name: 'Save' }),
    },
    confirm: {
      dialog: confirm,
      reason: confirm.getByRole('textbox', { name: 'Reason' }),
      sign: confirm.getByRole('button', { name: 'Sign and publish' }),
    },
  };
}
