import type { Locator, Page } from '@playwright/test';
import { gridPage } from './grid.ts';

/** What rules would do: the forecast in the editor, its lists, warnings, reasons, and what is stated of agents. */
export function rulesPage(page: Page) {
  const main = page.getByRole('main');
  const strip = main.getByRole('region', { name: 'Forecast' });
  const why = page.getByRole('dialog', { name: 'Why?' });
  const facts = page.getByRole('dialog', { name: 'What agents do not report' });
  const beside = page.getByRole('dialog', { name: /: your draft and version/ });
  return {
    forecast: {
      strip,
      /** The forecast of what is on screen now. */
      computed: main.locator('section[aria-label="Forecast"][aria-busy="false"]'),
      /** The number of pairs that become something, or stay; it opens the list behind it. */
      number: (what: string): Locator =>
        strip.getByRole('button', { name: new RegExp(`^Show the list: \\d+ ${what}`) }),
      stateFacts: strip.getByRole('button', { name: 'State what is missing…' }),
    },
    pairs: {
      dialog: (what: string): Locator => page.getByRole('dialog', { name: `Forecast: pairs that ${what}` }),
      grid: gridPage(page, 'Pairs host × update'),
    },
    why: {
      dialog: why,
      panel: why.getByRole('region', { name: 'Why?' }),
      change: (name: string | RegExp): Locator => why.getByRole('button', { name }),
      close: why.getByRole('button', { name: 'Close' }).last(),
    },
    warnings: {
      tab: main.getByRole('tab', { name: /warning/ }),
      fix: (name: string | RegExp): Locator => main.getByRole('button', { name }),
      titled: (title: string): Locator => main.getByRole('heading', { name: title }),
    },
    facts: {
      dialog: facts,
      group: (name: string): Locator => facts.getByRole('region', { name }),
      close: facts.getByRole('button', { name: 'Close' }),
    },
    /** The package was published under the draft. */
    moved: {
      notice: (version: RegExp): Locator => main.getByRole('alert').filter({ hasText: version }),
      beside: main.getByRole('button', { name: 'Open the newest beside' }),
      merge: main.getByRole('button', { name: 'Put my changes onto it' }),
      dialog: beside,
      side: (name: RegExp): Locator => beside.getByRole('region', { name }),
      close: beside.getByRole('button', { name: 'Close' }),
    },
    /** The part of the review that says what publishing does to hosts. */
    effect: page.getByRole('dialog').getByRole('region', { name: 'What it does to hosts' }),
  };
}
