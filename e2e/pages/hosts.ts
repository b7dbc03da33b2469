import { expect, type Locator, type Page } from '@playwright/test';
import { gridPage } from './grid.ts';

const runTitles = {
  scan: 'Scan of Windows updates',
  download: 'Scan and download of Windows updates',
  install: 'Scan and install of Windows updates',
  refresh: 'Refresh of the package list',
} as const;

/** What can be ordered from hosts. */
export type Order = keyof typeof runTitles;

const buttons: Readonly<Record<Order, string>> = {
  scan: 'Scan',
  download: 'Download',
  install: 'Install',
  refresh: 'Refresh packages',
};

/** The hosts: list, filters, the confirmation of an order, what happens on each host, and the panel of one. */
export function hostsPage(page: Page) {
  const main = page.getByRole('main');
  const confirm = page.getByRole('dialog');
  const orders = main.getByRole('region', { name: 'Orders of this session' });
  const panel = main.getByRole('region', { name: /^Details of / });
  return {
    grid: gridPage(page, 'Hosts'),
    search: main.getByRole('searchbox', { name: 'Search hosts' }),
    quick: (name: string): Locator =>
      main.getByRole('group', { name: 'Quick filters' }).getByRole('button', { name: new RegExp(`^${name}`) }),
    order: (what: Order): Locator => main.getByRole('button', { name: buttons[what], exact: true }),
    /** Reads the server again. */
    refresh: main.getByRole('button', { name: 'Refresh', exact: true }),
    confirm: {
      dialog: confirm,
      title: confirm.getByRole('heading', { level: 2 }),
      onlyReachable: confirm.getByRole('checkbox', { name: 'Send to the reachable hosts only' }),
      go: (what: string): Locator => confirm.getByRole('button', { name: what, exact: true }),
      cancel: confirm.getByRole('button', { name: 'Cancel' }),
    },
    orders: {
      region: orders,
      grid: (what: Order) => gridPage(page, runTitles[what]),
      /** How many hosts stand in a state, by the button that filters by it. */
      state: (name: string): Locator => orders.getByRole('button', { name: new RegExp(`^${name} ?\\d+$`) }),
      retry: orders.getByRole('button', { name: /^Retry / }),
      stop: orders.getByRole('button', { name: 'Stop' }),
      /** Waits until every host of the order has an end. */
      ended: () => expect(orders.getByText('Ended', { exact: true })).toBeVisible({ timeout: 45_000 }),
    },
    panel: {
      region: panel,
      tab: (name: string): Locator => panel.getByRole('tab', { name: new RegExp(`^${name}`) }),
      tabPanel: panel.getByRole('tabpanel'),
      close: panel.getByRole('button', { name: 'Close the details' }),
      updates: (host: string) => gridPage(page, `Windows updates of ${host}`),
      group: (name: string): Locator =>
        panel.getByRole('group', { name: 'Show' }).getByRole('button', { name: new RegExp(`^${name}`) }),
    },
  };
}
