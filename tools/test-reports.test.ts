import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './paths.ts';
import { readPlaywright, readVitest } from './test-reports.ts';

describe('counting tests', () => {
  const unit = (testResults: unknown[], numFailedTests = 0): string =>
    JSON.stringify({ numPassedTests: 3, numFailedTests, numPendingTests: 1, numTodoTests: 0, testResults });

  it('takes the counts of vitest', () => {
    expect(readVitest(unit([{ name: 'a', status: 'passed', assertionResults: [] }])).settled(0)).toEqual({
      passed: 3,
      failed: 0,
      skipped: 1,
    });
  });

  it('counts a file that did not load as a failure, and says why', () => {
    const name = join(root, 'domain', 'a.test.ts');
    const report = readVitest(unit([{ name, status: 'failed', message: 'no such import', assertionResults: [] }]));
    expect(report.failed).toBe(1);
    expect(report.notable).toEqual(['failed: domain/a.test.ts\n  no such import']);
  });

  it('counts a file with a failed test once, and names the test before its long story', () => {
    const test = {
      status: 'failed',
      fullName: 'a thing works',
      failureMessages: [`\x1b[31mwas 1\n${'at\n'.repeat(50)}`],
    };
    const passed = { status: 'passed', fullName: 'a thing is', failureMessages: [] };
    const file = { name: join(root, 'a.test.ts'), status: 'failed', assertionResults: [passed, test] };
    const report = readVitest(unit([file], 1));
    expect(report.failed).toBe(1);
    expect(report.notable).toHaveLength(1);
    expect(report.notable[0]).toMatch(/^failed: a\.test\.ts: a thing works\n {2}was 1\n/);
    expect(report.notable[0]?.split('\n').length).toBeLessThan(20);
  });

  it('does not call a run good that ended badly', () => {
    expect(readVitest(unit([])).settled(1).failed).toBe(1);
  });

  it('counts errors outside tests as failures, and what passed at the second look as passed', () => {
    const json = JSON.stringify({ stats: { expected: 2, unexpected: 1, flaky: 1, skipped: 4 }, errors: [{}] });
    expect(readPlaywright(json).settled(1)).toEqual({ passed: 3, failed: 2, skipped: 4 });
  });

  it('names what failed and what is flaky, also in the suites of a suite', () => {
    const spec = (title: string, status: string, message?: string) => ({
      title,
      file: 'a.spec.ts',
      tests: [{ status, results: [message === undefined ? {} : { error: { message } }, {}] }],
    });
    const json = JSON.stringify({
      stats: { expected: 1, unexpected: 1, flaky: 1, skipped: 0 },
      suites: [
        {
          specs: [spec('fine', 'expected')],
          suites: [{ specs: [spec('bad', 'unexpected', 'no row'), spec('slow', 'flaky', 'late')] }],
        },
      ],
    });
    expect(readPlaywright(json).notable).toEqual([
      'failed: e2e/a.spec.ts: bad\n  no row',
      'flaky: e2e/a.spec.ts: slow\n  late',
    ]);
  });
});
