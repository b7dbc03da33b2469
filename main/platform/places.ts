import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';

/** Where the parts that are built lie, from the folder of the running entry: `out/main` when built, `main` from the source. */
export interface Places {
  /** The window's bundle. */
  readonly renderer: string;
  /** The script that installs the bridge in browser mode. */
  readonly bridge: string;
  /** The preload of the desktop. */
  readonly preload: string;
  /** The top folder, with package.json. */
  readonly root: string;
}

/** Finds the parts. */
export function placesFrom(entryFolder: string): Places {
  const above = dirname(entryFolder);
  const out = basename(above) === 'out' ? above : join(above, 'out');
  return {
    renderer: join(out, 'renderer'),
    bridge: join(out, 'preload', 'browser.js'),
    preload: join(out, 'preload', 'desktop.cjs'),
    root: dirname(out),
  };
}

/** The version that package.json says. */
export function versionOf(places: Places): string {
  const text = readFileSync(join(places.root, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
