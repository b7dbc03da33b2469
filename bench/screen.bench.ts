import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { type Browser, chromium, type Page } from 'playwright';
import { build } from 'vite';
import { bringBrowser, browserArguments } from '../tools/browser.ts';
import { cache, inRoot } from '../tools/paths.ts';
import { ratioOf } from './measure.ts';
import { finish } from './report.ts';
import type { Area, Bench } from './screen/page.tsx';

const FILTERED = 20_000;
const HELD = 100_000;
const folder = join(cache, 'bench-screen');
const origin = 'http://bench.test';

process.env['NODE_ENV'] = 'production';
await build({
  configFile: false,
  mode: 'production',
  root: inRoot('bench', 'screen'),
  base: './',
  logLevel: 'warn',
  publicDir: false,
  plugins: [react()],
  define: { 'process.env.NODE_ENV': '"production"' },
  build: { target: 'es2023', outDir: folder, emptyOutDir: true, minify: true, chunkSizeWarningLimit: 3000 },
});

const executablePath = await bringBrowser(false, console.log);
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  // A frame is drawn as soon as it is ready: waiting for the screen's beat would make all figures alike.
  args: [...browserArguments, '--disable-frame-rate-limit', '--disable-gpu-vsync', '--js-flags=--expose-gc'],
});

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

async function openPage(from: Browser, rows: number): Promise<Page> {
  const page = await (await from.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.route(`${origin}/**`, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const contentType = types[extname(name)] ?? 'application/octet-stream';
    return route.fulfill({ body: readFileSync(join(folder, name)), contentType });
  });
  await page.goto(`${origin}/index.html`);
  await page.evaluate((count) => (globalThis as unknown as { bench: Bench }).bench.prepare(count), rows);
  return page;
}

const draw = (page: Page, what: 'console' | 'bare', area?: Area): Promise<Area> =>
  page.evaluate((asked) => (globalThis as unknown as { bench: Bench }).bench.draw(asked.what, asked.area), {
    what,
    ...(area === undefined ? {} : { area }),
  });

const drawnOn = (page: Page): Promise<ReturnType<Bench['drawn']>> =>
  page.evaluate(() => (globalThis as unknown as { bench: Bench }).bench.drawn());

/** Milliseconds from the first filter to the last painted row, by the clock of the page. */
const goThrough = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const started = performance.now();
    await (globalThis as unknown as { bench: Bench }).bench.goThrough();
    return performance.now() - started;
  });

/** Megabytes that live on the page after everything unused was thrown away: of the engine, and of the document. */
async function megabytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  for (let i = 0; i < 2; i++) await session.send('HeapProfiler.collectGarbage');
  const usage: Readonly<Record<string, number>> = await session.send('Runtime.getHeapUsage');
  await session.detach();
  const { usedSize = Number.NaN, embedderHeapUsedSize = 0, backingStorageSize = 0 } = usage;
  return (usedSize + embedderHeapUsedSize + backingStorageSize) / 1e6;
}

const consolePage = await openPage(browser, FILTERED);
const area = await draw(consolePage, 'console');
const barePage = await openPage(browser, FILTERED);
await draw(barePage, 'bare', area);
const [drawn, drawnBare] = await Promise.all([consolePage, barePage].map(drawnOn));
if (JSON.stringify(drawn) !== JSON.stringify(drawnBare))
  throw new Error(`the console draws ${JSON.stringify(drawn)}, AG Grid alone ${JSON.stringify(drawnBare)}`);

const held = async (what: 'console' | 'bare'): Promise<number> => {
  const page = await openPage(browser, HELD);
  await draw(page, what, area);
  const figure = await megabytes(page);
  await page.context().close();
  return figure;
};

finish(`The update list on screen against AG Grid alone in the same area (${area.width} × ${area.height})`, [
  await ratioOf({
    what: `seven filters over ${FILTERED.toLocaleString('en')} updates, painted`,
    bar: 1.3,
    unit: 'ms',
    baseline: () => goThrough(barePage),
    subject: () => goThrough(consolePage),
  }),
  await ratioOf({
    what: `memory with ${HELD.toLocaleString('en')} rows`,
    bar: 1.2,
    unit: 'MB',
    baseline: () => held('bare'),
    subject: () => held('console'),
  }),
]);
await browser.close();
