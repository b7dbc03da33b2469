import { labSigner, testClient } from '../lab/testing.ts';
import { buildPackage, formatRulesFile, RULES_PATHS } from '../wapt/index.ts';
import { expect, test } from './fixtures.ts';
import { historyPage } from './pages/history.ts';

const NAME = 'lab-wua-history';

test('tells two versions apart, rules and all else, and publishes the earlier rules again as a new version', async ({
  lab,
  signedIn,
}) => {
  const { frame, packages, page } = signedIn;
  const history = historyPage(page);
  const versions = [
    { version: '1', description: 'First', rules: { allowed_kbs: ['KB890830'], forbidden_kbs: [] } },
    { version: '2', description: 'Second', rules: { allowed_kbs: [], forbidden_kbs: ['KB890830'] } },
  ];
  for (const { version, description, rules } of versions) {
    const text = Buffer.from(formatRulesFile(rules));
    const { bytes } = await buildPackage({
      control: { package: NAME, version, section: 'wsus', maturity: 'PROD', description },
      files: new Map(RULES_PATHS.map((path) => [path, text])),
      signer: labSigner(lab),
    });
    const headers = { 'Content-Type': 'binary/octet-stream' };
    const sent = await testClient(lab)('POST', '/api/v3/upload_packages', { headers, body: bytes });
    expect(sent.json().success).toBe(true);
  }
  await frame.goTo('WAPTWUA packages');
  await packages.refresh.click();
  await packages.grid.row(NAME).select();
  await expect(packages.history).toBeEnabled();
  await page.keyboard.press('h');

  await test.step('the newest stands against the one before it', async () => {
    await expect(history.title).toHaveText(`History of ${NAME}`);
    await expect(history.version('2')).toContainText('Newest');
    await expect(history.changes('Forbidden KBs').getByRole('listitem')).toContainText('KB890830');
    const fields = history.changes('Beside the rules');
    await expect(fields.getByRole('listitem').filter({ hasText: 'description' })).toContainText(/First.*Second/);
  });

  await test.step('an earlier version becomes a draft under review, and a new version', async () => {
    await history.again('1').click();
    await frame.signer.answer(lab.signer.passphrase);
    await expect(packages.review.title).toHaveText(`Publish ${NAME} 3`);
    // The rules are those of version 1, all else stays as in the newest.
    await expect(packages.review.fact('Description')).toHaveText('Second');
    await packages.review.reason.fill('The second broke printers');
    await packages.review.sign.click();
    await expect(frame.message(`${NAME} 3 is published`)).toBeVisible();
  });

  await test.step('which decides as the first did, and says why it is there', async () => {
    const row = packages.grid.row(NAME);
    await expect(await row.cell('Version')).toHaveText('3');
    await row.select();
    await packages.history.click();
    await expect(history.version('3')).toContainText('The second broke printers');
    await history.from('1').check();
    await expect(history.difference).toContainText('The rules are the same: both decide the same.');
    await expect(history.difference).toContainText(/\d+ ids stand in one of them only/);
  });
});
