import { expect } from './fixtures.ts';
import { sharedTest } from './shared.ts';

sharedTest('speaks French at once, everywhere, and after a reload', async ({ signedIn }) => {
  const { page, frame } = signedIn;
  await frame.choose('Français');
  const navigation = page.getByRole('navigation', { name: 'Écrans' });
  await expect(navigation).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  // Shy hyphens let long names break.
  const plain = (text: string): string => text.replaceAll('\u00ad', '');
  for (const link of await navigation.getByRole('link').all()) {
    const screen = plain(await link.innerText());
    expect(screen).not.toMatch(/^(Windows Updates|Hosts|Downloads|WAPTWUA packages)$/);
    await link.click();
    await expect(page.getByRole('banner').getByRole('heading', { level: 1 })).toHaveText(screen);
    await expect(page.getByRole('main')).not.toContainText(/\b(Refresh|Search|Nothing|rows|Delete)\b/);
  }
  await navigation.getByRole('link', { name: 'Mises à jour Windows' }).click();
  const grid = page.getByRole('grid').first();
  await expect(grid.getByRole('columnheader', { name: 'Titre' })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: /^Critique \d+$/ })).toBeVisible();
  await page.reload();
  await expect(navigation).toBeVisible();
});

sharedTest('is light, dark and of high contrast, and stays so', async ({ signedIn }) => {
  const { page, frame } = signedIn;
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const luminance = async (): Promise<number> => {
    const [red = 0, green = 0, blue = 0] = (await ground()).match(/\d+/g)?.map(Number) ?? [];
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  };
  await frame.choose('Light');
  await expect.poll(luminance).toBeGreaterThan(0.85);
  await frame.choose('Dark');
  await expect.poll(luminance).toBeLessThan(0.15);
  await page.reload();
  await signedIn.updates.ready();
  await expect.poll(luminance).toBeLessThan(0.15);
  await frame.choose('High contrast');
  await expect.poll(ground).toBe('rgb(0, 0, 0)');
});

sharedTest('shows other columns, and remembers them', async ({ signedIn }) => {
  const { page, frame, updates } = signedIn;
  await page.getByRole('button', { name: 'Columns' }).click();
  const chooser = page.getByRole('dialog', { name: 'Choose columns' });
  for (const column of ['Product', 'Classification', 'Severity'])
    await chooser.getByRole('checkbox', { name: column, exact: true }).uncheck();
  await chooser.getByRole('checkbox', { name: 'CVE' }).check();
  await page.keyboard.press('Escape');
  const header = (name: string) => updates.grid.root.getByRole('columnheader', { name, exact: true });
  await expect(header('CVE')).toBeVisible();
  await expect(header('Product')).toBeHidden();
  await frame.keeps('"colId":"product","hide":true', '"colId":"cveIds","hide":false');
  await page.reload();
  await updates.ready();
  await expect(header('CVE')).toBeVisible();
  await expect(header('Product')).toBeHidden();
});
