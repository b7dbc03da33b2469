import type { Locator } from '@playwright/test';

/** What stands beside a name in a list of facts. */
export const factIn = (root: Locator, name: string): Locator =>
  root.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd[1]');
