import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { electron } from './console-process.ts';
import { expect, test } from './fixtures.ts';
import { exportPage } from './pages/export.ts';
import { parseCsv, readXlsx } from './read-files.ts';
import { sharedTest } from './shared.ts';

test.skip(electron !== undefined, 'on the desktop a dialog of the system asks where to save');

const columns = ['KBs', 'Title', 'Severity', 'Needed'] as const;

sharedTest('exports the list as it is filtered, sorted and selected', async ({ signedIn, folder }) => {
  const { page, updates } = signedIn;
  const { grid } = updates;
  const all = await grid.count();
  await updates.entry('Severity', 'Critical').check();
  await grid.expectCount((count) => count > 2 && count < all);
  await grid.root.getByRole('columnheader', { name: 'KBs' }).click();
  await expect(grid.root.getByRole('columnheader', { name: 'KBs' })).toHaveAttribute('aria-sort', 'ascending');
  const shown = await Promise.all(columns.map((column) => grid.inOrder(column)));
  const count = await grid.count();
  const exporter = exportPage(page);

  await test.step('CSV has the rows on screen, in their order', async () => {
    await exporter.open();
    const { name, bytes } = await exporter.as('CSV');
    expect(name).toMatch(/^windows-updates-[\d-]+\.csv$/);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [head = [], ...records] = parseCsv(bytes.toString('utf8'));
    const written = columns.map((column) => records.slice(0, count).map((record) => record[head.indexOf(column)]));
    expect(written).toEqual(shown);
    const said = records.slice(count).map(([text]) => text);
    expect(said).toContainEqual(expect.stringMatching(new RegExp(`^Rows: ${count} of `)));
    expect(said).toContainEqual(expect.stringMatching(/^Filter: Needed by some host · Critical/));
  });

  await test.step('the workbook has as many, and says what it is', async () => {
    await exporter.open();
    const { sheets } = await readXlsx((await exporter.as('Excel workbook')).bytes);
    expect(sheets[0]?.rows).toHaveLength(count + 1);
    expect(sheets[1]?.rows).toContainEqual(['User', 'admin']);
  });

  await test.step('only what is selected', async () => {
    await grid.row(shown[1]?.[1] ?? '').toggle();
    await exporter.open();
    await exporter.onlySelected.check();
    const records = parseCsv((await exporter.as('CSV')).bytes.toString('utf8'));
    expect(records[1]?.[records[0]?.indexOf('KBs') ?? -1]).toBe(shown[0]?.[1]);
    expect(records.map(([text]) => text)).toContainEqual(expect.stringMatching(/^Rows: 1 of /));
  });

  await test.step('the report opens where no script runs', async () => {
    await exporter.open();
    const file = join(folder, 'report.html');
    writeFileSync(file, (await exporter.as('Report')).bytes);
    const elsewhere = await page.context().browser()?.newContext({ javaScriptEnabled: false });
    if (elsewhere === undefined) throw new Error('no browser');
    const report = await elsewhere.newPage();
    const complaints: string[] = [];
    report.on('console', (message) => complaints.push(message.text()));
    report.on('request', (request) => {
      if (!request.url().startsWith('file:')) complaints.push(request.url());
    });
    await report.goto(pathToFileURL(file).href);
    await expect(report.getByRole('heading', { name: 'Windows updates' })).toBeVisible();
    await expect(report.getByRole('row')).toHaveCount(count + 1);
    await expect(report.getByText('Needed by some host · Critical')).toBeVisible();
    expect(complaints).toEqual([]);
    await elsewhere.close();
  });
});
