/**
 * Runs a built desktop entry in this process, with the stand-in in Electron's place: `run-built.ts ENTRY SYSTEM LOG words…`. The
 * entry sees the words as those of an installed program; what was asked of Electron is in the file LOG at the end, as JSON.
 */
import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { type System, standIn } from './electron.ts';

const [, , entry = '', system = '{}', log = '', ...words] = process.argv;
const { electron, world } = standIn({
  loadPreload: () => Promise.reject(new Error('a command opens no window')),
  isFirstInstance: true,
  secretBackend: 'gnome_libsecret',
  chosenFile: null,
  proxy: 'DIRECT',
  ...(JSON.parse(system) as Partial<System>),
});
const { app } = electron;
Object.assign(app, {
  // As Electron's own: at once, and without asking anybody.
  exit: (code: number) => {
    world.log.push(['exit', code]);
    const { windows, notifications, handlers } = world;
    const counts = { windows: windows.length, notifications: notifications.length, channels: handlers.size };
    writeFileSync(log, JSON.stringify({ log: world.log, ...counts }));
    process.exit(code);
  },
});
// Signals end an Electron as a wish to quit.
process.on('SIGTERM', () => app.quit());

Object.assign(globalThis, { electronStandIn: electron });
const source = `const electron = globalThis.electronStandIn;\n${Object.keys(electron)
  .map((name) => `export const ${name} = electron.${name};`)
  .join('\n')}`;
registerHooks({
  resolve: (name, context, next) =>
    name === 'electron' ? { url: 'stand-in:electron', shortCircuit: true } : next(name, context),
  load: (url, context, next) =>
    url === 'stand-in:electron' ? { format: 'module', source, shortCircuit: true } : next(url, context),
});
process.argv = [process.execPath, ...words];
await import(pathToFileURL(entry).href);
