import type { Locator, Page } from '@playwright/test';

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The fleet at a glance: figures that open lists, the bars of compliance, and the chip of the list that was opened. */
export function overviewPage(page: Page) {
  const main = page.getByRole('main');
  const restriction = main.getByRole('group', { name: 'What the list is restricted to' });
  return {
    section: (name: string | RegExp): Locator => main.getByRole('region', { name }),
    /** A figure by what it counts, as a screen reader says it: `Hosts with failed updates: 5`. */
    figure: (name: string): Locator => main.getByRole('link', { name: new RegExp(`^${escaped(name)}: [\\d,]+$`) }),
    valueOf: async (figure: Locator): Promise<number> =>
      Number(/(?:: |\()([\d,]+)\)?$/.exec((await figure.getAttribute('aria-label')) ?? '')?.[1]?.replaceAll(',', '')),
    dimension: (name: string): Locator =>
      main.getByRole('group', { name: 'Compliance by' }).getByRole('button', { name, exact: true }),
    /** The bars of a part of all entries, from the top. */
    bars: (part: 'compliant-allowed' | 'open' | 'compliant-raw' | 'needed'): Locator =>
      main.locator(`.MuiBarChart-series[data-series="${part}"] rect`),
    /** Says what the list shows. */
    restriction,
    showAll: restriction.getByRole('button', { name: /^Show all again/ }),
  };
}
