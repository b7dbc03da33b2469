import type { Locator, Page } from '@playwright/test';
import { gridPage } from './grid.ts';

const views = { code: 'By code', update: 'By update', group: 'By group of hosts' } as const;
const grids = {
  code: 'Failures by code',
  update: 'Failures by update',
  group: 'Failures by group of hosts',
} as const;

/** The board of failures: what it is grouped by, one line in detail, and what is known to be bad. */
export function failuresPage(page: Page) {
  const main = page.getByRole('main');
  const views_ = main.getByRole('group', { name: 'Group failures' });
  const detail = main.getByRole('region', { name: 'About this failure' });
  const mark = page.getByRole('dialog', { name: /^Mark / });
  return {
    view: (by: keyof typeof views): Locator => views_.getByRole('button', { name: views[by] }),
    knownBad: views_.getByRole('button', { name: /^Known bad \(/ }),
    grid: (by: keyof typeof grids) => gridPage(page, grids[by]),
    badGrid: gridPage(page, 'Updates known to be bad'),
    detail,
    /** `Install again on 3 hosts`. */
    again: (action: string): Locator => detail.getByRole('button', { name: new RegExp(`^${action} on \\d+ hosts?$`) }),
    mark: {
      open: detail.getByRole('button', { name: 'Mark as known bad…' }),
      note: mark.getByLabel('What goes wrong'),
      go: mark.getByRole('button', { name: 'Mark', exact: true }),
    },
    restriction: main.getByRole('group', { name: 'What the list is restricted to' }),
  };
}
