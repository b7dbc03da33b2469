import { expect, test } from './fixtures.ts';
import { builderPage } from './pages/builder.ts';
import { sharedTest } from './shared.ts';

sharedTest(
  'a filter becomes rules, stays in the draft, and says so when an expression is none',
  async ({ signedIn }) => {
    const { frame, packages, page } = signedIn;
    const builder = builderPage(page);
    await frame.goTo('WAPTWUA packages');
    await packages.create.click();
    await packages.editor.name.fill('lab-wua-built');
    await packages.editor.isSaved();
    await builder.open.click();

    await test.step('finds while one types', async () => {
      await builder.choose('Classification', 'Drivers');
      await expect(builder.found).toHaveText(/^[1-9]\d* updates?/);
      await builder.as('Regular expression').click();
      await builder.title.fill('(dell');
      await expect(builder.failure).toContainText('This is no regular expression');
      await expect(builder.dialog.getByRole('button', { name: 'Keep the filter' })).toBeDisabled();
      await builder.title.fill('^(a+)+$');
      await expect(builder.failure).toBeHidden();
      await builder.title.fill('display|firmware');
      await expect(builder.found).toHaveText(/^[1-9]\d* updates?/);
      await builder.as('Forbidden').click();
    });
    await expect(builder.add).toHaveText(/^Forbid \d+ update/);
    const found = /\d+/.exec(await builder.add.innerText())?.[0] ?? '';
    await builder.add.click();
    await expect(packages.editor.side('Forbidden')).toHaveText(`Forbidden (${found})`);
    await expect(builder.kept).toContainText('title /display|firmware/');
    await expect(builder.kept).toContainText('Nothing new');

    await test.step('undo takes rules and filter back, redo brings them', async () => {
      await packages.editor.undo.click();
      await expect(builder.kept).toBeHidden();
      await expect(packages.editor.side('Forbidden')).toHaveText('Forbidden (0)');
      await packages.editor.redo.click();
      await expect(packages.editor.side('Forbidden')).toHaveText(`Forbidden (${found})`);
    });

    await test.step('a reload keeps the filter with its draft', async () => {
      await packages.editor.isSaved();
      await page.reload();
      await expect(builder.kept).toContainText('title /display|firmware/');
      await expect(builder.kept).toContainText('Nothing new');
    });
  },
);
