import { defineConfig } from '@playwright/test';
import { browserArguments, findBrowser } from '../tools/browser.ts';
import { electron } from './console-process.ts';

const executablePath = findBrowser();

/** E2e in a real browser engine, against what was built; `npm run e2e:desktop` runs the same specs on Electron. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  // The entry of browser mode has nothing to say on a run whose windows are Electron's.
  testIgnore: electron === undefined ? [] : ['entry/**'],
  outputDir: '../test-results',
  // Each test runs a lab and a console of its own, and waits more than it works.
  workers: 2,
  fullyParallel: true,
  // A second look at a test that failed; one that then passes is told as flaky, not hidden.
  retries: 1,
  forbidOnly: process.env['CI'] === 'true',
  // Four times what a quiet machine needs: nothing may fail because another program runs beside it.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    headless: true,
    // Wide enough for every column of a list, and low: each row more is drawn and searched at each look.
    viewport: { width: 1920, height: 720 },
    actionTimeout: 60_000,
    locale: 'en-GB',
    // The window leaves out what moves for whoever asks so; a machine without a graphics card spends seconds on it.
    contextOptions: { reducedMotion: 'reduce' },
    timezoneId: 'Europe/Paris',
    // A trace doubles the time of a test; `--trace on` makes one of a test that fails.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { args: [...browserArguments], ...(executablePath ? { executablePath } : {}) },
  },
});
