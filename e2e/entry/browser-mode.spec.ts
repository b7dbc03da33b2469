import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { type BrowserEntry, startBrowserEntry } from './browser-entry.ts';
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.ts';

declare global {
  interface Window {
    heard: unknown[];
  }
}

test.describe.configure({ mode: 'serial' });

let entry: BrowserEntry;
let proxy: CuttingProxy;
let context: BrowserContext;
let page: Page;
const violations: string[] = [];

const appInfo = (of: Page) => of.evaluate(() => window.waptwua.call('app.info', {}));

test.beforeAll(async ({ browser }) => {
  entry = await startBrowserEntry();
  proxy = await startCuttingProxy();
  context = await browser.newContext({ proxy: { server: proxy.server } });
  page = await context.newPage();
  page.on('console', (message) => {
    if (/Content Security Policy|Permissions-Policy/i.test(message.text())) violations.push(message.text());
  });
  await page.goto(entry.address);
});

test.afterAll(async () => {
  await context.close();
  await proxy.stop();
  await entry.end();
});

test('opens by the printed address, and keeps the token nowhere', async () => {
  expect(await appInfo(page)).toMatchObject({ ok: true, value: { entry: 'browser', canKeepSecrets: false } });
  expect(page.url()).not.toContain(entry.token);
  const kept = await page.evaluate(() =>
    JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage), document.cookie]),
  );
  expect(kept).not.toContain(entry.token);
  expect(await context.cookies()).toEqual([]);
  expect(entry.output()).toBe(`console: ${entry.address}\n`);
});

test('gives the page a frozen bridge and no Node', async () => {
  const found = await page.evaluate(() => ({
    keys: Object.keys(window.waptwua),
    isFrozen: Object.isFrozen(window.waptwua),
    isFixed: Object.getOwnPropertyDescriptor(window, 'waptwua')?.writable === false,
    node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
  }));
  expect(found).toEqual({ keys: ['call', 'on'], isFrozen: true, isFixed: true, node: [] });
});

test('goes on after a reload, and not in a tab that nobody let in', async () => {
  await page.reload();
  expect(await appInfo(page)).toMatchObject({ ok: true });
  const other = await context.newPage();
  for (const address of [entry.address, entry.origin]) {
    await other.goto(address);
    expect(await appInfo(other)).toEqual({ ok: false, error: { code: 'foreign-sender' } });
  }
  await other.close();
});

test('draws its first screen without breaking its own policy', async () => {
  await expect(page.locator('#root > *').first()).toBeAttached();
  expect(violations).toEqual([]);
});

test('runs no script and loads no style that is not of the bundle, and connects to nobody else', async () => {
  const outcome = await page.evaluate(async () => {
    const broken: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => broken.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    const style = document.createElement('style');
    style.textContent = 'body { --injected: 1 }';
    const frame = document.createElement('iframe');
    frame.src = 'https://192.0.2.1/';
    const image = new Image();
    image.src = 'https://192.0.2.1/x.png';
    document.body.append(script, style, frame, image);
    await fetch('https://192.0.2.1/').catch(() => null);
    await new Promise((done) => setTimeout(done, 100));
    for (const element of [script, style, frame, image]) element.remove();
    return { broken: broken.toSorted(), injected: 'injected' in window };
  });
  expect(outcome.injected).toBe(false);
  expect(new Set(outcome.broken)).toEqual(
    new Set(['connect-src', 'frame-src', 'img-src', 'script-src-elem', 'style-src-elem']),
  );
});

test('does not answer a page of another origin in the same browser', async () => {
  const secret = await page.evaluate(() => sessionStorage.getItem('waptwua.session'));
  const foreign = await context.newPage();
  await foreign.route('http://other.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>other</title>' }),
  );
  await foreign.goto('http://other.example/');
  const answer = await foreign.evaluate(
    async ([origin, stolen]) => {
      const headers = { 'x-console-session': stolen ?? '', 'content-type': 'text/plain' };
      const tries = [
        fetch(`${origin}/call/app.info`, { method: 'POST', headers, body: '{}' }),
        fetch(`${origin}/call/app.info`, { method: 'POST', body: '{}', mode: 'no-cors' }),
        fetch(`${origin}/events`, { headers }),
      ];
      const settled = await Promise.allSettled(tries);
      return settled.map((one) => (one.status === 'fulfilled' ? `${one.value.type}:${one.value.status}` : 'failed'));
    },
    [entry.origin, secret] as const,
  );
  expect(answer).toEqual(['failed', expect.stringMatching(/^(opaque:0|failed)$/), 'failed']);
  await foreign.close();
});

test('hears events again after a break, those it missed too', async () => {
  const secret = (await page.evaluate(() => sessionStorage.getItem('waptwua.session'))) ?? '';
  await page.evaluate(() => {
    window.heard = [];
    window.waptwua.on('settings.changed', (payload) => window.heard.push(payload));
  });
  const streams: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/events')) streams.push(request.url());
  });
  proxy.cut();
  const changed = await fetch(`${entry.origin}/call/settings.set`, {
    method: 'POST',
    headers: { origin: entry.origin, 'x-console-session': secret },
    body: JSON.stringify({ density: 'compact' }),
  });
  expect(await changed.json()).toMatchObject({ ok: true });
  expect(await page.evaluate(() => window.heard)).toEqual([]);
  proxy.mend();
  await expect.poll(() => page.evaluate(() => window.heard.length)).toBe(1);
  expect(streams.at(-1)).toMatch(/\/events\?after=\d+$/);
});

test('ends when it is asked to, and leaves files of its owner alone', async () => {
  const settings = join(entry.folder, 'settings.json');
  expect(existsSync(settings)).toBe(true);
  expect(statSync(settings).mode & 0o777).toBe(0o600);
  expect(statSync(entry.folder).mode & 0o777).toBe(0o700);
  const ended = new Promise((done) => entry.child.once('exit', (code) => done(code)));
  entry.child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(await appInfo(page)).toEqual({ ok: false, error: { code: 'internal' } });
});

test('opens a file instead of an address that carries a token', async () => {
  const tools = join(entry.folder, 'bin');
  const seen = join(entry.folder, 'seen');
  mkdirSync(tools, { recursive: true });
  for (const name of ['xdg-open', 'open']) {
    writeFileSync(join(tools, name), `#!/bin/sh\ncp "\${1#file://}" '${seen}.html'\nprintf %s "$1" > '${seen}'\n`);
    chmodSync(join(tools, name), 0o700);
  }
  const opened = await startBrowserEntry(['--open'], { PATH: `${tools}:${process.env['PATH'] ?? ''}` });
  try {
    await expect.poll(() => existsSync(seen)).toBe(true);
    expect(readFileSync(seen, 'utf8')).toMatch(/^file:\/\/.*\/open-[0-9a-f]+\.html$/);
    expect(readFileSync(`${seen}.html`, 'utf8')).toContain(opened.address);
  } finally {
    await opened.end();
  }
});
