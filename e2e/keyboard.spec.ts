import { expect, test } from './fixtures.ts';
import { sharedTest } from './shared.ts';

test('goes from the sign-in to a signed order on hosts by keys alone', async ({ app, lab }) => {
  const { page, signIn, frame, hosts } = app;
  const press = (...keys: readonly string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

  await test.step('signs in', async () => {
    await expect(signIn.password).toBeFocused();
    await page.keyboard.type('admin-password-1');
    await press('Enter');
    await frame.allRead();
  });

  await test.step('finds any action in the palette', async () => {
    await frame.palette.run('go to host');
    await expect(frame.heading).toHaveText('Hosts');
    await press('Alt+1');
    await expect(frame.heading).toHaveText('Overview');
    const screens = await frame.navigation.getByRole('link').allInnerTexts();
    await press(`Alt+${screens.indexOf('Hosts') + 1}`);
    await expect(frame.heading).toHaveText('Hosts');
  });

  await test.step('searches, goes down into the list and selects two hosts', async () => {
    await press('/');
    await expect(hosts.search).toBeFocused();
    await page.keyboard.type('example.lan');
    const first = hosts.grid.rowAt(0);
    for (let tries = 0; tries < 40; tries += 1) {
      if ((await hosts.grid.root.locator(':focus').count()) > 0) break;
      await press('Tab');
    }
    await hosts.grid.expectFocus();
    await press('ArrowDown', 'Space', 'ArrowDown', 'Space');
    await expect(first.root).toHaveAttribute('aria-selected', 'true');
    await expect(hosts.grid.rowAt(1).root).toHaveAttribute('aria-selected', 'true');
  });

  await test.step('opens the menu of the row, and leaves it', async () => {
    await press('Shift+F10');
    await expect(page.getByRole('menuitem', { name: 'Trigger the scan of missing Windows Updates' })).toBeVisible();
    await press('Escape');
    await expect(page.getByRole('menu')).toBeHidden();
    await hosts.grid.expectFocus();
  });

  await test.step('orders the scan, opens the signer, confirms', async () => {
    await frame.palette.run('trigger the scan');
    await expect(frame.signer.dialog).toBeVisible();
    const certificate = frame.signer.certificate(/CN=lab\.signer/);
    for (let tries = 0; tries < 12; tries += 1) {
      if (await certificate.evaluate((element) => element === document.activeElement)) break;
      await press('Tab');
    }
    await press('Space');
    await expect(certificate).toBeChecked();
    for (let tries = 0; tries < 12; tries += 1) {
      if (await frame.signer.passphrase.evaluate((element) => element === document.activeElement)) break;
      await press('Tab');
    }
    await page.keyboard.type(lab.signer.passphrase);
    await press('Enter');
    await expect(hosts.confirm.go('Scan')).toBeFocused();
    await press('Enter');
    await expect(hosts.orders.region).toBeVisible();
  });
});

sharedTest('explains its keys, and gives the focus back', async ({ signedIn }) => {
  const { page, updates, frame } = signedIn;
  await updates.grid.rowAt(0).select();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  await expect(help).toContainText('Find and run anything');
  await expect(help).toContainText('Menu of the row');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await updates.grid.expectFocus();

  await test.step('Enter opens the details, and Tab skips the frame', async () => {
    await page.keyboard.press('Enter');
    await expect(updates.details).toBeVisible();
    await page.reload();
    await updates.ready();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await expect(updates.search).toBeFocused();
    await expect(frame.heading).toHaveText('Windows Updates');
  });
});
