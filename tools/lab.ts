import { spawn } from 'node:child_process';
import { inRoot, root } from './paths.ts';

/** `npm run lab`: the WAPT server in a box, alone, with its own options (`npm run lab -- --help`). */
const child = spawn(process.execPath, [inRoot('lab', 'main.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
// Ctrl-C reaches the lab too: it closes its files, and this ends with its code.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
