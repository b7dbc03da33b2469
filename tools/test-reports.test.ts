import { describe, expect, it } from 'vitest';
import { readPlaywright, readVitest } from './test-reports.ts';

describe('counting tests', () => {
  const unit = (testResults: unknown[], numFailedTests = 0): string =>
    JSON.stringify({ numPassedTests: 3, numFailedTests, numPendingTests: 1, numTodoTests: 0, testResults });

  it('takes the counts of vitest', () => {
    expect(readVitest(unit([{ status: 'passed', assertionResults: [] }])).settled(0)).toEqual({
      passed: 3,
      failed: 0,
      skipped: 1,
    });
  });

  it('counts a file that did not load as a failure', () => {
    expect(readVitest(unit([{ status: 'failed', assertionResults: [] }])).failed).toBe(1);
  });

  it('counts a file with a failed test once', () => {
    expect(readVitest(unit([{ status: 'failed', assertionResults: [{ status: 'failed' }] }], 1)).failed).toBe(1);
  });

  it('does not call a run good that ended badly', () => {
    expect(readVitest(unit([])).settled(1).failed).toBe(1);
  });

  it('counts errors outside tests as failures, and what passed at the second look as passed', () => {
    const json = JSON.stringify({ stats: { expected: 2, unexpected: 1, flaky: 1, skipped: 4 }, errors: [{}] });
    expect(readPlaywright(json).settled(1)).toEqual({ passed: 3, failed: 2, skipped: 4 });
  });
});
