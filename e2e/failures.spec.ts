import { expect, test } from './fixtures.ts';
import { failuresPage } from './pages/failures.ts';

test('explains what failed, orders again on exactly those hosts, and warns of what is known to be bad', async ({
  lab,
  signedIn,
}) => {
  const { frame, hosts, page } = signedIn;
  const failures = failuresPage(page);
  await frame.goTo('Failures');
  const byCode = failures.grid('code');
  await byCode.expectCount((count) => count > 1);
  await byCode.row('0x80240022').select();
  await expect(failures.detail).toContainText('WU_E_ALL_UPDATES_FAILED');
  await expect(failures.detail).toContainText('Every update of the batch failed');
  const count = Number(await byCode.row('0x80240022').text('Hosts'));

  await test.step('the count opens its hosts', async () => {
    await (await byCode.row('0x80240022').cell('Hosts')).getByText(String(count)).click();
    await expect(failures.restriction).toContainText('0x80240022');
    await hosts.grid.expectCount(count);
    await page.goBack();
  });

  await test.step('marks an update', async () => {
    await failures.view('update').click();
    await failures.grid('update').rowAt(0).select();
    await failures.mark.open.click();
    await failures.mark.note.fill('Printers vanish');
    await failures.mark.go.click();
    await expect(failures.knownBad).toHaveText('Known bad (1)');
    await expect(failures.detail).toContainText('Printers vanish');
  });

  await test.step('the order goes to these hosts, and the mark warns first', async () => {
    await failures.again('Install again').click();
    await frame.signer.answer(lab.signer.passphrase);
    await expect(hosts.confirm.title).toHaveText(/^Scan and install/);
    await expect(hosts.confirm.dialog).toContainText('known to be bad');
    await expect(hosts.confirm.dialog).toContainText('Printers vanish');
    await hosts.confirm.go('Scan and install').click();
    await expect(hosts.orders.region).toBeVisible();
  });

  await frame.goTo('Windows Updates');
  await expect(page.getByRole('gridcell', { name: 'Known bad' }).first()).toBeVisible();
});
