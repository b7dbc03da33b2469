import { expect, test } from './fixtures.ts';
import { sharedTest } from './shared.ts';

test('orders a scan on a selection, follows it host by host, and retries what failed', async ({ lab, signedIn }) => {
  const { hosts, frame } = signedIn;
  await frame.goTo('Hosts');
  await hosts.grid.expectCount(lab.hosts.length);
  const off = lab.hosts.filter(({ behaviour }) => behaviour === 'offline');
  const on = lab.hosts.filter(({ behaviour }) => behaviour === 'ordinary').slice(0, 3);
  const chosen = [...off.slice(0, 1), ...on];

  await expect(hosts.order('scan')).toHaveAttribute('aria-disabled', 'true');
  for (const host of chosen) await hosts.grid.row(host.fqdn).toggle();
  await hosts.order('scan').click();
  await expect(frame.signer.dialog).toContainText('Each host only obeys a signed order');
  await frame.signer.answer(lab.signer.passphrase);

  await test.step('says how many hosts, how many are out of reach, and what follows', async () => {
    await expect(hosts.confirm.title).toHaveText('Scan Windows updates on 4 hosts?');
    await expect(hosts.confirm.dialog).toContainText('Nothing is downloaded or installed');
    await expect(hosts.confirm.dialog).toContainText('3 hosts are reachable and get the order now');
    await expect(hosts.confirm.dialog).toContainText('1 host is not reachable');
    await expect(hosts.confirm.dialog).toContainText('wapt-get waptwua-scan');
    await hosts.confirm.go('Scan').click();
  });

  await test.step('says how it ended on each', async () => {
    await hosts.orders.ended();
    const run = hosts.orders.grid('scan');
    await expect(await run.row(chosen[0]?.fqdn ?? '').cell('State')).toHaveText('Not reachable');
    for (const host of on) await expect(await run.row(host.fqdn).cell('State')).toHaveText('Done');
    await expect(hosts.orders.region).toContainText('1 host could not be reached');
    await expect(hosts.orders.region).toContainText('wapt-get waptwua-scan');
  });

  await test.step('and retries it where it did not arrive', async () => {
    lab.connect(chosen[0]?.uuid ?? '', true);
    await hosts.refresh.click();
    await expect(await hosts.grid.row(chosen[0]?.fqdn ?? '').cell('Reachable')).toHaveText('Reachable');
    await hosts.orders.retry.click();
    await hosts.orders.ended();
    await expect(
      await hosts.orders
        .grid('scan')
        .row(chosen[0]?.fqdn ?? '')
        .cell('State'),
    ).toHaveText('Done');
    await hosts.orders.grid('scan').expectCount(1);
  });
});

test('downloads to hosts and installs on them, and what they report changes', async ({ lab, signedIn }) => {
  const { hosts, frame } = signedIn;
  await frame.goTo('Hosts');
  await hosts.quick('Pending').click();
  await hosts.grid.expectEach('Pending', /[1-9]/);
  const ordinary = new Set(lab.hosts.filter(({ behaviour }) => behaviour === 'ordinary').map(({ fqdn }) => fqdn));
  const name = (await hosts.grid.column('Host')).find((fqdn) => ordinary.has(fqdn)) ?? '';
  const row = hosts.grid.row(name);
  const pending = Number(await row.text('Pending'));
  expect(pending).toBeGreaterThan(0);
  await row.select();

  for (const order of ['download', 'install'] as const) {
    await hosts.order(order).click();
    if (order === 'download') await frame.signer.answer(lab.signer.passphrase);
    else await expect(hosts.confirm.dialog).toContainText('Installing can interrupt people who work on the host');
    await hosts.confirm.go(order === 'install' ? 'Scan and install' : 'Scan and download').click();
    await hosts.orders.ended();
    await expect(await hosts.orders.grid(order).row(name).cell('State')).toHaveText('Done');
  }
  await hosts.quick('Pending').click();
  await expect.poll(async () => Number(await row.text('Pending'))).toBeLessThan(pending);
});

test('shows one host: its updates, what happens next, its tasks, its service, its repository', async ({
  lab,
  signedIn,
}) => {
  const { hosts, frame, page } = signedIn;
  await frame.goTo('Hosts');
  await hosts.quick('Missing').click();
  await hosts.grid.expectEach('Missing', /[1-9]/);
  const name = await hosts.grid.rowAt(0).text('Host');
  await hosts.grid.row(name).select();
  await page.keyboard.press('Enter');
  await expect(hosts.panel.region).toHaveAccessibleName(`Details of ${name}`);

  await test.step('an update whose file the server lacks says what happens next', async () => {
    const updates = hosts.panel.updates(name);
    await updates.row('Missing').select();
    await expect(hosts.panel.region).toContainText('the server does not have its file');
    await expect(hosts.panel.region).toContainText('every 30 minutes');
  });

  await test.step('a scan from here appears among its tasks', async () => {
    await hosts.panel.region.getByRole('button', { name: 'Trigger the scan of missing Windows Updates' }).click();
    await frame.signer.answer(lab.signer.passphrase);
    await hosts.confirm.go('Scan').click();
    await hosts.orders.ended();
    await hosts.panel.tab('Tasks').click();
    await expect(hosts.panel.tabPanel).toContainText(/scan/i);
  });

  await test.step('and the rest is told as the host tells it', async () => {
    await hosts.panel.tab('Windows Update service').click();
    await expect(hosts.panel.tabPanel).toContainText('wsusscn2cab_date');
    await hosts.panel.tab('Repository').click();
    await expect(hosts.panel.tabPanel).toContainText('Repositories the host uses');
    await hosts.panel.tab('Packages').click();
    await expect(hosts.panel.tabPanel).toContainText('lab-wua-');
    await hosts.panel.close.click();
    await expect(hosts.panel.region).toBeHidden();
  });
});

sharedTest('finds hosts by name, and by what is wrong with them', async ({ lab, signedIn }) => {
  const { hosts, frame, page } = signedIn;
  await frame.goTo('Hosts');
  await hosts.search.fill(lab.hosts[0]?.fqdn ?? '');
  await hosts.grid.expectCount(1);
  await hosts.search.fill('');
  const off = lab.hosts.filter(({ behaviour }) => behaviour === 'offline' || behaviour === 'gone').length;
  await hosts.quick('Not reachable').click();
  await hosts.grid.expectCount(off);
  await hosts.quick('Not reachable').click();
  await hosts.quick('Failed').click();
  await hosts.grid.expectEach('Failed', /[1-9]/);
  await hosts.search.fill('no host has such a name');
  await expect(page.getByText('No host fits these filters')).toBeVisible();
});
