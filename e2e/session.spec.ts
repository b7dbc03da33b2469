import { expect, test } from './fixtures.ts';
import { sharedTest } from './shared.ts';

test('asks for the password over the screen when the session ends, and goes on where one was', async ({
  lab,
  signedIn,
}) => {
  const { frame, hosts } = signedIn;
  await frame.goTo('Hosts');
  const host = lab.hosts.find(({ behaviour }) => behaviour === 'ordinary')?.fqdn ?? '';
  await hosts.search.fill(host);
  await hosts.grid.expectCount(1);
  await hosts.grid.row(host).select();
  await hosts.order('scan').click();
  await frame.signer.answer(lab.signer.passphrase);
  await expect(hosts.confirm.title).toHaveText('Scan Windows updates on 1 host?');

  await lab.setFault({ kind: 'signed-out' });
  await hosts.confirm.go('Scan').click();
  await expect(frame.again.dialog).toContainText('After signing in you go on where you were');
  await frame.again.password.fill('wrong');
  await frame.again.dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(frame.again.password).toHaveAccessibleDescription(/The server refuses this user or password/);
  await lab.clearFaults();
  await frame.again.as('admin');

  await expect(hosts.search).toHaveValue(host);
  await expect(frame.heading).toHaveText('Hosts');
  await expect(hosts.orders.region).toBeVisible();
});

test('opens what was read before while the server is down, and connects again', async ({ lab, signedIn, consoles }) => {
  const { data, console } = signedIn;
  const needed = await signedIn.updates.grid.count();
  await console.close();
  await lab.setFault({ kind: 'down' });

  const { page, signIn, frame, updates, hosts } = await consoles.start({ data });
  await signIn.enter('admin', 'whatever');
  await expect(signIn.failure).toContainText('The server refuses the connection');
  await signIn.openOffline.click();
  await updates.grid.expectCount(needed);
  await expect(frame.offline).toBeVisible();
  await expect(frame.banner.getByText(/^Offline · read /)).toBeVisible();

  await test.step('what needs the server says so', async () => {
    await updates.grid.rowAt(0).menu();
    await expect(updates.menuItem(/^Download/)).toContainText('You are not signed in');
    await page.keyboard.press('Escape');
    await frame.goTo('Hosts');
    await hosts.grid.expectCount(lab.hosts.length);
  });

  await test.step('and one connects again without leaving', async () => {
    await lab.clearFaults();
    await frame.offline.getByRole('button', { name: 'Connect again' }).click();
    await frame.again.as('admin');
    await expect(frame.offline).toBeHidden();
    await frame.allRead();
    await expect(frame.heading).toHaveText('Hosts');
  });
});

sharedTest('a server that goes away while one works leaves everything on screen', async ({ lab, signedIn }) => {
  const { updates, frame } = signedIn;
  const needed = await updates.grid.count();
  await lab.setFault({ kind: 'down' });
  await updates.refresh.click();
  await expect(frame.work).toHaveText('The last reading failed');
  await updates.grid.expectCount(needed);
  await frame.work.click();
  const work = signedIn.page.getByRole('dialog', { name: 'What is running' });
  await expect(work).toContainText('The server refuses the connection');
  await lab.clearFaults();
  await work.getByRole('button', { name: 'Read now' }).click();
  await expect(work).not.toContainText('The server refuses the connection');
});

test('a second console on the same data only looks, and says why it cannot write', async ({ signedIn, consoles }) => {
  const second = await consoles.start({ data: signedIn.data });
  await second.signIn.as('admin');
  await second.updates.grid.expectCount(await signedIn.updates.grid.count());
  await second.frame.goTo('WAPTWUA packages');
  await second.packages.create.click();
  await expect(second.frame.message('Another console has this profile open')).toBeVisible();
});
