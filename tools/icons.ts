import { readFileSync, writeFileSync } from 'node:fs';
import { chromium, type Page } from 'playwright';
import { browserArguments, findBrowser } from './browser.ts';
import { inRoot } from './paths.ts';

/** A Windows icon file of PNG pictures, each with its side in pixels (at most 256). */
export function iconFile(pictures: readonly { readonly side: number; readonly png: Buffer }[]): Buffer {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  for (const [index, { side, png }] of pictures.entries()) {
    const entry = 6 + 16 * index;
    header.writeUInt8(side % 256, entry);
    header.writeUInt8(side % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

async function draw(page: Page, svg: string, side: number): Promise<Buffer> {
  await page.setViewportSize({ width: side, height: side });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${side}px;height:${side}px}</style>${svg}`);
  return page.screenshot({ omitBackground: true });
}

/** Draws the pictures of `assets/` that packages need from `assets/icon.svg`. */
async function main(): Promise<void> {
  const executablePath = findBrowser();
  const browser = await chromium.launch({ args: [...browserArguments], ...(executablePath ? { executablePath } : {}) });
  try {
    const page = await browser.newPage();
    const svg = readFileSync(inRoot('assets', 'icon.svg'), 'utf8');
    writeFileSync(inRoot('assets', 'icon.png'), await draw(page, svg, 512));
    const pictures: { side: number; png: Buffer }[] = [];
    for (const side of [16, 24, 32, 48, 64, 128, 256]) pictures.push({ side, png: await draw(page, svg, side) });
    writeFileSync(inRoot('assets', 'icon.ico'), iconFile(pictures));
  } finally {
    await browser.close();
  }
}

if (import.meta.main) await main();
