import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, inRoot } from './paths.ts';
import { run } from './run.ts';

const folder = inRoot('node_modules', 'electron');
const failure = join(cache, 'electron-failed');

/** How long fetching Electron may take before the console opens in a browser instead. */
const limitMs = 20_000;

/** The Electron binary, or why there is none, in words for one line. */
export type Electron = { readonly binary: string } | { readonly missing: string };

/** The installed Electron binary, as the package's own `index.js` finds it; `undefined` when none was fetched. */
export function installedElectron(): string | undefined {
  const pathFile = join(folder, 'path.txt');
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (!given && !existsSync(pathFile)) return undefined;
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  const binary = join(given ?? join(folder, 'dist'), name);
  return existsSync(binary) ? binary : undefined;
}

/** Why no Electron window can open here though the binary runs; `undefined` when one can. */
export function noWindow(
  env: NodeJS.ProcessEnv = process.env,
  platform = process.platform,
  uid = process.getuid?.(),
): string | undefined {
  if (platform !== 'linux') return undefined;
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'this session has no display';
  if (uid === 0) return "Chromium's sandbox does not start for root";
  return undefined;
}

/**
 * The Electron to open the desktop window with, fetched once where there is none: one try of 20 s, and a failure is
 * remembered until Electron's version changes (`npx install-electron` fetches it without a limit).
 */
export async function bringElectron(say: (text: string) => void): Promise<Electron> {
  const installed = installedElectron();
  if (installed) return { binary: installed };
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version: string };
  if (existsSync(failure) && readFileSync(failure, 'utf8') === version) {
    return { missing: `Electron ${version} could not be fetched before (npx install-electron tries again)` };
  }
  say(`fetching Electron ${version}, once, for at most 20 s…`);
  const ran = await run(process.execPath, [join(folder, 'install.js')], { timeoutMs: limitMs });
  const binary = installedElectron();
  if (binary) {
    rmSync(failure, { force: true });
    return { binary };
  }
  writeFileSync(failure, version);
  const reason =
    ran.code === 124
      ? 'not within 20 s'
      : (/^\w*Error: .*$/m.exec(ran.output)?.[0] ?? 'the download failed').slice(0, 120);
  return { missing: `Electron ${version} could not be fetched: ${reason}` };
}
