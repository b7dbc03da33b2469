import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bringBrowser, installCommand } from './browser.ts';
import { cache } from './paths.ts';
import { endTogether, type Ran, runPackage } from './run.ts';
import {
  built,
  format,
  inOrder,
  lint,
  type Outcome,
  report,
  type Step,
  shipped,
  single,
  types,
  unused,
} from './steps.ts';
import { type Report, readPlaywright, readVitest } from './test-reports.ts';

const usage = `npm test [-- options]
  --unit          unit and contract tests only
  --e2e           build and e2e only
  --only <text>   only the tests whose name matches
  --install       install a browser by the system's packages where there is none`;

const { values } = parseArgs({
  options: {
    unit: { type: 'boolean', default: false },
    e2e: { type: 'boolean', default: false },
    only: { type: 'string' },
    install: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) {
  console.log(usage);
  process.exit(0);
}

endTogether();
// The command line, the lab and the console are started many times: what was compiled once is not compiled again.
process.env['NODE_COMPILE_CACHE'] ??= join(cache, 'compiled');
const whole = !values.unit && !values.e2e && values.only === undefined;
const say = (text: string): void => console.log(`  ${text}`);

// A run that hangs still ends with its last line; on two idle cores it is far from this.
const deadline = Date.now() + 60 * 60_000;
const left = (): number => deadline - Date.now();

const counted = (name: string, ran: Ran, file: string, read: (json: string) => Report): Outcome => {
  const outcome = single(name, ran);
  if (!existsSync(file)) return outcome;
  const { notable, settled } = read(readFileSync(file, 'utf8'));
  return { ...outcome, ...settled(ran.code), notable };
};

const unit: Step = {
  name: 'unit',
  work: async (timeoutMs) => {
    const file = join(cache, 'unit.json');
    rmSync(file, { force: true });
    const only = values.only === undefined ? [] : ['-t', values.only];
    const ran = await runPackage(
      'vitest',
      ['run', '--reporter=minimal', '--reporter=json', `--outputFile.json=${file}`, ...only],
      {
        timeoutMs,
        env: { NO_COLOR: '1', FORCE_COLOR: '0' },
      },
    );
    return counted('unit', ran, file, readVitest);
  },
};

const e2e: Step = {
  name: 'e2e',
  work: async (timeoutMs) => {
    const browser = await bringBrowser(values.install, say);
    if (!browser) {
      const output = `No Chromium was found for the e2e tests. Run, as root:\n  ${installCommand}\nor: npm test -- --install`;
      return single('e2e', { code: 1, output, seconds: 0 });
    }
    const file = join(cache, 'e2e.json');
    rmSync(file, { force: true });
    const only = values.only === undefined ? [] : ['--grep', values.only, '--pass-with-no-tests'];
    const ran = await runPackage(
      'playwright',
      ['test', '--config=e2e/playwright.config.ts', '--reporter=list,json', ...only],
      {
        of: '@playwright/test',
        timeoutMs,
        env: { NO_COLOR: '1', FORCE_COLOR: '0', E2E_BROWSER: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
        ...(values.e2e ? { heard: (piece: string) => process.stdout.write(piece) } : {}),
      },
    );
    return counted('e2e', ran, file, readPlaywright);
  },
};

const outcomes: Outcome[] = [];
if (whole) {
  // Two lanes for two cores: what is built, and what is only read.
  const [left1, left2] = await Promise.all([
    inOrder([built, shipped], left, report),
    inOrder([format, lint, types, unused], left, report),
  ]);
  outcomes.push(...left1, ...left2);
} else if (!values.unit) {
  outcomes.push(...(await inOrder([built], left, report)));
}
const buildFailed = outcomes.some(({ name, failed }) => name === 'build' && failed > 0);
if (!values.e2e) outcomes.push(...(await inOrder([unit], left, report)));
if (!values.unit) {
  const refused = single('e2e', { code: 1, output: 'not run: the build failed', seconds: 0 });
  outcomes.push(
    ...(await inOrder([buildFailed ? { name: 'e2e', work: () => Promise.resolve(refused) } : e2e], left, report)),
  );
}

const sum = (key: 'passed' | 'failed' | 'skipped'): number =>
  outcomes.reduce((total, outcome) => total + outcome[key], 0);
const skipped = sum('skipped');
process.exitCode = sum('failed') > 0 ? 1 : 0;
console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
