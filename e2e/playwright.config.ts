import { defineConfig } from '@playwright/test';
import { browserArguments, findBrowser } from '../tools/browser.ts';

const executablePath = findBrowser();

/** E2e in a real browser engine, against what was built; `npm run e2e:desktop` runs the same specs on Electron. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  // Each worker runs a lab and a console of its own; on two cores a second one makes both slower.
  workers: 1,
  retries: 0,
  forbidOnly: process.env['CI'] === 'true',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { args: [...browserArguments], ...(executablePath ? { executablePath } : {}) },
  },
});
