import { expect, test } from './fixtures.ts';
import { sharedTest } from './shared.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

sharedTest(
  'filters by severity, product and classification, with counts that agree with the rows',
  async ({ signedIn }) => {
    const { updates } = signedIn;
    const { grid } = updates;
    const needed = await grid.count();
    expect(needed).toBeGreaterThan(20);
    for (const list of ['Severity', 'Product', 'Classification'] as const)
      expect(sum(await updates.countsOf(list)), list).toBe(needed);

    await test.step('one entry shows as many rows as it says', async () => {
      const critical = await updates.countBeside('Severity', 'Critical');
      await updates.entry('Severity', 'Critical').check();
      await grid.expectCount(critical);
      await grid.expectEach('Severity', /^Critical$/);
    });

    await test.step('a second entry of the same list adds its rows', async () => {
      const both = (await grid.count()) + (await updates.countBeside('Severity', 'Important'));
      await updates.entry('Severity', 'Important').check();
      await grid.expectCount(both);
    });

    await test.step('another list restricts, and its counts follow', async () => {
      const security = await updates.countBeside('Classification', 'Security updates');
      await updates.entry('Classification', 'Security updates').check();
      await grid.expectCount(security);
      await grid.expectEach('Classification', /^Security updates$/);
      expect(sum(await updates.countsOf('Product'))).toBe(security);
      const product = await updates.countBeside('Product', 'Office 2016');
      await updates.entry('Product', 'Office 2016').check();
      await grid.expectCount(product);
    });

    await test.step('what restricts is shown, and is taken away again', async () => {
      await updates.clear.click();
      await grid.expectCount(needed);
    });

    await test.step('all that was reported is one click away', async () => {
      await updates.scope('All reported').check();
      await grid.expectCount((count) => count > needed);
    });

    await test.step('what is on the server has a date', async () => {
      await updates.onServer('There').click();
      await grid.expectEach('Downloaded on', /./);
      await updates.onServer('Not there').click();
      await grid.expectEach('Downloaded on', /^$/);
    });
  },
);

sharedTest('finds by title, KB and id', async ({ signedIn }) => {
  const { grid, search, details } = signedIn.updates;
  const all = await grid.count();
  const kb = await grid.row(/^KB\d+$/).text('KBs');
  await search.fill(kb);
  await grid.expectCount((count) => count > 0 && count < all);
  await grid.expectEach('KBs', new RegExp(`^${kb}$`));

  await grid.rowAt(0).root.getByRole('gridcell').nth(1).dblclick();
  await expect(details).toBeVisible();
  await details.getByRole('tab', { name: 'Facts' }).click();
  const id = await details
    .locator('dt', { hasText: /^Update Id$/ })
    .locator('xpath=following-sibling::dd[1]')
    .innerText();
  await search.fill(id.slice(0, 20).toUpperCase());
  await grid.expectCount(1);

  await search.fill('mise a jour cumulative');
  await grid.expectCount((count) => count > 1 && count < all);
  await grid.expectEach('Title', /Mise à jour cumulative/);

  await search.fill('there is no such update');
  await expect(signedIn.page.getByText('No update fits the filters')).toBeVisible();
  await search.press('Escape');
  await grid.expectCount(all);
});

test('has the server download an update, sees it arrive, and deletes its files', async ({ signedIn }) => {
  const { updates, frame, downloads } = signedIn;
  const { grid, confirm } = updates;
  await updates.onServer('Not there').click();
  await updates.entry('Classification', 'Security updates').check();
  await grid.expectEach('Classification', /^Security updates$/);
  await grid.expectEach('Downloaded on', /^$/);
  const kb = await grid.rowAt(0).text('KBs');
  await updates.onServer('Either').click();
  await updates.search.fill(kb);
  const row = grid.row(kb);
  expect(await row.text('Downloaded on')).toBe('');

  await row.menu();
  await updates.menuItem('Download').click();
  await expect(frame.message('1 download asked for')).toBeVisible();
  await frame.clearMessages();
  await expect(frame.message('1 download asked for')).toBeHidden({ timeout: 5_000 });
  await expect(await row.cell('Downloaded on')).toHaveText(/\d{2}\/\d{2}\/\d{4}/);

  await test.step('the task is listed as finished', async () => {
    await updates.tasks.click();
    await expect(frame.heading).toHaveText('Downloads');
    await expect(await downloads.grid.rowAt(0).cell('State')).toHaveText('Finished');
    await frame.goTo('Windows Updates');
  });

  await test.step('the Delete key asks, and Cancel keeps the files', async () => {
    await row.select();
    await signedIn.page.keyboard.press('Delete');
    await expect(confirm.dialog).toContainText('Delete the cached files of');
    await expect(confirm.dialog).toContainText('the server fetches them again within 30 minutes');
    await expect(confirm.cancel).toBeFocused();
    await confirm.cancel.click();
    await expect(await row.cell('Downloaded on')).toHaveText(/\d{2}\/\d{2}\/\d{4}/);
  });

  await test.step('and Delete deletes them', async () => {
    await row.select();
    await signedIn.page.keyboard.press('Delete');
    await confirm.yes('Delete').click();
    await expect(frame.message('Files of 1 update deleted')).toBeVisible();
    await expect(await row.cell('Downloaded on')).toHaveText('');
  });
});

