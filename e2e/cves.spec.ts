import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from './fixtures.ts';
import { cvesPage } from './pages/cves.ts';
import { sharedTest } from './shared.ts';

sharedTest('reads a file of CVEs, says who is exposed, and allows what puts it right', async ({ signedIn }) => {
  const { frame, updates, hosts, page, data } = signedIn;
  const cves = cvesPage(page);
  const kb = (await updates.grid.column('KBs')).find((text) => text.startsWith('KB')) ?? '';
  const folder = join(data, 'imports');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'broken.csv'), 'cve,kb\nCVE-2026-20001,1\n"CVE');
  writeFileSync(join(folder, 'guide.csv'), `cve;kb;released\nCVE-2026-20001;${kb};2026-10-13\nCVE-2026-20002;;\n`);

  await frame.goTo('CVEs');
  await expect(cves.files).toContainText('No file is imported');
  await cves.import.open.click();
  await cves.import.file(/^broken/).click();
  await cves.import.go.click();
  await expect(cves.import.dialog).toContainText('Line 3: A quote opens here and never closes.');
  await cves.import.file(/^guide/).click();
  await cves.import.go.click();
  await expect(cves.files).toContainText('2 CVEs are known in all.');

  await cves.list.fill('see cve-2026-20001, CVE-2026-20002 and CVE-1999-0001');
  await cves.grid.expectCount(3);
  await expect(await cves.grid.row('CVE-2026-20002').cell('Note')).toHaveText('Fixed without a KB');
  await expect(await cves.grid.row('CVE-1999-0001').cell('Note')).toHaveText('In no imported file');
  await expect(await cves.grid.row('CVE-1999-0001').cell('No data')).toHaveText('20');
  await cves.list.fill('CVE-2026-20001');
  await cves.grid.expectCount(1);
  const affected = async (state: string): Promise<number> =>
    Number(/\d+/.exec(await cves.hosts(state).innerText())?.[0]);
  const open = (await affected('Affected, fix on its way')) + (await affected('Affected, fix not allowed'));
  expect(open).toBeGreaterThan(0);
  const state =
    (await affected('Affected, fix on its way')) > 0 ? 'Affected, fix on its way' : 'Affected, fix not allowed';
  const count = await affected(state);
  await cves.hosts(state).click();
  await expect(cves.restriction).toContainText('CVE-2026-20001');
  await hosts.grid.expectCount(count);

  await frame.goTo('CVEs');
  await expect(cves.list).toHaveValue('CVE-2026-20001');
  await cves.allow.click();
  await expect(page.getByRole('dialog')).toContainText('KB');

  await page.keyboard.press('Escape');
  await frame.goTo('Windows Updates');
  await updates.search.fill('cve-2026-20001');
  await updates.grid.expectCount((found) => found > 0 && found < 20);
  await updates.grid.expectEach('KBs', new RegExp(kb));
});
