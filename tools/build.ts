import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import react from '@vitejs/plugin-react';
import { type InlineConfig, type Plugin, build as vite } from 'vite';
import { cache, inRoot, out, root } from './paths.ts';

/** One of the three folders of `out/`. */
export type Part = 'main' | 'preload' | 'renderer';

/** What was built anew, and what was left because no source of it had changed. */
export type BuildReport = {
  readonly built: readonly Part[];
  readonly unchanged: readonly Part[];
  readonly seconds: number;
};

/** Where the renderer's manifest lies: which chunk loads which, for the measure of what the first screen costs. */
export const rendererManifest = join(cache, 'renderer-manifest.json');

const sources: Readonly<Record<Part, readonly string[]>> = {
  main: ['domain', 'contract', 'wapt', 'main'],
  preload: ['domain', 'contract', 'preload'],
  renderer: ['domain', 'contract', 'renderer'],
};

const common = {
  configFile: false,
  root,
  logLevel: 'warn',
  publicDir: false,
  clearScreen: false,
} satisfies InlineConfig;

/**
 * Gives each worker its own entry: `new URL('./worker.ts', import.meta.url)` in a source becomes the address of the
 * built file, at the same path below `out/main`.
 */
function workerEntries(): Plugin {
  const address = /new URL\(\s*(['"])(\.{1,2}\/[^'"]+)\.ts\1\s*,\s*import\.meta\.url\s*\)/g;
  return {
    name: 'console:worker-entries',
    enforce: 'pre',
    transform(code, id) {
      if (!address.test(code)) return null;
      return code.replace(address, (_whole, _quote, path: string) => {
        const source = join(dirname(id), `${path}.ts`);
        const fileName = `${relative(inRoot('main'), source).slice(0, -'.ts'.length).replaceAll('\\', '/')}.js`;
        this.emitFile({ type: 'chunk', id: source, fileName });
        return `new URL('./${fileName}', import.meta.url)`;
      });
    },
  };
}

/**
 * Takes the address of Google's fonts out of AG Grid. It is asked only when a theme wishes it, and the content policy
 * forbids it; without it the window's bundle holds no server's address at all.
 */
function withoutFontServer(): Plugin {
  const rule = /`@import url\('https:\/\/\$\{googleFontsDomain\}[^`]*`/;
  return {
    name: 'console:without-font-server',
    transform: (code, id) => (/node_modules.ag-stack/.test(id) && rule.test(code) ? code.replace(rule, "''") : null),
  };
}

const existing = (folder: string, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.map((name) => [name, inRoot(folder, `${name}.ts`)] as const).filter(([, path]) => existsSync(path)),
  );

function mainConfig(outDir: string): InlineConfig {
  return {
    ...common,
    plugins: [workerEntries()],
    // Nothing of node_modules ships: what main needs is in its bundle.
    ssr: { target: 'node', noExternal: true, external: ['electron'] },
    build: {
      ssr: true,
      target: 'node24',
      outDir,
      emptyOutDir: true,
      minify: true,
      license: { fileName: 'licences.md' },
      rolldownOptions: {
        input: existing('main', ['desktop', 'browser', 'cli']),
        external: ['electron', /^node:/],
        // Chunks lie beside the entries, so that import.meta.url means the same folder in all of them.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  };
}

function preloadConfig(outDir: string, name: 'desktop' | 'browser'): InlineConfig {
  const desktop = name === 'desktop';
  return {
    ...common,
    build: {
      target: desktop ? 'node24' : 'es2023',
      outDir,
      emptyOutDir: false,
      minify: true,
      modulePreload: false,
      rolldownOptions: {
        input: existing('preload', [name]),
        external: ['electron'],
        output: {
          // A sandboxed preload is CommonJS; in browser mode the same object is installed by a classic script.
          format: desktop ? 'cjs' : 'iife',
          entryFileNames: desktop ? '[name].cjs' : '[name].js',
          codeSplitting: false,
        },
      },
    },
  };
}

function rendererConfig(outDir: string): InlineConfig {
  return {
    ...common,
    root: inRoot('renderer'),
    base: './',
    plugins: [react(), withoutFontServer()],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      target: 'es2023',
      outDir,
      emptyOutDir: true,
      minify: true,
      manifest: 'manifest.json',
      // The content policy allows no data: address for scripts and fonts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      license: { fileName: 'licences.md' },
      chunkSizeWarningLimit: 2000,
    },
  };
}

/** Vite asks NODE_ENV which React to take, and a test runner sets it. */
async function inProduction(config: InlineConfig): Promise<void> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await vite({ ...config, mode: 'production' });
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

/** Builds one part into an empty folder. */
export async function buildPart(part: Part, outDir: string): Promise<void> {
  if (part === 'main') {
    await inProduction(mainConfig(outDir));
  } else if (part === 'renderer') {
    await inProduction(rendererConfig(outDir));
    renameSync(join(outDir, 'manifest.json'), rendererManifest);
  } else {
    for (const name of ['desktop', 'browser'] as const) {
      if (existsSync(inRoot('preload', `${name}.ts`))) await inProduction(preloadConfig(outDir, name));
    }
  }
}

const hasSources = (part: Part): boolean =>
  part === 'renderer'
    ? existsSync(inRoot('renderer', 'index.html'))
    : Object.keys(existing(part, ['desktop', 'browser', 'cli'])).length > 0;

function fingerprint(part: Part): string {
  const hash = createHash('sha256');
  const files = sources[part]
    .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx,html,css,json,svg,png,woff2}`, { cwd: root }))
    .filter((file) => !/\.test\.tsx?$|tsconfig\.json$|^wapt[/\\]vectors/.test(file));
  for (const file of [...files.toSorted(), 'tools/build.ts', 'package-lock.json']) {
    hash.update(`${file}\0`).update(readFileSync(inRoot(file)));
  }
  return hash.digest('hex');
}

/** Puts the new folder in place of the old one; a console that runs keeps the files it has opened. */
function replace(fresh: string, target: string): void {
  const old = join(cache, `old-${process.pid}-${Date.now()}`);
  mkdirSync(dirname(target), { recursive: true });
  if (existsSync(target)) renameSync(target, old);
  renameSync(fresh, target);
  rmSync(old, { recursive: true, force: true });
}

/** Builds what ships into `out/`: each part whose sources, or the lock, changed since it was built. */
export async function build(options: { readonly force?: boolean } = {}): Promise<BuildReport> {
  const started = performance.now();
  mkdirSync(cache, { recursive: true });
  const built: Part[] = [];
  const unchanged: Part[] = [];
  for (const part of ['main', 'preload', 'renderer'] as const) {
    if (!hasSources(part)) continue;
    const mark = join(cache, `built-${part}`);
    const wanted = fingerprint(part);
    const there = existsSync(join(out, part)) && existsSync(mark) && readFileSync(mark, 'utf8') === wanted;
    if (there && !options.force) {
      unchanged.push(part);
      continue;
    }
    const fresh = join(cache, `build-${process.pid}-${part}`);
    await buildPart(part, fresh);
    replace(fresh, join(out, part));
    writeFileSync(mark, wanted);
    built.push(part);
  }
  return { built, unchanged, seconds: (performance.now() - started) / 1000 };
}

if (import.meta.main) {
  const report = await build({ force: process.argv.includes('--force') });
  const said = report.built.length > 0 ? `built ${report.built.join(', ')}` : 'nothing had changed';
  console.log(`build: ${said} in ${report.seconds.toFixed(1)} s`);
}