test('fetches the index, by force too, and says when nothing had changed', async ({ signedIn }) => {
  const { index } = signedIn.updates;
  const { message, clearMessages } = signedIn.frame;
  const asked = async (): Promise<void> => {
    await expect(message('The server looks for a newer index')).toBeVisible();
    await clearMessages();
  };
  await expect(index.state).toHaveText(/^Index of \d{2}\/\d{2}\/\d{4} · /);
  const before = await index.state.innerText();

  await index.download('If there is a newer one');
  await asked();
  await expect(message(/The server has a new index, of/)).toBeVisible();
  await expect(index.state).not.toHaveText(before);
  await clearMessages();

  await index.download('If there is a newer one');
  await asked();
  await expect(message(/Unchanged: the server already has the newest index/)).toBeVisible();
  await clearMessages();

  await index.download('Even if it is up to date');
  await asked();
  await expect(message(/The server has a new index, of/)).toBeVisible();
});

test('shows downloads that failed with their cause, and forgets their records', async ({ lab, signedIn }) => {
  const { updates, frame, downloads } = signedIn;
  await lab.setFault({ kind: 'proxy' });
  await updates.onServer('Not there').click();
  await updates.entry('Product', 'Office 2016').check();
  await updates.grid.expectEach('Product', /^Office 2016$/);
  const kb = await updates.grid.row(/^KB\d+$/).text('KBs');
  const file = new RegExp(kb, 'i');
  const download = async (): Promise<void> => {
    await frame.goTo('Windows Updates');
    await updates.grid.row(kb).menu();
    await updates.menuItem(/^Download/).click();
    await frame.goTo('Downloads');
  };
  await download();
  const newest = downloads.grid.row(file);
  await expect(await newest.cell('State')).toHaveText('Failed');
  await newest.menu();
  await downloads.menuItem('Why it failed').click();
  await expect(downloads.why).toContainText('through a proxy');
  await expect(downloads.why).toContainText('Set http_proxy in the configuration of the WAPT server');

  const before = await downloads.grid.count();
  await frame.clearMessages();
  await newest.select();
  await signedIn.page.keyboard.press('Delete');
  await downloads.forget.click();
  await expect(frame.message('1 record deleted')).toBeVisible();
  await downloads.grid.expectCount(before - 1);

  await test.step('and downloads again once the proxy works', async () => {
    await lab.clearFaults();
    await download();
    await expect(await newest.cell('State')).toHaveText('Finished');
  });
});

test.describe('on a lab whose hosts were hardly scanned', () => {
  test.use({ labOptions: { hosts: 6 } });

  test('explains a thin list, and offers to scan', async ({ lab, signedIn }) => {
    const { updates, frame } = signedIn;
    await expect(updates.thin).toContainText('The list is what hosts reported');
    const scan = updates.thin.getByRole('button', { name: /^Scan one host of/ });
    await expect(scan).toBeVisible();
    await scan.click();
    await frame.signer.answer(lab.signer.passphrase);
    await expect(frame.message(/^Scan ordered on \d+ host/)).toBeVisible();
  });
});

sharedTest('opens Microsoft’s page in a window of its own, and copies what one needs', async ({ signedIn, guard }) => {
  const { updates, page } = signedIn;
  guard.allow(/^request to another host: https:\/\/support\.microsoft\.com\//);
  await page.context().route('https://**/*', (route) => route.fulfill({ contentType: 'text/html', body: 'elsewhere' }));
  const row = updates.grid.row(/^KB\d+$/);
  const kb = (await row.text('KBs')).replace('KB', '');
  await row.menu();
  const [opened] = await Promise.all([
    page.context().waitForEvent('page'),
    updates.menuItem('Open Microsoft’s page').click(),
  ]);
  await opened.waitForLoadState();
  expect(opened.url()).toContain(kb);
  expect(await opened.evaluate(() => window.opener)).toBeNull();
});
