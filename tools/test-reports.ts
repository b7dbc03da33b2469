import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { root } from './paths.ts';

/** Tests counted. */
export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

/**
 * What a report says; `settled` adds a failure when the runner ended badly though every test that it counted passed. `notable` names what
 * failed, and what passed at the second look only, a paragraph each.
 */
export type Report = Counts & {
  readonly notable: readonly string[];
  readonly settled: (exitCode: number) => Counts;
};

const withExit = (counts: Counts, notable: readonly string[]): Report => ({
  ...counts,
  notable,
  settled: (exitCode) => (exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts),
});

/** So many lines of what a test says are told beside its name. */
const LINES = 12;

const paragraph = (what: string, name: string, message: string): string => {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return [`${what}: ${name}`, ...lines.slice(0, LINES).map((line) => `  ${line.slice(0, 300)}`)].join('\n');
};

const vitest = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number().default(0),
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().default(''),
      status: z.string(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z
            .array(z.string())
            .nullish()
            .transform((messages) => messages ?? []),
        }),
      ),
    }),
  ),
});

/** Counts of vitest's JSON report; a file that failed as a whole (it did not load) counts as one failure. */
export function readVitest(json: string): Report {
  const report = vitest.parse(JSON.parse(json));
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((each) => each.status === 'failed'),
  );
  const failed = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter((each) => each.status === 'failed')
      .map((each) => paragraph('failed', `${relative(root, name)}: ${each.fullName}`, each.failureMessages.join('\n'))),
  );
  return withExit(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    [...failed, ...broken.map(({ name, message }) => paragraph('failed', relative(root, name), message))],
  );
}

interface PlaywrightSuite {
  readonly specs?: readonly {
    readonly title: string;
    readonly file: string;
    readonly tests: readonly {
      readonly status: string;
      readonly results: readonly { readonly error?: { readonly message?: string | undefined } | undefined }[];
    }[];
  }[];
  readonly suites?: readonly PlaywrightSuite[];
}

const error = z.object({ message: z.string().optional() });
const suite: z.ZodType<PlaywrightSuite> = z.object({
  specs: z
    .array(
      z.object({
        title: z.string(),
        file: z.string(),
        tests: z.array(z.object({ status: z.string(), results: z.array(z.object({ error: error.optional() })) })),
      }),
    )
    .default([]),
  get suites() {
    return z.array(suite).default([]);
  },
});

const playwright = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(error).default([]),
  suites: z.array(suite).default([]),
});

const notableOf = ({ specs = [], suites = [] }: PlaywrightSuite): string[] => [
  ...specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ status, results }) => {
        const message = results.find((each) => each.error?.message !== undefined)?.error?.message ?? '';
        return paragraph(status === 'flaky' ? 'flaky' : 'failed', `e2e/${file}: ${title}`, message);
      }),
  ),
  ...suites.flatMap(notableOf),
];

/** Counts of Playwright's JSON report; an error outside a test counts as failed. A test that passed at the second look passed, and is named as flaky. */
export function readPlaywright(json: string): Report {
  const { stats, errors, suites } = playwright.parse(JSON.parse(json));
  return withExit(
    {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + errors.length,
      skipped: stats.skipped,
    },
    [...errors.map(({ message = '' }) => paragraph('failed', 'outside a test', message)), ...suites.flatMap(notableOf)],
  );
}
