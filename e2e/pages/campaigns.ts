import { expect, type Locator, type Page } from '@playwright/test';
import { gridPage } from './grid.ts';

/** The campaigns: list, editor, confirmation, and one campaign with its facts. */
export function campaignsPage(page: Page) {
  const main = page.getByRole('main');
  const editor = page.getByRole('dialog', { name: /^New campaign$|^Change / });
  const go = page.getByRole('dialog', { name: /^(Start|Go on with|Retry|Keep the signer) / });
  const facts = main.getByRole('group', { name: 'What is known of its hosts' });
  return {
    list: gridPage(page, 'Campaigns'),
    hosts: gridPage(page, 'Hosts'),
    editor: {
      dialog: editor,
      name: editor.getByRole('textbox', { name: 'Name' }),
      next: editor.getByRole('button', { name: 'Next' }),
      choice: (name: string): Locator => editor.getByRole('radio', { name: new RegExp(`^${name}`) }),
      field: (name: string | RegExp): Locator => editor.getByRole('textbox', { name }),
      start: editor.getByRole('button', { name: 'Save and start…' }),
    },
    go: {
      dialog: go,
      keep: go.getByRole('radio', { name: /^Keep this signer/ }),
      reason: go.getByRole('textbox', { name: 'Reason' }),
      start: go.getByRole('button', { name: 'Start', exact: true }),
    },
    fact: (name: string): Locator => facts.getByRole('button', { name: new RegExp(`^${name}`) }),
    expectFact: (name: string, count: number) =>
      expect(facts.getByRole('button', { name: new RegExp(`^${name}`) })).toHaveText(`${name}${count}`, {
        timeout: 45_000,
      }),
    showInHosts: main.getByRole('button', { name: 'Show in Hosts' }),
    standing: (name: string): Locator => main.getByText(name, { exact: true }).first(),
  };
}
