import { electron } from './console-process.ts';
import { expect, test } from './fixtures.ts';

// Every other spec runs on the desktop too; here stands what only the desktop has.
test.skip(electron === undefined, 'no Electron: npm run e2e:desktop runs the specs where one is installed');

test('opens a window of its own, without Node and without a way out', async ({ app: { page }, guard }) => {
  guard.allow(/192\.0\.2\.1/);
  expect(new URL(page.url()).protocol).toBe('app:');
  await expect(page).toHaveTitle(/WAPTWUA/);
  const found = await page.evaluate(async () => {
    const bridge = (window as unknown as { readonly waptwua: Readonly<Record<string, unknown>> }).waptwua;
    return {
      bridge: Object.keys(bridge).toSorted(),
      isFrozen: Object.isFrozen(bridge),
      node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
      opened: window.open('https://192.0.2.1/'),
      fetched: await fetch('https://192.0.2.1/').then(
        () => true,
        () => false,
      ),
      notifications: await Notification.requestPermission(),
    };
  });
  expect(found).toEqual({
    bridge: ['call', 'on'],
    isFrozen: true,
    node: [],
    opened: null,
    fetched: false,
    notifications: 'denied',
  });
});
