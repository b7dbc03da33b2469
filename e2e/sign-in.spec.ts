import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import type { Lab } from '../lab/lab.ts';
import { expect, test } from './fixtures.ts';
import { passwordOf } from './pages/sign-in.ts';
import { sharedTest } from './shared.ts';

/** The fingerprint of the certificate that the lab shows now, looked at by a connection of our own. */
const shownFingerprint = ({ port, caPem }: Lab): Promise<string> =>
  new Promise((done, failed) => {
    const socket = connect({ host: '127.0.0.1', port, ca: caPem }, () => {
      done(socket.getPeerCertificate().fingerprint256.replaceAll(':', ''));
      socket.end();
    });
    socket.once('error', failed);
  });

const spaceless = (text: string): string => text.replaceAll(/\s/g, '');

test('pins a certificate at first contact, and shows when it has changed', async ({ lab, consoles }) => {
  const { signIn, frame } = await consoles.start({ isTrusted: false });
  await signIn.enter('admin', passwordOf('admin'));
  await expect(signIn.trust.title).toHaveText('Is this your server?');
  await expect(signIn.trust.dialog).toContainText('nothing was sent yet');
  await expect(signIn.trust.fact('Certificate of')).toContainText('localhost');
  await expect(signIn.trust.fact('Valid for')).toContainText('127.0.0.1');
  await expect(signIn.trust.fact('Valid')).toContainText(/\d{4}/);
  const first = await shownFingerprint(lab);
  expect(spaceless(await signIn.trust.fact('SHA-256').innerText())).toContain(first);
  await expect(signIn.trust.pin).toBeDisabled();
  await signIn.trust.compared.check();
  await signIn.trust.pin.click();
  await frame.allRead();
  await frame.server.open();
  await expect(frame.server.fact('Trusted by')).toHaveText('its pinned fingerprint');
  await frame.server.dialog.press('Escape');
  await frame.server.signOut();

  await lab.setFault({ kind: 'changed-certificate' });
  await signIn.enter('admin', passwordOf('admin'));
  await expect(signIn.trust.title).toHaveText('The certificate has changed');
  const second = await shownFingerprint(lab);
  expect(second).not.toBe(first);
  const shown = spaceless(await signIn.trust.dialog.innerText());
  expect(shown).toContain(first);
  expect(shown).toContain(second);
  await expect(signIn.trust.pin).toBeDisabled();
  await signIn.trust.cancel.click();
  await expect(signIn.form).toBeVisible();
});

test('trusts an authority from a file', async ({ lab, consoles, folder }) => {
  const keys = join(folder, 'authorities');
  mkdirSync(keys);
  copyFileSync(lab.caFile, join(keys, 'company-ca.crt'));
  const { signIn, frame } = await consoles.start({ isTrusted: false, keys: [keys] });
  await signIn.enter('admin', passwordOf('admin'));
  await signIn.trust.authority.click();
  await signIn.trust.file(/company-ca\.crt/).check();
  await signIn.trust.authority.click();
  await frame.allRead();
  await frame.server.open();
  await expect(frame.server.fact('Trusted by')).toHaveText('the authority company-ca.crt');
});

test('does not take the certificates of the demonstration on another profile', async ({ lab, consoles }) => {
  const { signIn } = await consoles.start({ lab: null });
  await signIn.address.fill(lab.url);
  await signIn.enter('admin', passwordOf('admin'));
  await expect(signIn.trust.title).toHaveText('Is this your server?');
  await signIn.trust.compared.check();
  await signIn.trust.pin.click();
  await expect(signIn.trust.failure('This belongs to the demonstration')).toBeVisible();
});

test('shows what is wrong with a certificate that cannot be trusted', async ({ lab, app: { signIn } }) => {
  await test.step('expired this morning', async () => {
    await lab.setFault({ kind: 'expired-certificate' });
    await signIn.enter('admin', passwordOf('admin'));
    await expect(signIn.trust.title).toHaveText('The certificate has expired');
    await expect(signIn.trust.dialog).toContainText('renew it on the server');
    await expect(signIn.trust.pin).toBeHidden();
    await signIn.trust.cancel.click();
  });
  await test.step('of another server', async () => {
    await lab.setFault({ kind: 'wrong-name-certificate' });
    await signIn.enter('admin', passwordOf('admin'));
    await expect(signIn.trust.title).toHaveText('The certificate names another server');
    await expect(signIn.trust.dialog).toContainText('other.example.lan');
    await signIn.trust.cancel.click();
  });
  await test.step('of an authority that nobody knows', async () => {
    await lab.setFault({ kind: 'unknown-authority' });
    await signIn.enter('admin', passwordOf('admin'));
    await expect(signIn.trust.title).toHaveText('Is this your server?');
    await signIn.trust.cancel.click();
    await expect(signIn.form).toBeVisible();
  });
});

test('says at the field what is wrong with it', async ({ lab, app: { signIn, frame } }) => {
  await test.step('password', async () => {
    await signIn.enter('admin', 'not-it');
    await expect(signIn.password).toHaveAttribute('aria-invalid', 'true');
    await expect(signIn.password).toHaveAccessibleDescription(/The server refuses this user or password/);
    await expect(signIn.user).toHaveValue('admin');
  });
  await test.step('address', async () => {
    await signIn.addServer.click();
    await signIn.address.fill('http://127.0.0.1');
    await signIn.enter('admin', 'secret');
    await expect(signIn.address).toHaveAccessibleDescription(/This is not an address of a server/);
  });
  await test.step('a port where nothing listens', async () => {
    await signIn.address.fill('https://127.0.0.1:9');
    await signIn.submit.click();
    await expect(signIn.address).toHaveAccessibleDescription(/The server refuses the connection/);
  });
  await test.step('and the right one goes in', async () => {
    await signIn.form.page().getByRole('region', { name: 'Servers' }).getByRole('button', { name: /^Lab / }).click();
    await signIn.as('admin');
    await frame.allRead();
  });
  expect(lab.hosts.length).toBeGreaterThan(0);
});

sharedTest('tells what the server is', async ({ lab, signedIn: { frame } }) => {
  await frame.server.open();
  await expect(frame.server.fact('Address')).toHaveText(lab.url);
  await expect(frame.server.fact('WAPT')).toHaveText(/^2\.5\./);
  await expect(frame.server.fact('Edition')).toHaveText('enterprise');
  await expect(frame.server.fact('Rights')).toHaveText('admin');
  await expect(frame.server.fact('Dialect')).toHaveText('Version 3');
  await expect(frame.server.fact('Hosts')).toHaveText(String(lab.hosts.length));
  await expect(frame.server.fact('Clock')).toHaveText('As here');
});

test('names the right that an account lacks', async ({ app }) => {
  const { signIn, frame, updates } = app;
  await signIn.as('viewer');
  await frame.allRead();
  await (await updates.grid.rowAt(0).menu()).getByRole('menuitem', { name: /^Download/ }).click();
  await expect(frame.message(/no right|right to do this/)).toBeVisible();
});
