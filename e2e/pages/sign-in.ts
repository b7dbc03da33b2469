import type { Locator, Page } from '@playwright/test';
import { labUsers } from '../../lab/server/users.ts';
import { factIn } from './facts.ts';

/** The password of one of the lab's users. */
export function passwordOf(user: string): string {
  const known = labUsers.find((one) => one.name === user);
  if (known === undefined) throw new Error(`the lab has no user ${user}`);
  return known.password;
}

/** The screen on which one chooses a server and says who one is. */
export function signInPage(page: Page) {
  const form = page.getByRole('form');
  const user = form.getByRole('textbox', { name: 'User', exact: true });
  const password = form.getByLabel('Password', { exact: true });
  const submit = form.getByRole('button', { name: 'Sign in' });
  const dialog = page.getByRole('dialog');
  const enter = async (name: string, word: string): Promise<void> => {
    await user.fill(name);
    await password.fill(word);
    await submit.click();
  };
  return {
    form,
    user,
    password,
    submit,
    address: form.getByRole('textbox', { name: 'Server address' }),
    addServer: page.getByRole('button', { name: 'Add a server' }),
    openOffline: form.getByRole('button', { name: 'Open what was read before' }),
    /** A failure that belongs to no field. */
    failure: form.getByRole('alert'),
    enter,
    /** Signs in as one of the lab's users and waits for the frame. */
    as: async (name: string) => {
      await enter(name, passwordOf(name));
      await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    },
    /** The dialog that shows a certificate before anything is sent. */
    trust: {
      dialog,
      title: dialog.getByRole('heading', { level: 2 }),
      fact: (name: string): Locator => factIn(dialog, name),
      compared: dialog.getByRole('checkbox', { name: 'I compared the fingerprint, and it is the same.' }),
      pin: dialog.getByRole('button', { name: 'Pin this certificate' }),
      authority: dialog.getByRole('button', { name: 'Trust an authority from a file' }),
      file: (name: string | RegExp): Locator => dialog.getByRole('radio', { name }),
      cancel: dialog.getByRole('button', { name: 'Cancel' }),
      failure: (words: string): Locator => dialog.getByRole('alert').filter({ hasText: words }),
    },
  };
}
