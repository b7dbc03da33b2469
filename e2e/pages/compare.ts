import type { Locator, Page } from '@playwright/test';
import { gridPage } from './grid.ts';

/** Several hosts side by side. */
export function comparePage(page: Page) {
  const main = page.getByRole('main');
  return {
    open: main.getByRole('button', { name: 'Compare', exact: true }),
    heading: main.getByRole('heading', { name: /hosts compared$/ }),
    grid: gridPage(page, 'Updates of the compared hosts'),
    summary: main.getByRole('table'),
    show: (name: string): Locator =>
      main
        .getByRole('group', { name: 'Which updates' })
        .getByRole('button', { name: new RegExp(`^${name} ?[\\d,]+$`) }),
    back: main.getByRole('button', { name: 'Back to the hosts' }),
  };
}
