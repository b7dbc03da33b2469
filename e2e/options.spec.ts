import { expect, test } from './fixtures.ts';
import { optionsPage } from './pages/options.ts';
import { sharedTest } from './shared.ts';

sharedTest(
  'writes the section of the agents, warns where it is dangerous, and gives it away as text',
  async ({ signedIn }) => {
    const { frame, page } = signedIn;
    const options = optionsPage(page);
    await frame.goTo('Agent options');

    await test.step('a careful start is a section without dangers', async () => {
      await options.careful.click();
      await expect(options.text).toHaveText(/^\[waptwua\]\nenabled=true\n[\s\S]*install_delay=7d/);
      await expect(options.count).toBeHidden();
    });

    await test.step('what installs unattended is explained where it is set', async () => {
      await options.yes('Allow what no rule mentions').click();
      await options.field('Install every').fill('12h');
      await expect(options.danger('Everything installs by itself')).toBeVisible();
      await expect(options.danger('May install while people work')).toBeVisible();
      await expect(options.count).toBeVisible();
      await expect(options.text).toContainText('install_scheduling=12h');
      await options.field('Install every').fill('now and then');
      await expect(options.option('Install every').getByRole('alert')).toContainText('is no duration');
      await options.field('Install every').fill('12h');
    });

    await test.step('the same for the installer, and beside what hosts report', async () => {
      await options.tab('Installer').click();
      await expect(options.text).toContainText('set_waptwua_default_allow=true');
      await expect(options.panel).toContainText('write them into the file: install_scheduling');
      await options.tab('What hosts report').click();
      await expect(options.panel).toContainText(/\d+ Windows hosts/);
    });

    await test.step('undo takes it back, a reload keeps it', async () => {
      await options.tab('Ini text').click();
      await page.reload();
      await expect(options.text).toContainText('install_scheduling=12h');
      await options.careful.click();
      await expect(options.text).not.toContainText('install_scheduling=12h');
      await options.undo.click();
      await expect(options.text).toContainText('install_scheduling=12h');
    });
  },
);
