import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';

/** What a list is exported as, by the words of its button. */
export type ExportName = 'CSV' | 'Excel workbook' | 'Report';

/** The export of the list in hand. */
export function exportPage(page: Page) {
  const dialog = page.getByRole('dialog', { name: 'Export this list' });
  return {
    dialog,
    /** Opens it by its keys. */
    open: async () => {
      await page.keyboard.press('Control+Shift+E');
      await expect(dialog).toBeVisible();
    },
    onlySelected: dialog.getByRole('checkbox', { name: /^Only the / }),
    /** Writes the list and fetches the file. */
    as: async (name: ExportName): Promise<{ readonly name: string; readonly bytes: Buffer }> => {
      const coming = page.waitForEvent('download');
      await dialog.getByRole('button', { name: new RegExp(`^${name}`) }).click();
      const download = await coming;
      const path = await download.path();
      await expect(dialog).toBeHidden();
      return { name: download.suggestedFilename(), bytes: await readFile(path) };
    },
  };
}
