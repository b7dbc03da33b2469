import type { Locator, Page } from '@playwright/test';

/** The versions of one rule package: the list, the difference of two, and the way back. */
export function historyPage(page: Page) {
  const main = page.getByRole('main');
  const difference = main.getByRole('region', { name: 'History of the package' });
  return {
    title: main.getByRole('heading', { level: 1 }),
    version: (version: string): Locator => main.getByRole('listitem', { name: new RegExp(`^Version ${version}\\b`) }),
    from: (version: string): Locator => main.getByRole('radio', { name: `Compare from version ${version}` }),
    again: (version: string): Locator => main.getByRole('button', { name: `Publish again… Version ${version}` }),
    difference,
    /** What changed in one list, or beside the rules. */
    changes: (name: string): Locator => difference.getByRole('region', { name }),
    back: main.getByRole('button', { name: 'Back to the packages' }),
  };
}
