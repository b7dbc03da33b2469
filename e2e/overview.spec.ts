import { expect, test } from './fixtures.ts';
import { overviewPage } from './pages/overview.ts';
import { sharedTest } from './shared.ts';

sharedTest('opens from a figure, and from a part of a bar, exactly the hosts that it counts', async ({ signedIn }) => {
  const { frame, hosts, updates, page } = signedIn;
  const overview = overviewPage(page);
  await frame.goTo('Overview');

  await test.step('a figure, by mouse', async () => {
    const failed = overview.section('The whole fleet').getByRole('link', { name: /^Hosts with failed updates: / });
    const count = await overview.valueOf(failed);
    expect(count).toBeGreaterThan(0);
    await failed.click();
    await expect(frame.heading).toHaveText('Hosts');
    await hosts.grid.expectCount(count);
    await expect(overview.restriction).toContainText('Hosts with failed updates');
    for (const text of await hosts.grid.column('Failed')) expect(Number(text)).toBeGreaterThan(0);
    await overview.showAll.click();
    await expect(overview.restriction).toBeHidden();
    await hosts.grid.expectCount(20);
  });

  await test.step('a part of a bar, by mouse', async () => {
    await frame.goTo('Overview');
    await overview.dimension('Operating system').click();
    const row = page.getByRole('table', { name: 'Compliance by Operating system' }).getByRole('row').nth(1);
    const counted = await overview.valueOf(row.getByRole('link', { name: /^Counted hosts/ }));
    const compliant = await overview.valueOf(row.getByRole('link', { name: /^Compliant with what is allowed/ }));
    await overview.bars('open').first().click();
    await expect(frame.heading).toHaveText('Hosts');
    await hosts.grid.expectCount(counted - compliant);
    await expect(overview.restriction).toContainText('Operating system: ');
  });

  await test.step('a part of a bar, by keys', async () => {
    await frame.goTo('Overview');
    await overview.dimension('Severity').click();
    await expect(page.getByRole('table', { name: 'Compliance by Severity' })).toBeVisible();
    await page.getByRole('button', { name: 'Operating system', exact: true }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(frame.heading).toHaveText('Hosts');
    await expect(overview.restriction).toContainText('Severity: ');
  });

  await test.step('updates behind the cache of the server, by Enter', async () => {
    await frame.goTo('Overview');
    const absent = overview.figure('Needed, allowed and not on the server');
    const count = await overview.valueOf(absent);
    await absent.focus();
    await page.keyboard.press('Enter');
    await expect(frame.heading).toHaveText('Windows Updates');
    await updates.grid.expectCount(count);
    await overview.showAll.click();
    await updates.grid.expectCount((all) => all > count);
  });

  await test.step('says when an address names no set', async () => {
    await page.evaluate(() => {
      location.hash = '#/hosts?where=%7B%22kind%22%3A%22nonsense%22%7D';
    });
    await expect(page.getByText('The address names a set that this console does not know.')).toBeVisible();
    await hosts.grid.expectCount(20);
  });
});
