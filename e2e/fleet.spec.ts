import { testClient } from '../lab/testing.ts';
import { expect, test } from './fixtures.ts';
import { gridPage } from './pages/grid.ts';
import { rulesPage } from './pages/rules.ts';

/** Room for the first reading of 2,000 hosts, and for screens that are built from 150,000 rows, on a busy machine. */
const READING = 180_000;

test.use({ labOptions: { hosts: 2_000, schedules: false, pace: 5 } });

test('shows a fleet of 2,000 hosts on every screen, with the counts of the server', async ({ app, lab }) => {
  test.setTimeout(600_000);
  const { page, frame, updates, hosts, packages, downloads, signIn } = app;
  const client = testClient(lab);
  const ask = async (path: string) => (await client('GET', path)).json().result as readonly Record<string, unknown>[];
  const main = page.getByRole('main');

  await test.step('reads everything', async () => {
    await signIn.as('admin');
    await expect(frame.banner.getByText(/^Read /)).toBeVisible({ timeout: READING });
    await expect(frame.banner.getByRole('button', { name: 'Nothing is running' })).toBeVisible({ timeout: READING });
  });

  await test.step('every screen opens, and none with an error', async () => {
    const names = await frame.navigation.getByRole('link').allInnerTexts();
    expect(names.length).toBeGreaterThan(8);
    for (const name of names.map((each) => each.split('\n')[0]?.trim() ?? '')) {
      await frame.navigation.getByRole('link', { name }).first().click();
      await expect(frame.heading).toHaveText(name);
      await expect(main.getByRole('progressbar')).toHaveCount(0);
      await expect(main.getByText(/unexpected error|has a fault/i)).toHaveCount(0);
    }
  });

  await test.step('updates: all that were reported', async () => {
    await frame.goTo('Windows Updates');
    await updates.ready();
    const listed = await ask('/api/v3/windows_updates?limit=100000');
    expect(listed.length).toBeGreaterThan(1_900);
    await updates.scope('All reported').check();
    await updates.filters.getByRole('checkbox', { name: /^Hide superseded/ }).uncheck();
    await updates.filters.getByRole('checkbox', { name: /^Fold daily definitions/ }).uncheck();
    await updates.grid.expectCount(listed.length);
    await updates.search.fill('office');
    await updates.grid.expectCount(listed.filter(({ title }) => /office/i.test(String(title))).length);
    await updates.clear.click();
  });

  await test.step('hosts: all of them', async () => {
    await frame.goTo('Hosts');
    await hosts.grid.expectCount(2_000);
    const isFrom = (site: string): number => lab.hosts.filter((host) => host.unit.includes(`OU=${site}`)).length;
    expect(isFrom('Toulouse')).toBeGreaterThan(50);
    const reachable = (await ask('/api/v3/hosts?limit=100000')).filter((host) => host['reachable'] === 'OK').length;
    await hosts.quick('Reachable').click();
    await hosts.grid.expectCount(reachable);
    await hosts.quick('Reachable').click();
  });

  await test.step('packages, and what a change of one does to 2,000 hosts', async () => {
    await frame.goTo('WAPTWUA packages');
    const records = await ask('/api/v3/packages?section=wsus&limit=1000');
    const rules = new Set(records.filter((record) => record['section'] === 'wsus').map((record) => record['package']));
    expect(rules.size).toBe(12);
    await packages.grid.expectCount(rules.size);
    const row = packages.grid.row('lab-wua-desktops');
    await row.select();
    await expect(await row.cell('Signature')).not.toHaveText('Not read yet');
    await packages.edit.click();
    await packages.editor.pick.grid.expectCount((count) => count > 200);
    await packages.editor.pick.grid.rowAt(0).toggle();
    await packages.editor.pick.forbid.click();
    await expect(rulesPage(page).forecast.computed).toBeVisible({ timeout: READING });
    await packages.editor.back.click();
  });

  await test.step('downloads, failures and triage have their rows', async () => {
    await frame.goTo('Downloads');
    const tasks = await ask('/api/v3/wsusscan2_history?limit=0');
    await downloads.grid.expectCount(tasks.length);
    await frame.goTo('Triage');
    await gridPage(page, 'Updates that wait for a decision').expectCount((count) => count > 100);
  });
});
