import type { Locator, Page } from '@playwright/test';

/** The editor of the agents' section: options, dangers, and the texts to take away. */
export function optionsPage(page: Page) {
  const main = page.getByRole('main');
  const option = (name: string): Locator => main.getByRole('region', { name });
  return {
    option,
    field: (name: string): Locator => option(name).getByRole('combobox', { name }),
    yes: (name: string): Locator => option(name).getByRole('button', { name: 'Yes', exact: true }),
    danger: (title: string): Locator => main.getByRole('note').filter({ hasText: title }),
    count: main.getByText(/^\d+ dangers?$/),
    careful: main.getByRole('button', { name: 'Careful start' }),
    undo: main.getByRole('button', { name: 'Undo' }),
    tab: (name: 'Ini text' | 'Installer' | 'What hosts report'): Locator => main.getByRole('tab', { name }),
    text: main.getByRole('tabpanel').locator('pre'),
    panel: main.getByRole('tabpanel'),
  };
}
