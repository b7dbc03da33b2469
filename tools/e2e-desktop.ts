import { build } from './build.ts';
import { installedElectron, noWindow } from './electron.ts';
import { endTogether, runPackage } from './run.ts';

/** The e2e on a real Electron, where one is installed; where none is, it says so, and nothing is proved. */
endTogether();
const binary = installedElectron();
const reason = binary ? noWindow() : 'no Electron is installed (npx install-electron fetches it)';
if (reason !== undefined || binary === undefined) {
  console.log(`e2e:desktop: not run: ${reason ?? ''}`);
} else {
  await build();
  const ran = await runPackage('playwright', ['test', '--config=e2e/playwright.config.ts', ...process.argv.slice(2)], {
    of: '@playwright/test',
    env: { E2E_ELECTRON: binary },
    heard: (piece) => process.stdout.write(piece),
  });
  process.exitCode = ran.code;
}
