import { expect, type Locator, type Page } from '@playwright/test';
import { factIn } from './facts.ts';
import { passwordOf } from './sign-in.ts';

/** The screens, by their names in English. */
export type ScreenName =
  | 'Overview'
  | 'Windows Updates'
  | 'Triage'
  | 'WAPTWUA packages'
  | 'Rings'
  | 'Hosts'
  | 'Failures'
  | 'CVEs'
  | 'Agent options'
  | 'Downloads'
  | 'Journal';

/** Everything around a screen: navigation, what runs, server, signer, appearance, palette, messages. */
export function framePage(page: Page) {
  const banner = page.getByRole('banner');
  const navigation = page.getByRole('navigation', { name: 'Screens' });
  const palette = page.getByRole('dialog', { name: 'Find and run' });
  const signer = page.getByRole('dialog', { name: 'Open a signer' });
  const again = page.getByRole('dialog', { name: 'Sign in again' });
  const server = page.getByRole('dialog', { name: 'Server', exact: true });
  const serverButton = banner.getByRole('button', { name: /^Server / });
  const preferences = banner.getByRole('button', { name: 'Appearance and language' });
  const heading = banner.getByRole('heading', { level: 1 });
  return {
    navigation,
    banner,
    heading,
    /** A message that has these words; the same may stand in the corner and at its place. */
    message: (words: string | RegExp): Locator => page.getByRole('alert').filter({ hasText: words }).first(),
    dismiss: async () => page.getByRole('button', { name: 'Dismiss' }).last().click(),
    /** Takes away the messages in the corner: they come one after the other, and each stays for five seconds. */
    clearMessages: async () => {
      const dismiss = page.locator('.MuiSnackbar-root').getByRole('button', { name: 'Dismiss' });
      // One may go by itself while one reaches for it.
      while ((await dismiss.count()) > 0)
        await dismiss
          .last()
          .click({ timeout: 1_000 })
          .catch(() => undefined);
    },
    /** Waits until the console keeps such settings, which the window hands over a moment after one changed them. */
    keeps: async (...texts: readonly string[]) => {
      const kept = () =>
        page.evaluate(async () => JSON.stringify(await window.waptwua.call('settings.get', {})).replaceAll('\\', ''));
      for (const text of texts) await expect.poll(kept).toContain(text);
    },
    /** The line that says that one looks at old data. */
    offline: page.getByRole('alert').filter({ hasText: 'The server cannot be reached.' }),
    work: banner.getByRole('button', { name: /is running|Reading|order|download|failed/ }),
    goTo: async (screen: ScreenName) => {
      await navigation.getByRole('link', { name: screen }).click();
      await expect(heading).toHaveText(screen);
    },
    /** Waits until everything was read from the server once. */
    allRead: async () => {
      // Not `expect`, which writes down the whole page at each look that fails.
      await banner.getByText(/^Read /).waitFor();
      await banner.getByRole('button', { name: 'Nothing is running' }).waitFor();
    },
    /** Reads the server again, and waits for the end. */
    readAgain: async () => {
      await banner.getByRole('button', { name: /is running|Reading|order|download|failed/ }).click();
      const work = page.getByRole('dialog', { name: 'What is running' });
      await work.getByRole('button', { name: 'Read now' }).click();
      await expect(work.getByRole('button', { name: 'Read now' })).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(work).toBeHidden();
    },
    choose: async (entry: string) => {
      await preferences.click();
      await page.getByRole('menuitemradio', { name: entry }).click();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('menu')).toBeHidden();
    },
    palette: {
      dialog: palette,
      search: palette.getByRole('combobox'),
      options: palette.getByRole('option'),
      /** Opens it, types, and runs what stands first, by keys alone. */
      run: async (words: string) => {
        await page.keyboard.press('Control+k');
        await expect(palette.getByRole('combobox')).toBeFocused();
        await page.keyboard.type(words);
        await expect(palette.getByRole('option', { selected: true })).toBeVisible();
        await page.keyboard.press('Enter');
        await expect(palette).toBeHidden();
      },
    },
    server: {
      button: serverButton,
      dialog: server,
      open: async () => {
        await serverButton.click();
        await expect(server).toBeVisible();
      },
      fact: (name: string): Locator => factIn(server, name),
      signOut: async () => {
        await serverButton.click();
        await server.getByRole('button', { name: /^(Sign out|Other server…)$/ }).click();
        await expect(page.getByRole('form')).toBeVisible();
      },
    },
    /** The dialog that opens a certificate with its key. */
    signer: {
      dialog: signer,
      certificate: (name: string | RegExp): Locator => signer.getByRole('radio', { name }),
      passphrase: signer.getByLabel('Passphrase of the key', { exact: true }),
      open: signer.getByRole('button', { name: 'Open', exact: true }),
      state: banner.getByRole('button', { name: /^(No signer|Signer locked|lab\.signer)/ }),
      /** Opens the lab's signer in the dialog that asks for one. */
      answer: async (passphrase: string) => {
        await signer.getByRole('radio', { name: /CN=lab\.signer/ }).check();
        await signer.getByLabel('Passphrase of the key', { exact: true }).fill(passphrase);
        await signer.getByRole('button', { name: 'Open', exact: true }).click();
      },
    },
    /** The dialog that asks for the password over the screen. */
    again: {
      dialog: again,
      password: again.getByLabel('Password', { exact: true }),
      as: async (user: string) => {
        await again.getByLabel('Password', { exact: true }).fill(passwordOf(user));
        await again.getByRole('button', { name: 'Sign in' }).click();
        await expect(again).toBeHidden();
      },
    },
  };
}
