import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.ts';
import { checkComplete, checkShipped } from './check-shipped.ts';
import { root } from './paths.ts';

/**
 * Packs the console for this system, or as electron-builder's own options say: `npm run package -- --linux dir`.
 * `-c.electronDist=<folder>` packs around an Electron that is already on this machine instead of fetching one.
 */
await build();
const found = [...checkComplete(), ...checkShipped()];
if (found.length > 0) {
  for (const { file, problem } of found) console.log(`out/${file}: ${problem}`);
  process.exit(1);
}
const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');
const { status } = spawnSync(
  process.execPath,
  [builder, 'build', '--config', 'electron-builder.yml', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;
