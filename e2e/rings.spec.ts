import { expect, test } from './fixtures.ts';
import { ringsPage } from './pages/rings.ts';
import { triagePage } from './pages/triage.ts';

test('makes rings, says what holds an update, and promotes what passed after one confirmation', async ({
  lab,
  signedIn,
}) => {
  const { frame, packages, page } = signedIn;
  const [rings, triage] = [ringsPage(page), triagePage(page)];

  await test.step('the pilot allows something that the servers do not', async () => {
    await frame.goTo('Triage');
    await triage.grid.expectCount((count) => count > 1);
    await triage.grid.root.getByRole('checkbox', { name: 'Select every row shown' }).check();
    await page.keyboard.press('a');
    await triage.toPackage.click();
    await triage.toDraft.package(/lab-wua-desktops/).click();
    await triage.toDraft.go.click();
    await frame.signer.answer(lab.signer.passphrase);
    await packages.review.sign.click();
    await expect(frame.message(/lab-wua-desktops \S+ is published/)).toBeVisible();
  });

  await test.step('a ring set, with the usual gates', async () => {
    await frame.goTo('Rings');
    await rings.make.click();
    await rings.editor.name.fill('Desktops first');
    await rings.editor.choosePackage(1, 'lab-wua-desktops');
    await rings.editor.choosePackage(2, 'lab-wua-servers');
    await rings.editor.save.click();
    await expect(rings.editor.dialog).toContainText('Choose a package.');
    await rings.editor.remove(3).click();
    await expect(rings.editor.gate(1, 'Age, days')).toHaveValue('7');
    await rings.editor.save.click();
    await expect(rings.editor.dialog).toBeHidden();
    await expect(rings.line).toContainText('lab-wua-desktops');
    await rings.grid.expectCount((count) => count > 1);
  });

  await test.step('one success is asked for: what hosts installed already passes', async () => {
    await rings.edit.click();
    await rings.editor.gate(1, 'Successes').fill('1');
    await rings.editor.gate(1, 'Failures').fill('');
    await rings.editor.gate(1, 'Age, days').fill('3');
    await rings.editor.save.click();
    await expect(rings.line).toContainText(/[1-9]\d* passed/);
    await expect(rings.line).toContainText(/[1-9]\d* waits?/);
  });

  const waiting = await rings.grid.count();
  await page.keyboard.press('r');
  await expect(rings.promote).toHaveText(/^Promote [1-9]/);
  const promoted = Number(/\d+/.exec(await rings.promote.innerText())?.[0]);
  const title = await rings.grid.rowAt(0).text('Title');
  await page.keyboard.press('p');
  await expect(rings.confirm.dialog).toContainText(title);
  await rings.confirm.reason.fill('They installed well');
  await rings.confirm.sign.click();
  await expect(frame.message(/lab-wua-servers \S+ is published/)).toBeVisible();
  await rings.grid.expectCount(waiting - promoted);
  await expect(rings.line).not.toContainText('passed');

  await frame.goTo('Journal');
  await expect(page.getByRole('row').filter({ hasText: 'They installed well' }).first()).toContainText('admin');
});
