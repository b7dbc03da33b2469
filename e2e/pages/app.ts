import type { Page } from '@playwright/test';
import { downloadsPage } from './downloads.ts';
import { framePage } from './frame.ts';
import { hostsPage } from './hosts.ts';
import { packagesPage } from './packages.ts';
import { signInPage } from './sign-in.ts';
import { updatesPage } from './updates.ts';

/** Everything that a window of the console shows, page by page, in English. */
export function openApp(page: Page) {
  return {
    page,
    signIn: signInPage(page),
    frame: framePage(page),
    updates: updatesPage(page),
    packages: packagesPage(page),
    hosts: hostsPage(page),
    downloads: downloadsPage(page),
  };
}

/** A window of the console. */
export type App = ReturnType<typeof openApp>;
