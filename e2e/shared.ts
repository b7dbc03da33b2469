import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../contract/schemas/app.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import { enter, expect, newFolder, type OpenConsole, profileOf, removeFolder, test, usualLab } from './fixtures.ts';
import { type Guard, makeGuard } from './guard.ts';
import { openApp } from './pages/app.ts';

/** A lab with a console that is signed in, which the tests of one worker use one after the other. */
interface Shared {
  readonly lab: Lab;
  readonly opened: OpenConsole;
  readonly guard: Guard;
  /** Shows the first screen anew, with the settings of the start. */
  readonly reset: () => Promise<void>;
}

/**
 * The test function of tests that leave lab and store as they were: they share one of each, signed in already. The
 * page is loaded anew for each of them, and the settings are those of the start; a failure ends worker and console.
 */
export const sharedTest = test.extend<object, { readonly shared: Shared }>({
  shared: [
    async ({ startConsole }, use) => {
      const folder = newFolder();
      const lab = await startLab(usualLab(folder));
      const guard = makeGuard();
      const data = join(folder, 'console');
      mkdirSync(data, { mode: 0o700 });
      const console = await startConsole({ data, labProfile: profileOf(lab, folder, true) }, guard.watch);
      const { page, ...app } = openApp(console.page);
      const opened = { ...app, page, console, data };
      await enter(opened);
      const first = page.url();
      // As text: Playwright's types do not reach to the bottom of the settings.
      const settings = await page.evaluate(async () => {
        const answer = await window.waptwua.call('settings.get', {});
        return JSON.stringify(answer.ok ? answer.value : null);
      });
      await use({
        lab,
        opened,
        guard,
        reset: async () => {
          await page.mouse.move(0, 0);
          await page.evaluate(async (text) => {
            await window.waptwua.call('settings.set', JSON.parse(text) as Partial<Settings>);
          }, settings);
          await page.goto(first);
          await page.reload();
          await app.frame.allRead();
          await app.updates.ready();
        },
      });
      await console.close();
      await lab.stop();
      removeFolder(folder);
    },
    { scope: 'worker' },
  ],

  lab: ({ shared }, use) => use(shared.lab),

  guard: async ({ shared: { guard } }, use) => {
    guard.forget();
    await use(guard);
    expect(guard.findings()).toEqual([]);
  },

  signedIn: async ({ shared: { opened, reset }, guard: _guard }, use) => {
    await reset();
    await use(opened);
    await opened.console.context.unrouteAll();
    for (const page of opened.console.context.pages()) if (page !== opened.page) await page.close();
  },
});
