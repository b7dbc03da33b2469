import { expect, test } from './fixtures.ts';

test.describe('a server without routes for Windows Update', () => {
  test.use({ labOptions: { dialect: 'derived' } });

  test('has its list made from what hosts report, and says why it cannot download', async ({ lab, signedIn }) => {
    const { updates, frame, hosts, packages, page } = signedIn;
    await test.step('the list, with its filters', async () => {
      await updates.grid.expectCount((count) => count > 20);
      const critical = await updates.countBeside('Severity', 'Critical');
      await updates.entry('Severity', 'Critical').check();
      await updates.grid.expectCount(critical);
    });
    await test.step('Download says that the server does not have it', async () => {
      await updates.grid.rowAt(0).menu();
      const download = updates.menuItem(/^Download/);
      await expect(download).toHaveAttribute('aria-disabled', 'true');
      await expect(download).toContainText('This server does not have this function');
      await page.keyboard.press('Escape');
      await expect(updates.index.button).toHaveAttribute('aria-disabled', 'true');
      await updates.index.button.hover();
      await expect(page.getByRole('tooltip')).toContainText('This server does not have this function');
    });
    await test.step('and so do the tasks', async () => {
      await frame.goTo('Downloads');
      await expect(page.getByText('Downloads are not visible here')).toBeVisible();
      await expect(page.getByText('This server does not have this function')).toBeVisible();
    });
    await test.step('the server says of itself what it lacks', async () => {
      await frame.server.open();
      await expect(frame.server.fact('Dialect')).toContainText('made from what hosts report');
      await expect(frame.server.fact('Not on this server')).toContainText('Download updates');
      await page.keyboard.press('Escape');
    });
    await test.step('orders to hosts work', async () => {
      await frame.goTo('Hosts');
      const host = lab.hosts.find(({ behaviour }) => behaviour === 'ordinary');
      await hosts.grid.row(host?.fqdn ?? '').select();
      await hosts.order('scan').click();
      await frame.signer.answer(lab.signer.passphrase);
      await hosts.confirm.go('Scan').click();
      await hosts.orders.ended();
      await expect(await hosts.orders.grid('scan').rowAt(0).cell('State')).toHaveText('Done');
    });
    await test.step('and so do rules', async () => {
      await frame.goTo('Windows Updates');
      await updates.grid.rowAt(0).menu();
      await updates.menuItem('Allow in…').click();
      await packages.intent.package(/A new package/).click();
      await packages.intent.name.fill('lab-wua-derived');
      await packages.intent.go.click();
      await packages.editor.isSaved();
      await packages.editor.publish.click();
      await packages.review.sign.click();
      await expect(frame.message(/lab-wua-derived \S+ is published/)).toBeVisible();
    });
  });
});

test.describe('a Community edition', () => {
  test.use({ labOptions: { community: true, hosts: 8, pace: 40 } });

  test('explains that no task appeared on the hosts', async ({ lab, signedIn }) => {
    const { frame, hosts } = signedIn;
    await frame.goTo('Hosts');
    const host = lab.hosts.find(({ behaviour }) => behaviour === 'ordinary');
    await hosts.grid.row(host?.fqdn ?? '').select();
    await hosts.order('scan').click();
    await frame.signer.answer(lab.signer.passphrase);
    await hosts.confirm.go('Scan').click();
    await hosts.orders.ended();
    await expect(await hosts.orders.grid('scan').rowAt(0).cell('State')).toHaveText('No task appeared');
    await expect(hosts.orders.region).toContainText('which belong to the Enterprise edition');
    await expect(hosts.orders.region).toContainText('The host does not trust your signer');
    await expect(hosts.orders.region).toContainText('wapt-get waptwua-scan');
  });
});

test.describe('a server of the 1.8 line', () => {
  test.use({ labOptions: { dialect: 'v2' } });

  test('lists updates and fetches the index by its older routes', async ({ signedIn }) => {
    const { updates, frame, downloads } = signedIn;
    await frame.server.open();
    await expect(frame.server.fact('Dialect')).toHaveText('Version 2');
    await signedIn.page.keyboard.press('Escape');
    await updates.grid.expectCount((count) => count > 20);
    await updates.grid.rowAt(0).menu();
    await expect(updates.menuItem(/^Download/)).toContainText('This server does not have this function');
    await signedIn.page.keyboard.press('Escape');
    await updates.index.download('Even if it is up to date');
    await expect(frame.message('The server looks for a newer index')).toBeVisible();
    await frame.clearMessages();
    await expect(frame.message(/The server has a new index, of/)).toBeVisible();
    await frame.goTo('Downloads');
    await expect(await downloads.grid.rowAt(0).cell('State')).toHaveText('Finished');
  });
});
