import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from './fixtures.ts';
import { journalPage } from './pages/journal.ts';

/** Does to the journal what somebody could who has its file. */
function rewrite(data: string, sql: string): void {
  const file = readdirSync(data, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.db'));
  const db = new DatabaseSync(join(data, file ?? ''));
  db.exec(`DROP TRIGGER IF EXISTS journal_is_never_changed; ${sql}`);
  db.close();
}

test('says who did what and why, that it is whole and sealed, and where somebody rewrote it', async ({
  lab,
  signedIn,
  consoles,
  guard,
}) => {
  const { frame, packages, page, data, console } = signedIn;
  guard.allow(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/);
  const journal = journalPage(page);
  await frame.goTo('WAPTWUA packages');
  await packages.create.click();
  await packages.editor.name.fill('lab-wua-journal');
  await packages.editor.isSaved();
  await packages.editor.publish.click();
  await frame.signer.answer(lab.signer.passphrase);
  await packages.review.reason.fill('for the record');
  await packages.review.sign.click();
  await expect(frame.message('lab-wua-journal 1 is published')).toBeVisible();

  await test.step('each line with its reason, and all of it at a click', async () => {
    await frame.goTo('Journal');
    const row = journal.grid.row('lab-wua-journal');
    await expect(await row.cell('What')).toHaveText('Rule package published');
    await expect(await row.cell('Who')).toHaveText('admin');
    await expect(await row.cell('Reason')).toHaveText('for the record');
    await journal.search.fill('nothing like it');
    await journal.grid.expectCount(0);
    await journal.search.press('Escape');
    await journal.grid.expectCount(1);
    await row.select();
    await page.keyboard.press('Enter');
    await expect(journal.details(1)).toContainText('lab-wua-journal');
  });

  await test.step('whole, and sealed by the signer of the publication', async () => {
    await expect(journal.whole).toContainText('sealed up to line 1 by O=WAPT lab, CN=lab.signer');
    await expect(journal.broken).toBeHidden();
  });

  await console.kill();
  rewrite(data, `UPDATE journal SET reason = 'for nothing' WHERE id = 1`);

  await test.step('a line that was changed is named', async () => {
    const again = await consoles.start({ data });
    const rewritten = journalPage(again.page);
    await again.signIn.as('admin');
    await again.frame.goTo('Journal');
    await expect(rewritten.broken).toContainText('Line 1 does not follow');
    await rewritten.show(1).click();
    await expect(rewritten.details(1)).toContainText('for nothing');
  });
});
