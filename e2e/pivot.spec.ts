import { expect, test } from './fixtures.ts';
import { comparePage } from './pages/compare.ts';
import { sharedTest } from './shared.ts';

sharedTest('opens what is behind a number, by mouse and by keyboard, both ways', async ({ signedIn }) => {
  const { page, updates, hosts, frame } = signedIn;
  const only = page.getByRole('main').getByRole('group', { name: 'What the list is restricted to' });

  await test.step('filtered by failed on at least one host', async () => {
    await updates.filters.getByRole('button', { name: 'Hosts in a state' }).click();
    const dialog = page.getByRole('dialog', { name: 'Hosts in a state' });
    await dialog.getByRole('checkbox', { name: 'Failed' }).check();
    await expect(dialog.getByRole('spinbutton', { name: 'Failed: at least' })).toHaveValue('1');
    await page.keyboard.press('Escape');
    await updates.grid.expectEach('Failed', /^\d+$/);
  });

  await test.step('from an update to its hosts by mouse', async () => {
    const failed = await updates.grid.rowAt(0).cell('Failed');
    const count = Number(await failed.innerText());
    await failed.getByRole('button').click();
    await expect(frame.heading).toHaveText('Hosts');
    await expect(only).toContainText('Hosts where it failed');
    await hosts.grid.expectCount(count);
    await hosts.grid.expectEach('Failed', /^[1-9]\d*$/);
  });

  await test.step('and from a host to its updates by keyboard', async () => {
    const needed = await hosts.grid.rowAt(0).cell('Needed');
    const count = Number(await needed.innerText());
    // Beside the number, so that the cell has the focus.
    await needed.click({ position: { x: 6, y: 12 } });
    await page.keyboard.press('Enter');
    await expect(frame.heading).toHaveText('Windows Updates');
    await expect(only).toContainText('Updates it needs');
    await updates.grid.expectCount(count);
    await only.getByRole('button').first().click();
    await updates.grid.expectCount((shown) => shown > 0);
  });
});

sharedTest('compares hosts update by update', async ({ lab, signedIn }) => {
  const { page, hosts, frame } = signedIn;
  const compare = comparePage(page);
  await frame.goTo('Hosts');
  await hosts.grid.expectCount(lab.hosts.length);
  await hosts.grid.rowAt(0).toggle();
  await expect(compare.open).toHaveAttribute('aria-disabled', 'true');
  await hosts.grid.rowAt(1).toggle();
  await hosts.grid.rowAt(2).toggle();
  await compare.open.click();
  await expect(compare.heading).toHaveText('3 hosts compared');
  await expect(compare.summary.getByRole('row')).toHaveCount(4);
  const countOf = async (name: string): Promise<number> =>
    Number(/\d[\d,]*$/.exec(await compare.show(name).innerText())?.[0]?.replaceAll(',', ''));
  for (const name of ['All', 'Differences', 'Differences, reported by all']) {
    await compare.show(name).click();
    const count = await countOf(name);
    if (count > 0) await compare.grid.expectCount(count);
  }
  await compare.summary
    .getByRole('button', { name: /^Leave / })
    .first()
    .click();
  await expect(compare.heading).toHaveText('2 hosts compared');
  await compare.back.click();
  await hosts.grid.expectCount(lab.hosts.length);
});

test('cleans up files that nobody needs after one confirmation, and shows a repository without updates', async ({
  lab,
  signedIn,
}) => {
  const { downloads, frame, page } = signedIn;
  await frame.goTo('Downloads');

  await test.step('files of superseded updates', async () => {
    await downloads.tab(/^Clean up/).click();
    await downloads.idle.why('Superseded').click();
    await downloads.idle.grid.expectEach('Fetched again?', /^(No|Shares a file)$/);
    const before = await downloads.idle.grid.count();
    await downloads.idle.grid.row('No').toggle();
    await downloads.idle.ask.click();
    await expect(downloads.idle.dialog).toContainText('as weighed on the server');
    await expect(downloads.idle.dialog).toContainText('nothing, a newer one replaces it');
    await expect(downloads.idle.cancel).toBeFocused();
    await downloads.idle.go.click();
    await expect(frame.message(/^Files of 1 update deleted, .+ freed$/)).toBeVisible();
    await downloads.idle.grid.expectCount(before - 1);
    await frame.goTo('Journal');
    await expect(page.getByRole('grid').getByText('Files deleted on the server').first()).toBeVisible();
    await frame.goTo('Downloads');
  });

  await test.step('and the repositories', async () => {
    await downloads.tab('Repositories').click();
    await downloads.repositories.expectCount(new Set(lab.hosts.map((host) => host.repository.url)).size);
    await expect(
      await downloads.repositories.row('https://srvwapt.example.lan/wapt').cell('Windows updates there?'),
    ).toHaveText('Yes');
  });
});
