import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';
import { assignmentPage } from './pages/assignment.ts';

test('puts a package on a group and a unit by keyboard and mouse, and hosts are told', async ({ lab, signedIn }) => {
  const { packages, frame, page } = signedIn;
  const assignment = assignmentPage(page);
  const isClean = async (): Promise<void> => {
    const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  };
  await frame.goTo('WAPTWUA packages');
  await packages.grid.row('lab-wua-desktops').select();
  await expect(page.getByRole('main').getByText(/^lab-desktops \(\d+\)$/)).toBeVisible();

  await test.step('chooses', async () => {
    await assignment.open.click();
    await expect(assignment.box(/^lab-desktops/)).toBeChecked();
    await isClean();
    await assignment.box(/^lab-desktops/).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await expect(assignment.box(/^lab-servers/)).toBeChecked();
    await assignment.tab('Units').click();
    await assignment.search.fill('servers');
    await assignment
      .box(/^OU=Servers/)
      .first()
      .check();
    await assignment.preview.click();
    await frame.signer.answer(lab.signer.passphrase);
  });

  await test.step('sees which hosts gain it before signing', async () => {
    const servers = lab.hosts.filter((host) => host.groups.includes('lab-servers'));
    await expect(assignment.dialog.getByText(new RegExp(`^${servers.length} hosts? gets? it$`))).toBeVisible();
    await expect(assignment.dialog).toContainText('Group lab-servers');
    await isClean();
    await assignment.reason.fill('Servers take the rules of desktops');
    await assignment.sign.click();
  });

  await test.step('sees what became of it, and orders the hosts to look', async () => {
    await expect(assignment.results.getByText('Done', { exact: true })).toHaveCount(2);
    await isClean();
    await assignment.refresh.click();
    await expect(page.getByRole('dialog')).toContainText('reads the repository again');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('main').getByText(/^lab-servers \(\d+\)$/)).toBeVisible();
  });
});
