import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { startLab } from '../lab/lab.ts';
import { expect, test } from './fixtures.ts';
import { keepFurtherLabs } from './further-labs.ts';
import { desksPage } from './pages/desks.ts';

test('keeps two servers side by side, and each screen as one left it', async ({ consoles, folder, lab }) => {
  const south = await startLab({ dataDir: join(folder, 'south'), hosts: 9, seed: 23, pace: 10, schedules: false });
  const data = join(folder, 'console');
  await keepFurtherLabs(data, [south]);
  const { page, signIn, frame, updates, hosts } = await consoles.start({ data, keys: [lab.signer.directory] });
  const desks = desksPage(page);
  const host = lab.hosts.find(({ behaviour }) => behaviour === 'ordinary')?.fqdn ?? '';

  await test.step('with one server nothing stands above it', async () => {
    await page
      .getByRole('listitem')
      .filter({ hasText: /^Lab(?! 2)/ })
      .getByRole('button')
      .first()
      .click();
    await signIn.as('admin');
    await frame.allRead();
    await expect(desks.line).toBeHidden();
    await frame.goTo('Hosts');
    await hosts.grid.expectCount(lab.hosts.length);
    await hosts.search.fill(host);
    await hosts.grid.expectCount(1);
    await hosts.grid.row(host).select();
  });

  await test.step('another one is opened beside it, at a sign-in screen of its own', async () => {
    await frame.palette.run('Open another server');
    await expect(desks.tab('Lab')).toBeVisible();
    await expect(signIn.form).toBeVisible();
    await page.setViewportSize({ width: 1280, height: 800 });
    await page
      .getByRole('main')
      .getByRole('button', { name: /^Lab 2/ })
      .click();
    await signIn.as('admin');
    await frame.goTo('Hosts');
    await hosts.grid.expectCount(south.hosts.length);
    await expect(hosts.search).toHaveValue('');
  });

  await test.step('what happens to the hidden one disturbs nothing', async () => {
    await hosts.grid.rowAt(1).select();
    await page.keyboard.press('Control+1');
    await lab.setFault({ kind: 'signed-out' });
    await frame.palette.run('Read now');
    await page.keyboard.press('Alt+PageDown');
    await expect(desks.tab('Lab')).toHaveAccessibleName(/^Lab, asks to sign in again/);
    await expect(frame.again.dialog).toBeHidden();
    await expect(hosts.grid.rowAt(1).root).toHaveAttribute('aria-selected', 'true');
    await frame.palette.run('Read now');
    await expect(desks.tab('Lab 2')).toHaveAccessibleName('Lab 2, signed in');
  });

  await test.step('and it is as it was when one comes back', async () => {
    await lab.clearFaults();
    await page.keyboard.press('Control+1');
    await frame.again.as('admin');
    await expect(hosts.search).toHaveValue(host);
    await expect(hosts.grid.row(host).root).toHaveAttribute('aria-selected', 'true');
  });

  await frame.choose('Dark');
  await test.step('going back leads to the server where one was', async () => {
    await desks.tab('Lab 2').click();
    await frame.goTo('Downloads');
    await desks.tab('Lab').click();
    await expect(frame.heading).toHaveText('Hosts');
    const axe = new AxeBuilder({ page }).setLegacyMode().include('nav[aria-label="Open servers"]');
    expect((await axe.analyze()).violations.map(({ help, nodes }) => [help, nodes.map(({ html }) => html)])).toEqual(
      [],
    );
    await page.goBack();
    await expect(frame.heading).toHaveText('Downloads');
    await expect(desks.tab('Lab 2')).toHaveAttribute('aria-current', 'true');
  });

  await test.step('one profile is open once: opening it again switches there', async () => {
    await frame.clearMessages();
    await desks.open.click();
    await page
      .getByRole('main')
      .getByRole('button', { name: /^Lab 2/ })
      .click();
    await expect(frame.message('Lab 2 was open already.')).toBeVisible();
    await expect(frame.heading).toHaveText('Downloads');
    await expect(desks.line.getByRole('listitem')).toHaveCount(2);
  });

  await test.step('after a reload both are there, and closing one leaves the other', async () => {
    await page.reload();
    await expect(frame.heading).toHaveText('Downloads');
    await expect(desks.tab('Lab')).toBeVisible();
    await desks.close('Lab 2').click();
    await expect(desks.line).toBeHidden();
    await frame.goTo('Windows Updates');
    await updates.ready();
  });
  await south.stop();
});
