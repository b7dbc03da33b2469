import { z } from 'zod';

/** Tests counted. */
export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** What a report says; `settled` adds a failure when the runner ended badly though every test that it counted passed. */
export type Report = Counts & { readonly settled: (exitCode: number) => Counts };

const withExit = (counts: Counts): Report => ({
  ...counts,
  settled: (exitCode) => (exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts),
});

const vitest = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number().default(0),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/** Counts of vitest's JSON report; a file that failed as a whole (it did not load) counts as one failure. */
export function readVitest(json: string): Report {
  const report = vitest.parse(JSON.parse(json));
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((each) => each.status === 'failed'),
  ).length;
  return withExit({
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  });
}

const playwright = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()).default([]),
});

/** Counts of Playwright's JSON report; an error outside a test counts as failed. A test that passed at the second look passed: its list names it as flaky. */
export function readPlaywright(json: string): Report {
  const { stats, errors } = playwright.parse(JSON.parse(json));
  return withExit({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  });
}
