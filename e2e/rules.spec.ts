import { expect, type OpenConsole, test } from './fixtures.ts';
import { rulesPage } from './pages/rules.ts';
import { sharedTest } from './shared.ts';

/** Opens a published package in the editor and waits for its first forecast. */
async function edit({ packages, frame, page }: OpenConsole, name: string): Promise<ReturnType<typeof rulesPage>> {
  const rules = rulesPage(page);
  await frame.goTo('WAPTWUA packages');
  await packages.grid.row(name).select();
  await packages.edit.click();
  await expect(rules.forecast.number('stay as they are')).toBeVisible();
  return rules;
}

/** Allows or forbids, in the open draft, every update that the search finds. */
async function decide({ packages }: OpenConsole, what: 'allow' | 'forbid', search: string): Promise<void> {
  const { pick } = packages.editor;
  await pick.search.fill(search);
  await pick.grid.expectEach('KBs', new RegExp(search));
  await pick.grid.root.getByRole('checkbox', { name: 'Select every row shown' }).check();
  await pick[what].click();
  await pick.grid.expectEach('Here', what === 'allow' ? /^ALLOWED$/ : /^FORBIDDEN$/);
}

/** How many pairs a number of the forecast counts. */
async function countOf(rules: ReturnType<typeof rulesPage>, what: string): Promise<number> {
  const name = (await rules.forecast.number(what).getAttribute('aria-label')) ?? '';
  return Number(/: (\d+)/.exec(name)?.[1]);
}

test('forecasts an edit, tells why, sets a warning right, and publishes what one confirmed', async ({
  lab,
  signedIn,
}) => {
  const { packages, frame, page } = signedIn;
  const rules = await edit(signedIn, 'lab-wua-desktops');
  const stayed = await countOf(rules, 'stay as they are');

  await decide(signedIn, 'forbid', 'KB2267602');
  await expect(rules.forecast.number('become forbidden')).toBeEnabled();
  await expect(rules.forecast.computed).toBeVisible();
  const forbidden = await countOf(rules, 'become forbidden');
  expect(await countOf(rules, 'stay as they are')).toBe(stayed - forbidden);

  await test.step('the list behind the number, and why', async () => {
    await rules.forecast.number('become forbidden').click();
    await expect(rules.pairs.dialog('become forbidden')).toBeVisible();
    await rules.pairs.grid.expectCount(forbidden);
    await rules.pairs.grid.expectEach('KBs', /KB2267602/);
    await rules.pairs.grid.expectEach('After (forecast)', /^Forbidden$/);
    const title = await rules.pairs.grid.rowAt(0).cell('Title');
    // The list may be drawn anew while one clicks; the key counts once a row has the focus.
    await expect(async () => {
      await title.click();
      await page.keyboard.press('w');
      await expect(rules.why.panel).toBeVisible({ timeout: 5_000 });
    }).toPass();
    await expect(rules.why.panel).toContainText('lab-wua-desktops forbids this update by its id.');
    await expect(rules.why.panel).toContainText('Without the draft');
    await rules.why.close.click();
    await page.keyboard.press('Escape');
    await expect(rules.pairs.dialog('become forbidden')).toBeHidden();
  });

  await test.step('a warning, its fix, and undo', async () => {
    await packages.editor.categories.click();
    await page
      .getByRole('main')
      .getByRole('checkbox', { name: /^Windows 11 / })
      .first()
      .check();
    await rules.warnings.tab.click();
    await expect(rules.warnings.titled('Forbidden, although hosts need it')).toBeVisible();
    await rules.warnings.fix(/^Allow only the \d+ updates? that fits? all$/).click();
    await expect(rules.warnings.titled('Categories are alternatives, not conditions')).toBeHidden();
    await page.keyboard.press('Control+z');
    await expect(rules.warnings.titled('Categories are alternatives, not conditions')).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(rules.warnings.titled('Categories are alternatives, not conditions')).toBeHidden();
  });

  await test.step('the whole difference on one page', async () => {
    await packages.editor.publish.click();
    await frame.signer.answer(lab.signer.passphrase);
    await expect(packages.review.title).toHaveText(/^Publish lab-wua-desktops /);
    await expect(rules.effect).toContainText(`${forbidden} become forbidden`);
    await expect(rules.effect).toContainText('Forbidden, although hosts need it');
    await expect(rules.effect).toContainText(/Counted on \d+ of \d+ hosts/);
    await packages.review.reason.fill('A false alarm on the tills');
    await packages.review.sign.click();
    await expect(frame.message(/lab-wua-desktops \S+ is published/)).toBeVisible();
  });

  await test.step('and the journal', async () => {
    await frame.goTo('Journal');
    await expect(page.getByRole('row').filter({ hasText: 'A false alarm on the tills' })).toContainText(
      'Rule package published',
    );
  });
});

