import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { root } from './paths.ts';

/** Each bench is a script of its own that prints its table and ends with 1 when a line is above its bar. */
const asked = process.argv.slice(2);
const files = globSync('bench/**/*.bench.ts', { cwd: root })
  .filter((file) => asked.length === 0 || asked.some((word) => file.includes(word)))
  .toSorted();

if (files.length === 0) console.log(`bench: nothing is called like that (${asked.join(' ')})`);
const above: string[] = [];
for (const file of files) {
  // One after the other, and each in a process of its own: they measure time and memory.
  const { status } = spawnSync(process.execPath, ['--expose-gc', file], { cwd: root, stdio: 'inherit' });
  if (status !== 0) above.push(file);
}
if (above.length > 0) console.log(`above the bar, or broken: ${above.join(', ')}`);
process.exitCode = above.length > 0 || files.length === 0 ? 1 : 0;
