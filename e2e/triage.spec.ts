import { expect, test } from './fixtures.ts';
import { triagePage } from './pages/triage.ts';

const numberIn = (text: string): number => Number(/\d+/.exec(text)?.[0]);

test('decides by one key, keeps decisions over a reload, and publishes them in one package', async ({
  lab,
  signedIn,
}) => {
  const { frame, packages, page } = signedIn;
  const triage = triagePage(page);
  // What packages already rule leaves the list when their content was read.
  await frame.goTo('WAPTWUA packages');
  await packages.grid.expectCount((count) => count > 1);
  await packages.grid.expectEach('Signature', /^(?!Not read yet)./);
  await frame.goTo('Triage');
  await triage.grid.expectCount((count) => count > 5);
  const before = await triage.grid.count();
  const [first, second] = [await triage.grid.rowAt(0).text('Title'), await triage.grid.rowAt(1).text('Title')];
  await expect(triage.tray).toContainText('Decide with the keyboard');

  await test.step('one after the other: the next row takes the place of the decided one', async () => {
    await triage.grid.rowAt(0).select();
    await page.keyboard.press('a');
    await triage.grid.expectCount(before - 1);
    await triage.isNext();
    await page.keyboard.press('f');
    await triage.grid.expectCount(before - 2);
    await expect(triage.tray).toContainText('1 allowed');
    await expect(triage.tray).toContainText('1 forbidden');
  });

  await test.step('many at once, and takes it back', async () => {
    await triage.grid.rowAt(0).toggle();
    await triage.grid.rowAt(1).toggle();
    await page.keyboard.press('a');
    await triage.grid.expectCount(before - 4);
    await expect(triage.tray).toContainText('3 allowed');
    await page.keyboard.press('u');
    await triage.grid.expectCount(before - 2);
    await expect(triage.tray).toContainText('1 allowed');
  });

  await test.step('puts off, by keys alone', async () => {
    await triage.grid.rowAt(0).select();
    await page.keyboard.press('s');
    await expect(triage.snooze(/^Tomorrow$/)).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await triage.grid.expectCount(before - 3);
    await expect(triage.view('Put off')).toHaveText('Put off (1)');
  });

  await test.step('a reload loses nothing', async () => {
    await page.reload();
    await expect(triage.tray).toContainText('1 allowed');
    await expect(triage.view('Put off')).toHaveText('Put off (1)');
    await triage.view('Decided').click();
    await triage.grid.expectCount(2);
    await expect(await triage.grid.row(first).cell('Decision')).toHaveText('Allowed');
    await expect(await triage.grid.row(second).cell('Decision')).toHaveText('Forbidden');
  });

  await test.step('one package, one signature', async () => {
    await triage.toPackage.click();
    await triage.toDraft.package(/lab-wua-desktops/).click();
    await triage.toDraft.go.click();
    await frame.signer.answer(lab.signer.passphrase);
    await expect(packages.review.title).toHaveText(/^Publish lab-wua-desktops /);
    await expect(packages.review.dialog).toContainText(first);
    await expect(packages.review.dialog).toContainText(second);
    await packages.review.sign.click();
    await expect(frame.message(/lab-wua-desktops \S+ is published/)).toBeVisible();
  });

  await frame.goTo('Triage');
  await expect(triage.view('Decided')).toHaveText('Decided (0)');
  await expect.poll(async () => numberIn(await triage.view('To decide').innerText())).toBe(before - 3);
});