sharedTest('tells why from the lists, and opens the draft with the change made', async ({ signedIn }) => {
  const { frame, updates, packages, page } = signedIn;
  const rules = rulesPage(page);
  await updates.search.fill('KB890830');
  await updates.grid.expectEach('KBs', /KB890830/);
  await updates.grid.rowAt(0).menu();
  await updates.menuItem('Why?').click();
  await expect(rules.why.panel).toContainText('allows KB890830');
  await rules.why.panel
    .getByRole('button', { name: /^Hosts, facts/ })
    .first()
    .click();
  await rules.why
    .change(/^Take .* out of lab-wua-/)
    .first()
    .click();
  await expect(packages.editor.publish).toBeVisible();
  await expect(rules.why.dialog).toBeHidden();
  await expect(packages.editor.undo).toBeEnabled();
  await packages.editor.undo.click();
  await expect(packages.editor.undo).toBeDisabled();
  await packages.editor.redo.click();
  await packages.editor.isSaved();

  await test.step('the steps outlive a reload', async () => {
    await page.reload();
    await expect(packages.editor.undo).toBeEnabled();
    await packages.editor.undo.click();
    await expect(packages.editor.undo).toBeDisabled();
    await packages.editor.isSaved();
  });

  await test.step('any update and any host, from the palette', async () => {
    await frame.palette.run('why is an update');
    await expect(rules.why.dialog).toBeVisible();
    await rules.why.dialog.getByRole('combobox', { name: 'Update' }).fill('KB2267602');
    await page.getByRole('option').first().click();
    await expect(rules.why.panel).toBeVisible();
    await rules.why.close.click();
  });
});

test('tells an editor that the package moved, and merges', async ({ consoles, lab, signedIn }) => {
  const other = await consoles.start();
  await other.signIn.as('admin');
  await other.frame.allRead();
  const rules = await edit(signedIn, 'lab-wua-servers');
  await decide(signedIn, 'forbid', 'KB890830');
  await signedIn.packages.editor.isSaved();

  await edit(other, 'lab-wua-servers');
  await decide(other, 'forbid', 'KB2267602');
  await other.packages.editor.publish.click();
  await other.frame.signer.answer(lab.signer.passphrase);
  await other.packages.review.sign.click();
  await expect(other.frame.message(/lab-wua-servers \S+ is published/)).toBeVisible();

  const { frame, packages, page } = signedIn;
  await frame.palette.run('read now');
  const notice = rules.moved.notice(/was published under this draft/);
  await expect(notice).toBeVisible();
  await rules.moved.beside.click();
  await expect(rules.moved.side(/^What version \S+ changed/)).toContainText('Forbidden updates');
  await expect(rules.moved.side(/^What your draft changes/)).toContainText('Forbidden updates');
  await rules.moved.close.click();
  const before = await packages.editor.side('Forbidden').textContent();
  await rules.moved.merge.click();
  await expect(notice).toBeHidden();
  await expect(packages.editor.side('Forbidden')).not.toHaveText(before ?? '');
  await page.keyboard.press('Control+z');
  await expect(notice).toBeVisible();
  await page.keyboard.press('Control+y');
  await expect(notice).toBeHidden();
  await packages.editor.isSaved();
  await packages.editor.publish.click();
  await frame.signer.answer(lab.signer.passphrase);
  await expect(packages.review.over).toBeHidden();
  await packages.review.sign.click();
  await expect(frame.message(/lab-wua-servers \S+ is published/)).toBeVisible();
});

test.describe('facts that agents do not report', () => {
  test.use({ labOptions: { hosts: 60 } });

  test('are stated for a group, and the forecast counts on them', async ({ signedIn }) => {
    const { page } = signedIn;
    const rules = await edit(signedIn, 'lab-wua-desktops');
    await expect(rules.forecast.strip).toContainText(/default_allow of \d+ host/);
    await rules.forecast.stateFacts.click();
    await rules.facts.group('Every host').getByRole('combobox', { name: 'default_allow' }).click();
    await page.getByRole('option', { name: 'off', exact: true }).click();
    await expect(rules.facts.group('Every host')).toContainText('known on every host');
    await rules.facts.close.click();
    await expect(rules.forecast.strip).not.toContainText('default_allow of');
  });
});
