import { expect, test } from './fixtures.ts';
import { campaignsPage } from './pages/campaigns.ts';

test('makes a campaign of chosen hosts, starts it, follows its five facts to the end', async ({ lab, signedIn }) => {
  const { frame, hosts, page } = signedIn;
  const campaigns = campaignsPage(page);
  const ordinary = new Set(lab.hosts.flatMap((host) => (host.behaviour === 'ordinary' ? [host.fqdn] : [])));

  await frame.goTo('Hosts');
  await hosts.grid.expectCount((count) => count > 3);
  const chosen = (await hosts.grid.column('Host')).filter((name) => ordinary.has(name)).slice(0, 3);
  for (const name of chosen) await hosts.grid.row(name).toggle();
  await page.getByRole('main').getByRole('button', { name: 'Campaign', exact: true }).click();

  await test.step('the editor says what is wrong at its field, and what it comes to', async () => {
    await expect(campaigns.editor.dialog).toContainText('3 hosts chosen.');
    await campaigns.editor.next.click();
    await campaigns.editor.choice('Scan Hosts look').check();
    await campaigns.editor.next.click();
    await campaigns.editor.next.click();
    await campaigns.editor.field(/^Hosts at work at once/).fill('0');
    await campaigns.editor.field('Sizes of the first waves').fill('1');
    await campaigns.editor.next.click();
    await campaigns.editor.start.click();
    await expect(campaigns.editor.dialog).toContainText('Give it a name.');
    await campaigns.editor.name.fill('Three hosts');
    for (const _ of [1, 2, 3]) await campaigns.editor.next.click();
    await expect(campaigns.editor.dialog).toContainText('A number from 1 to 1,000.');
    await campaigns.editor.field(/^Hosts at work at once/).fill('2');
    await campaigns.editor.next.click();
    await expect(campaigns.editor.dialog).toContainText('1 → 2');
    await campaigns.editor.start.click();
  });

  await test.step('the signer is kept for it', async () => {
    await campaigns.go.keep.check();
    await campaigns.go.reason.fill('A small one');
    await campaigns.go.start.click();
    await frame.signer.answer(lab.signer.passphrase);
    await expect(frame.message('Three hosts is started')).toBeVisible();
    await expect(page.getByRole('main')).toContainText('Signer lent until');
  });

  for (const fact of ['Asked', 'Sent', 'Launched', 'Task appeared', 'Task ended']) await campaigns.expectFact(fact, 3);
  await expect(campaigns.standing('Done')).toBeVisible();

  await campaigns.fact('Task ended').click();
  await campaigns.showInHosts.click();
  await hosts.grid.expectCount((count) => count === 3);

  await frame.goTo('Journal');
  await expect(page.getByRole('row').filter({ hasText: 'A small one' }).first()).toContainText('Campaign started');
});
