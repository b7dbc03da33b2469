import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { build, rendererManifest } from '../tools/build.ts';
import { out } from '../tools/paths.ts';
import { finish } from './report.ts';
import { loadedWith } from './sizes.ts';

const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    src: z.string().optional(),
    isEntry: z.boolean().optional(),
    imports: z.array(z.string()).optional(),
    dynamicImports: z.array(z.string()).optional(),
    css: z.array(z.string()).optional(),
  }),
);

const kB = (pattern: string): number =>
  globSync(pattern, { cwd: out })
    .map((file) => statSync(join(out, file)))
    .filter((file) => file.isFile())
    .reduce((total, { size }) => total + size, 0) / 1000;

await build();

const manifest = manifestSchema.parse(JSON.parse(readFileSync(rendererManifest, 'utf8')));
const entry = Object.keys(manifest).filter((name) => manifest[name]?.isEntry);
// What one may have to see on the way: a server's certificate. Removing a server is no part of it.
const signIn = Object.keys(manifest).filter((name) => /\/session\/(SignIn|Trust)/.test(name));
const first = [...loadedWith(manifest, [...entry, ...signIn])].filter((file) => /\.(js|css)$/.test(file));
const firstScreen = first.reduce((total, file) => total + statSync(join(out, 'renderer', file)).size, 0) / 1000;

finish('What is built, minified', [
  { what: 'main: scripts', measured: kB('main/**/*.js'), bar: 1500, unit: 'kB' },
  {
    what: 'preload: the larger one',
    measured: Math.max(...['desktop.cjs', 'browser.js'].map((file) => kB(`preload/${file}`))),
    bar: 10,
    unit: 'kB',
  },
  {
    what: 'renderer up to the sign-in screen',
    measured: firstScreen,
    bar: 700,
    unit: 'kB',
    note: `${first.length} files`,
  },
  // The design said 2600 before charts (300 kB) and the words of a dozen screens in two languages (400 kB); each part comes with its screen.
  { what: 'renderer, whole', measured: kB('renderer/**/*'), bar: 3000, unit: 'kB', note: 'with fonts and licences' },
]);
console.log(`  all of out/ together: ${kB('**/*').toFixed(0)} kB`);
