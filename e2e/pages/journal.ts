import type { Page } from '@playwright/test';
import { gridPage } from './grid.ts';

/** What was done from the console, line by line, and whether it is whole. */
export function journalPage(page: Page) {
  const main = page.getByRole('main');
  return {
    grid: gridPage(page, 'What was done from this console'),
    search: main.getByRole('searchbox', { name: 'Search the journal' }),
    whole: main.getByText(/^Whole: \d+ lines?/),
    broken: main.getByRole('alert').filter({ hasText: 'The journal was changed after it was written' }),
    show: (line: number) => main.getByRole('button', { name: `Show line ${line}` }),
    details: (line: number) => main.getByRole('region', { name: `Line ${line}` }),
  };
}
