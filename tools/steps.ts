import { stripVTControlCharacters } from 'node:util';
import { build } from './build.ts';
import { checkComplete, checkShipped } from './check-shipped.ts';
import { type Ran, runPackage } from './run.ts';

/** How a step ended: how many of its parts passed, failed and were skipped, what of it to name, and what more to show when some failed. */
export type Outcome = {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  readonly notable: readonly string[];
  readonly output: string;
};

/** Something that is proved, given the time that is left in ms. */
export type Step = { readonly name: string; readonly work: (leftMs: number) => Promise<Outcome> };

/** A step that is one yes or no. */
export const single = (name: string, ran: Ran): Outcome => ({
  name,
  passed: ran.code === 0 ? 1 : 0,
  failed: ran.code === 0 ? 0 : 1,
  skipped: 0,
  seconds: ran.seconds,
  notable: [],
  output: ran.output,
});

const command = (name: string, bin: string, args: readonly string[], of?: string): Step => ({
  name,
  work: async (timeoutMs) => single(name, await runPackage(bin, args, { timeoutMs, ...(of ? { of } : {}) })),
});

/** Every folder compiles, with no more than its own arrows. */
export const types = command('types', 'tsc', ['-b'], 'typescript');

/** Lint with types; a warning is an error. */
export const lint = command('lint', 'oxlint', ['--type-aware', '--deny-warnings']);

/** Formatting and the order of imports. */
export const format = command('format', 'biome', ['ci', '--linter-enabled=false', '--colors=off'], '@biomejs/biome');

/** No file, export or package that nothing uses. */
export const unused = command('unused', 'knip', ['--config', 'tools/knip.json', '--no-progress']);

const inProcess = async (name: string, work: () => Promise<string>): Promise<Outcome> => {
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  try {
    const output = await work();
    return single(name, { code: output === '' ? 0 : 1, output, seconds: seconds() });
  } catch (error) {
    const output = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return single(name, { code: 1, output, seconds: seconds() });
  }
};

/** What ships is built. */
export const built: Step = {
  name: 'build',
  work: () =>
    inProcess('build', async () => {
      await build();
      return '';
    }),
};

/** What was built holds nothing that must not ship. */
export const shipped: Step = {
  name: 'shipped',
  work: () =>
    inProcess('shipped', () =>
      Promise.resolve(
        [...checkComplete(), ...checkShipped()].map(({ file, problem }) => `out/${file}: ${problem}`).join('\n'),
      ),
    ),
};

/** Runs steps one after the other, telling each. */
export async function inOrder(
  steps: readonly Step[],
  left: () => number,
  tell: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    const outcome = await step.work(Math.max(1000, left()));
    tell(outcome);
    outcomes.push(outcome);
  }
  return outcomes;
}

const indented = (text: string): string => stripVTControlCharacters(text).trim().replaceAll(/^/gm, '    ');

/** One line for a step that passed; what failed and its output too where it failed. */
export function report(outcome: Outcome): void {
  const { name, passed, failed, skipped, seconds, notable, output } = outcome;
  const counts =
    passed + failed + skipped === 1
      ? ''
      : `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  console.log(`${failed > 0 ? '✗' : '✓'} ${name.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s   ${counts}`.trimEnd());
  // Who reads only the beginning of a long output finds there what it is about.
  for (const each of notable) console.log(`${indented(each)}\n`);
  if (failed > 0) console.log(`${indented(output)}\n`);
}
