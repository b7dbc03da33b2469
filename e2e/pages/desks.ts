import type { Locator, Page } from '@playwright/test';

/** The line of open servers, shown where there are several. */
export function desksPage(page: Page) {
  const line = page.getByRole('navigation', { name: 'Open servers' });
  const tab = (name: string): Locator => line.getByRole('button', { name: new RegExp(`^${name}, `) });
  return {
    line,
    tab,
    open: line.getByRole('button', { name: 'Open another server beside this one' }),
    close: (name: string): Locator => line.getByRole('button', { name: `Close ${name}` }),
  };
}
