import { labSigner, testClient } from '../lab/testing.ts';
import { buildPackage } from '../wapt/index.ts';
import { expect, test } from './fixtures.ts';

test('opens a package of 2015 for reading only, and explains what it says of each update', async ({
  lab,
  signedIn,
}) => {
  const { packages, frame, page } = signedIn;
  const { bytes } = await buildPackage({
    control: {
      package: 'lab-waptwua-default',
      version: '1',
      section: 'waptwua',
      maturity: 'PROD',
      description: 'Rules of 2015',
    },
    files: new Map([
      [
        'windows_updates_rules.json',
        Buffer.from(JSON.stringify({ allowed_severities: ['Critical'], forbidden_updates: ['KB2267602'] })),
      ],
    ]),
    signer: labSigner(lab),
  });
  const sent = await testClient(lab)('POST', '/api/v3/upload_packages', {
    headers: { 'Content-Type': 'binary/octet-stream' },
    body: bytes,
  });
  expect(sent.json().success).toBe(true);

  await frame.goTo('WAPTWUA packages');
  await page
    .getByRole('button', { name: /refresh/i })
    .first()
    .click();
  await packages.grid.row('lab-waptwua-default').select();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /publish/i })).toHaveCount(0);
  await expect(page.getByText(/2015/).first()).toBeVisible();
  await expect(page.getByText('KB2267602').first()).toBeVisible();
});
