import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { passwordOf } from './pages/sign-in.ts';
import { sharedTest } from './shared.ts';

test('a page instead of a WAPT server', async ({ lab, app: { signIn } }) => {
  await lab.setFault({ kind: 'html' });
  await signIn.enter('admin', passwordOf('admin'));
  await expect(signIn.failure).toContainText('This is not a WAPT server');
  await expect(signIn.failure).toContainText('Is a sign-in page of the network in between?');
  await lab.clearFaults();
  await signIn.submit.click();
  await expect(signIn.form).toBeHidden();
});

test('a web server that asks for a client certificate, and one that is broken', async ({ lab, app: { signIn } }) => {
  await lab.setFault({ kind: 'client-certificate' });
  await signIn.enter('admin', passwordOf('admin'));
  await expect(signIn.form).toContainText('The server asks for a client certificate');
  await lab.clearFaults();
  await lab.setFault({ kind: 'bad-gateway' });
  await signIn.submit.click();
  await expect(signIn.failure).toContainText('The server has a fault');
});

sharedTest('a page instead of an answer in the middle of work', async ({ lab, signedIn }) => {
  const { updates, frame, page } = signedIn;
  const needed = await updates.grid.count();
  await lab.setFault({ kind: 'html', path: '/api/' });
  await updates.refresh.click();
  await expect(frame.work).toHaveText('The last reading failed');
  await frame.work.click();
  await expect(page.getByRole('dialog', { name: 'What is running' })).toContainText(
    /The answer of the server cannot be read|This is not a WAPT server/,
  );
  await page.keyboard.press('Escape');
  await updates.grid.expectCount(needed);
  await lab.clearFaults();
  await updates.refresh.click();
  await expect(frame.work).toHaveText('Nothing is running');
});

test('10,000 updates without anything in them, with markup and text from right to left', async ({ lab, signedIn }) => {
  const { updates, frame, page } = signedIn;
  await lab.setFault({ kind: 'null-updates' });
  await updates.refresh.click();
  await updates.scope('All reported').check();
  await updates.grid.expectCount((count) => count >= 10_000);
  await updates.search.fill('<img src=x onerror="alert(1)"><b>bold');
  await updates.grid.expectCount(1);
  await expect(await updates.grid.rowAt(0).cell('Title')).toHaveText(
    '<img src=x onerror="alert(1)"><b>bold</b> & "quotes"',
  );
  await updates.search.fill('اليسار');
  await updates.grid.expectCount(1);
  await expect(await updates.grid.rowAt(0).cell('Title')).toContainText('عنوان من اليمين');
  await updates.search.fill('');
  await updates.scope('Needed by some host').check();
  await updates.grid.expectCount((count) => count > 20);
  await expect(frame.work).toHaveText('Nothing is running');
  expect(await page.locator('img').count()).toBe(0);
});

sharedTest('an answer over the limit, one that is cut off and one that is half', async ({ lab, signedIn }) => {
  const { updates, frame, page } = signedIn;
  const needed = await updates.grid.count();
  const work = page.getByRole('dialog', { name: 'What is running' });
  for (const [kind, words] of [
    ['over-limit', /The answer is too large/],
    ['cut', /The connection broke in the middle/],
    ['malformed', /The answer of the server cannot be read/],
  ] as const) {
    await test.step(kind, async () => {
      await lab.setFault({ kind, path: '/api/v3/hosts' });
      await updates.refresh.click();
      await expect(frame.work).toHaveText('The last reading failed');
      await frame.work.click();
      await expect(work).toContainText(words);
      await page.keyboard.press('Escape');
      await updates.grid.expectCount(needed);
      await lab.clearFaults();
      await updates.refresh.click();
      await expect(frame.work).toHaveText('Nothing is running');
    });
  }
});

test('an upload that is cut half-way loses nothing', async ({ lab, signedIn }) => {
  const { packages, frame, updates } = signedIn;
  await updates.grid.rowAt(0).menu();
  await updates.menuItem('Allow in…').click();
  await packages.intent.package(/lab-wua-servers/).click();
  await packages.intent.go.click();
  await packages.editor.isSaved();
  await packages.editor.publish.click();
  await frame.signer.answer(lab.signer.passphrase);
  await lab.setFault({ kind: 'upload-cut' });
  await packages.review.sign.click();
  await expect(packages.review.failure.filter({ hasText: /The connection broke|cannot be reached/ })).toBeVisible();
  await expect(packages.review.dialog).toContainText('the draft is kept');
  await lab.clearFaults();
  await packages.review.sign.click();
  await expect(frame.message(/lab-wua-servers \S+ is published/)).toBeVisible();
});

