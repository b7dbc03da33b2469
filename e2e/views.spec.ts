import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import { sharedTest } from './shared.ts';

sharedTest(
  'keeps a look at a list under a name, opens with it, and gives it to others',
  async ({ signedIn, folder }) => {
    const { page, frame, hosts } = signedIn;
    await frame.goTo('Hosts');
    const all = await hosts.grid.count();
    const button = page.getByRole('main').getByRole('button', { name: /^Views/ });
    const views = page.getByRole('dialog', { name: 'Views of “Hosts”' });
    const quick = hosts.quick('Failed');

    await quick.click();
    await expect(quick).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(() => hosts.grid.count()).toBeLessThan(all);
    const some = await hosts.grid.count();
    await page.getByRole('columnheader', { name: 'Failed', exact: true }).click();
    await frame.palette.run('Keep this view');
    await page.getByRole('textbox', { name: 'Name' }).fill('What fails');
    await page.keyboard.press('Enter');
    await expect(button).toHaveText('Views: What fails');

    await test.step('it comes back from the palette', async () => {
      await quick.click();
      await hosts.grid.expectCount(all);
      await frame.palette.run('Show as What fails');
      await hosts.grid.expectCount(some);
      await expect(quick).toHaveAttribute('aria-pressed', 'true');
    });

    await test.step('the list opens with it, after a reload too', async () => {
      await button.click();
      await views.getByRole('button', { name: 'Open the list with “What fails”' }).click();
      await expect(views.getByText('The list opens with it')).toBeVisible();
      await page.keyboard.press('Escape');
      await page.reload();
      await hosts.grid.expectCount(some);
      await expect(page.getByRole('columnheader', { name: 'Failed', exact: true })).toHaveAttribute(
        'aria-sort',
        'descending',
      );
    });

    await test.step('others get it as a file, and what is no such file changes nothing', async () => {
      await button.click();
      const download = page.waitForEvent('download');
      await views.getByRole('button', { name: 'Save as a file…' }).click();
      const file = `${folder}/views.json`;
      await (await download).saveAs(file);
      expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
        views: [{ grid: 'hosts', name: 'What fails' }],
      });
      await frame.clearMessages();
      await button.click();
      const chooser = page.waitForEvent('filechooser');
      await views.getByRole('button', { name: 'Take from a file…' }).click();
      await (await chooser).setFiles(file);
      await expect(frame.message('1 view taken over.')).toBeVisible();
      await frame.clearMessages();
      await button.click();
      await expect(views.getByRole('button', { name: 'What fails (2)', exact: true })).toBeVisible();
      const again = page.waitForEvent('filechooser');
      await views.getByRole('button', { name: 'Take from a file…' }).click();
      await (await again).setFiles({
        name: 'x.json',
        mimeType: 'application/json',
        buffer: Buffer.from('{"views":1}'),
      });
      await expect(frame.message('This file holds no views that the console understands')).toBeVisible();
    });
  },
);
