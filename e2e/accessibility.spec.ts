import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, type OpenConsole, test } from './fixtures.ts';
import { builderPage } from './pages/builder.ts';
import { comparePage } from './pages/compare.ts';
import { cvesPage } from './pages/cves.ts';
import { failuresPage } from './pages/failures.ts';
import { overviewPage } from './pages/overview.ts';
import { ringsPage } from './pages/rings.ts';
import { triagePage } from './pages/triage.ts';

/** The appearances, as the system asks for them; the first is looked at for everything. */
const appearances = [
  { name: 'light', media: { colorScheme: 'light', contrast: 'no-preference' } },
  { name: 'dark', media: { colorScheme: 'dark', contrast: 'no-preference' } },
  { name: 'contrast', media: { colorScheme: 'dark', contrast: 'more' } },
] as const;

/** How many parts of the page still move; what turns for ever does not count. Runs in the page. */
const movingParts = (): number =>
  document
    .getAnimations()
    .filter(({ playState, effect }) => playState === 'running' && effect?.getTiming().iterations !== Infinity).length;

/** What axe finds that is serious or worse, in words one can act upon. */
async function findings(page: Page, isContrastOnly: boolean): Promise<readonly string[]> {
  // What the mouse or the focus brought up fades in and out, and has no fixed colour meanwhile.
  await page.mouse.move(0, 0);
  await expect.poll(() => page.evaluate(movingParts)).toBe(0);
  // There are no frames, so axe needs no page of its own.
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .exclude('[role="tooltip"]')
    .options({ resultTypes: ['violations'] });
  const { violations } = await (isContrastOnly ? axe.withRules('color-contrast') : axe).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(' ')}\n  ${failureSummary ?? ''}`),
    );
}

/** A place of the console, and the way to it from the place before. */
type Place = readonly [name: string, go: (app: OpenConsole, passphrase: string) => Promise<void>];

const first: readonly Place[] = [
  [
    'updates with details',
    async ({ frame, updates, page }) => {
      await frame.goTo('Windows Updates');
      await updates.grid.rowAt(0).select();
      await page.keyboard.press('Enter');
      await expect(updates.details).toBeVisible();
    },
  ],
  [
    'menu of an update',
    async ({ updates }) => {
      await updates.grid.rowAt(1).menu();
    },
  ],
  [
    'overview',
    async ({ frame, page }) => {
      await page.keyboard.press('Escape');
      await frame.goTo('Overview');
      await expect(overviewPage(page).bars('open').first()).toBeVisible();
    },
  ],
  [
    'hosts behind a figure',
    async ({ page }) => {
      await overviewPage(page).bars('open').first().click();
      await expect(overviewPage(page).restriction).toBeVisible();
    },
  ],
  [
    'packages',
    async ({ frame, packages, page }) => {
      await page.keyboard.press('Escape');
      await frame.goTo('WAPTWUA packages');
      await packages.grid.row('lab-wua-servers').select();
      await expect(await packages.grid.row('lab-wua-servers').cell('Signature')).not.toHaveText('Not read yet');
    },
  ],
  [
    'editor',
    async ({ packages }) => {
      await packages.edit.click();
      await packages.editor.pick.grid.expectCount((count) => count > 0);
      await packages.editor.isSaved();
    },
  ],
  [
    'opening a signer',
    async ({ packages, frame }) => {
      await packages.editor.publish.click();
      await expect(frame.signer.certificate(/CN=lab\.signer/)).toBeVisible();
    },
  ],
  [
    'review before publishing',
    async ({ packages, frame }, passphrase) => {
      await frame.signer.answer(passphrase);
      await expect(packages.review.title).toHaveText(/^Publish /);
    },
  ],
  [
    'hosts with the panel of one',
    async ({ packages, frame, hosts, page }) => {
      await packages.review.cancel.click();
      await frame.goTo('Hosts');
      await hosts.grid.rowAt(0).select();
      await page.keyboard.press('Enter');
      await expect(hosts.panel.region).toBeVisible();
    },
  ],
  [
    'confirming an order',
    async ({ hosts }) => {
      await hosts.order('install').click();
      await expect(hosts.confirm.title).toHaveText(/^Scan and install/);
    },
  ],
  [
    'orders',
    async ({ hosts }) => {
      await hosts.confirm.go('Scan and install').click();
      await expect(hosts.orders.region).toBeVisible();
    },
  ],
  [
    'journal',
    async ({ frame, page }) => {
      await frame.goTo('Journal');
      await expect(page.getByRole('grid')).toBeVisible();
    },
  ],
];

const second: readonly Place[] = [
  [
    'failures by code',
    async ({ frame, page }) => {
      await frame.goTo('Failures');
      await failuresPage(page)
        .grid('code')
        .expectCount((count) => count > 0);
      await expect(failuresPage(page).detail).toBeVisible();
    },
  ],
  [
    'CVEs',
    async ({ frame, page }) => {
      await frame.goTo('CVEs');
      await cvesPage(page).list.fill('CVE-2026-20001');
      await cvesPage(page).grid.expectCount(1);
    },
  ],
  [
    'downloads',
    async ({ frame, downloads }) => {
      await frame.goTo('Downloads');
      await downloads.grid.expectCount((count) => count > 0);
      await downloads.grid.row('Failed').select();
      await expect(downloads.why).toBeVisible();
    },
  ],
  [
    'what the server lacks',
    async ({ downloads }) => {
      await downloads.tab(/not on the server/).click();
      await downloads.lacking.expectCount((count) => count > 0);
    },
  ],
  [
    'deleting files that no host fetches',
    async ({ downloads }) => {
      await downloads.tab(/^Clean up/).click();
      await downloads.idle.grid.rowAt(0).toggle();
      await downloads.idle.ask.click();
      await expect(downloads.idle.cancel).toBeFocused();
    },
  ],
  [
    'repositories',
    async ({ downloads }) => {
      await downloads.idle.cancel.click();
      await downloads.tab('Repositories').click();
      await downloads.repositories.expectCount((count) => count > 0);
    },
  ],
  [
    'compared hosts',
    async ({ frame, hosts, page }) => {
      const compare = comparePage(page);
      await frame.goTo('Hosts');
      await hosts.grid.rowAt(0).toggle();
      await hosts.grid.rowAt(1).toggle();
      await compare.open.click();
      await expect(compare.heading).toBeVisible();
    },
  ],
  [
    'triage with the tray',
    async ({ frame, page }) => {
      const triage = triagePage(page);
      await frame.goTo('Triage');
      await triage.grid.rowAt(0).select();
      await page.keyboard.press('a');
      await expect(triage.tray).toContainText('1 allowed');
      await triage.grid.rowAt(0).select();
      await page.keyboard.press('f');
      await triage.grid.rowAt(0).select();
      await expect(triage.tray).toContainText('1 forbidden');
    },
  ],
  [
    'where decisions go',
    async ({ page }) => {
      await triagePage(page).toPackage.click();
      await expect(triagePage(page).toDraft.go).toBeVisible();
    },
  ],
  [
    'editor of a ring set',
    async ({ frame, page }) => {
      const rings = ringsPage(page);
      await page.keyboard.press('Escape');
      await frame.goTo('Rings');
      await rings.make.click();
      await rings.editor.name.fill('All');
      await rings.editor.choosePackage(1, 'lab-wua-desktops');
      await rings.editor.choosePackage(2, 'lab-wua-servers');
      await rings.editor.save.click();
      await expect(rings.editor.dialog).toContainText('Choose a package.');
    },
  ],
  [
    'rings',
    async ({ page }) => {
      const rings = ringsPage(page);
      await rings.editor.remove(3).click();
      await rings.editor.save.click();
      await rings.grid.expectCount((count) => count > 0);
    },
  ],
  [
    'rule builder',
    async ({ frame, packages, page }) => {
      const builder = builderPage(page);
      await frame.goTo('WAPTWUA packages');
      await packages.grid.row('lab-wua-servers').select();
      await packages.edit.click();
      await builder.open.click();
      await builder.choose('Classification', 'Drivers');
      await expect(builder.add).toBeEnabled();
    },
  ],
  [
    'editor with a filter',
    async ({ packages, page }) => {
      await builderPage(page).add.click();
      await expect(builderPage(page).kept).toBeVisible();
      await packages.editor.isSaved();
    },
  ],
  [
    'agent options',
    async ({ frame, page }) => {
      await frame.goTo('Agent options');
      await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
    },
  ],
  [
    'palette',
    async ({ frame, page }) => {
      await page.keyboard.press('Control+k');
      await expect(frame.palette.search).toBeFocused();
    },
  ],
  [
    'server',
    async ({ frame, page }) => {
      await page.keyboard.press('Escape');
      await frame.server.open();
    },
  ],
];

// Fewer rows to look at.
test.use({ viewport: { width: 1366, height: 768 } });

// Every place of the console, one after the other.
test.describe.configure({ timeout: 480_000 });

/** Looks at where one is in every appearance, beginning with the one that is shown already. */
function makeCheck({ page }: OpenConsole): (name: string) => Promise<void> {
  let order = [...appearances];
  return (name) =>
    test.step(name, async () => {
      for (const appearance of order) {
        await page.emulateMedia(appearance.media);
        await expect(page.locator('html')).toHaveAttribute('data-appearance', appearance.name);
        // Names and roles are the same in every appearance; colours are not.
        const found = await findings(page, appearance.name !== 'light');
        expect.soft(found, `${name}, ${appearance.name}`).toEqual([]);
      }
      order = order.toReversed();
    });
}

test('axe finds nothing serious from the sign-in to an order, in any appearance', async ({ app, lab }) => {
  const check = makeCheck(app);
  await app.signIn.password.waitFor();
  await check('sign-in');
  await app.signIn.enter('admin', 'wrong');
  await expect(app.signIn.password).toHaveAttribute('aria-invalid', 'true');
  await check('sign-in with a failure');
  await app.signIn.as('admin');
  await app.frame.allRead();
  await app.updates.ready();
  await app.frame.clearMessages();
  for (const [name, go] of first) {
    await go(app, lab.signer.passphrase);
    await check(name);
  }
});

test('axe finds nothing serious on the other screens, in any appearance', async ({ signedIn, lab }) => {
  const check = makeCheck(signedIn);
  for (const [name, go] of second) {
    await go(signedIn, lab.signer.passphrase);
    await check(name);
  }
});
