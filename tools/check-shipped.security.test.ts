import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressesOf, checkComplete, checkShipped, importsOf, preloadLimit } from './check-shipped.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shipped-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ship = (file: string, content: string): void => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), content);
};

const problems = (): string[] => checkShipped(folder).map(({ file, problem }) => `${file} ${problem}`);

describe('what ships', () => {
  it('is let through when nothing is wrong', () => {
    ship('main/browser.js', 'import{a}from"./chunk-1.js";import x from"node:fs";a(x)');
    ship('main/chunk-1.js', 'import http from"http";export const a=http.get');
    ship('main/desktop.js', 'import{app}from"electron";app.quit()');
    ship('preload/desktop.cjs', 'require("electron").contextBridge');
    ship('renderer/index.html', '<!doctype html><script type="module" src="./assets/a.js"></script>');
    ship('renderer/assets/a.js', 'const n="http://www.w3.org/2000/svg";import("./b.js")');
    expect(problems()).toEqual([]);
  });

  it.each([
    ['import f from"node:fs";f()', 'Node'],
    ['import*as p from"path";p', 'Node'],
    ['const c=require("child_process")', 'Node'],
    ['import("node:net")', 'Node'],
    ['import{ipcRenderer}from"electron"', 'Node'],
    ['import a from"axios"', 'package'],
    ['fetch("https://srvwapt.example/api")', 'address'],
    ['const u="https://srvwapt.example.org"', 'address'],
    ['const u="http://localhost:3000"', 'address'],
    ['const u=`https://${h}/css2`', 'address'],
    ['new WebSocket(`wss://10.0.0.1:8443/x`)', 'address'],
    ['const u="http://127.0.0.1:3000"', 'address'],
    ['const u="https://react.dev.example/errors/"', 'address'],
  ])('refuses in the window: %s', (code, what) => {
    ship('renderer/assets/a.js', code);
    expect(problems()).toEqual([expect.stringContaining(what)]);
  });

  it.each([
    '<script>alert(1)</script>',
    '<body onload="x()"></body>',
    '<script type="module" src="./assets/gone.js"></script>',
    '<link rel="stylesheet" href="https://fonts.example/x.css">',
  ])('refuses in the page: %s', (html) => {
    ship('renderer/index.html', html);
    expect(problems()).toHaveLength(1);
  });

  it('refuses a preload that is too large or loads more than the bridge', () => {
    ship('preload/desktop.cjs', `require("node:fs");"${'x'.repeat(preloadLimit)}"`);
    expect(problems()).toEqual([expect.stringContaining('bytes'), expect.stringContaining('node:fs')]);
  });

  it('refuses packages outside the bundle, and electron behind the entries that run without it', () => {
    ship('main/browser.js', 'import"./chunk-1.js"');
    ship('main/chunk-1.js', 'import{app}from"electron";import ax from"axios";app(ax)');
    expect(problems()).toEqual([
      expect.stringContaining('axios'),
      expect.stringContaining('main/browser.js reaches electron'),
    ]);
  });

  it.each(['main/a.js.map', 'main/a.ts', 'main/key.pem', 'lab/main.js'])('refuses the file %s', (file) => {
    ship(file, '');
    expect(problems()).toHaveLength(1);
  });
});

describe('a build', () => {
  it('is not complete without its entries, its bridges and its page', () => {
    expect(checkComplete(folder)).toHaveLength(6);
    for (const { file } of checkComplete(folder)) ship(file, '');
    expect(checkComplete(folder)).toEqual([]);
  });
});

describe('reading a bundle', () => {
  it('finds each way of importing, and no plain text', () => {
    const code =
      'import a,{b}from"x";export*from\'y\';import"z";await import(`w`);require("v");const t="from the list";Array.from("u")';
    expect([...importsOf(code)].toSorted()).toEqual(['v', 'w', 'x', 'y', 'z']);
  });

  it('finds addresses with a place for a host', () => {
    expect(addressesOf('a="https://${h}/x";b=`http://[::1]/`;c="https://";d="HTTPS://EXAMPLE.org"')).toEqual([
      'https://${h}/x',
      'http://[::1]/',
      'HTTPS://EXAMPLE.org',
    ]);
  });
});