test('a package that is corrupted in the repository is refused, and says why', async ({ lab, app }) => {
  const { packages, frame, signIn, page } = app;
  await lab.setFault({ kind: 'corrupted-package' });
  await signIn.as('admin');
  await frame.allRead();
  await frame.goTo('WAPTWUA packages');
  const row = packages.grid.row('lab-wua-servers');
  await expect(await row.cell('Signature')).toHaveText('Refused');
  await row.select();
  await packages.edit.click();
  await expect(page.getByRole('main')).toContainText(/is not the one of the index|was changed after signing|damaged/);
  await expect(packages.editor.publish).toBeHidden();
});

test('keys that do not fit say so at their field', async ({ lab, consoles, folder }) => {
  const keys = join(folder, 'keys');
  mkdirSync(keys);
  copyFileSync(lab.signer.certificateFile, join(keys, 'alone.crt'));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(join(keys, 'another.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const { frame, signIn, page } = await consoles.start({ keys: [keys] });
  await signIn.as('admin');
  await frame.allRead();
  await frame.signer.state.click();
  await page.getByRole('dialog', { name: 'Signer' }).getByRole('button', { name: 'Open a signer' }).click();
  await frame.signer.certificate(/alone\.crt/).check();
  await frame.signer.certificate(/another\.pem/).check();
  await frame.signer.open.click();
  await expect(frame.signer.dialog).toContainText('The key does not belong to the certificate');
  await frame.signer.certificate(/lab-signer\.crt/).check();
  await frame.signer.passphrase.fill(lab.signer.passphrase);
  await frame.signer.open.click();
  await expect(frame.signer.dialog).toBeHidden();
});

sharedTest('a host that is not known any more', async ({ signedIn }) => {
  const { page, hosts } = signedIn;
  await page.evaluate(() => {
    location.hash = '#/hosts/no-such-host';
  });
  await expect(page.getByText('This host is not known any more')).toBeVisible();
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await hosts.grid.expectCount((count) => count > 0);
});

test.describe('a server whose clock is off', () => {
  test.use({ labOptions: { clockOffset: 8 * 3_600_000 } });

  test('is told before one signs, and nothing is sent', async ({ lab, signedIn }) => {
    const { frame, hosts } = signedIn;
    await frame.server.open();
    await expect(frame.server.fact('Clock')).toContainText('8 hrs ahead of this machine');
    await expect(frame.server.dialog).toContainText('Set the clocks right before you sign');
    await signedIn.page.keyboard.press('Escape');
    await frame.goTo('Hosts');
    await hosts.grid.rowAt(0).select();
    await hosts.order('scan').click();
    await frame.signer.answer(lab.signer.passphrase);
    await expect(hosts.confirm.dialog).toContainText('Hosts ignore orders that are more than 6 hours off');
    await hosts.confirm.go('Scan').click();
    await expect(hosts.confirm.dialog).toContainText('The clocks are too far apart');
    expect(lab.refusals()).toEqual([]);
  });
});

test.describe('a host that silently drops what it is told', () => {
  test.use({ labOptions: { pace: 40 } });

  test('ends in the likely causes', async ({ lab, signedIn }) => {
    const { frame, hosts } = signedIn;
    const silent = lab.hosts.find(({ behaviour }) => behaviour === 'other-signer');
    await frame.goTo('Hosts');
    await hosts.grid.row(silent?.fqdn ?? '').select();
    await hosts.order('scan').click();
    await frame.signer.answer(lab.signer.passphrase);
    await expect(hosts.confirm.dialog).toContainText(/1 host does not list your signer/);
    await hosts.confirm.go('Scan').click();
    await hosts.orders.ended();
    await expect(await hosts.orders.grid('scan').rowAt(0).cell('State')).toHaveText('No task appeared');
    await expect(hosts.orders.region).toContainText('The host does not trust your signer');
    expect(lab.refusals().length).toBeGreaterThan(0);
  });
});
