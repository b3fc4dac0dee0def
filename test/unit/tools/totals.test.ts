import { describe, expect, it } from 'vitest';
import { playwrightTotals, sum, totalsLine, vitestTotals } from '../../../tools/testing/totals.mjs';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

describe('the totals at the end of npm test', () => {
  it('are those of the runners', () => {
    const vitest = vitestTotals({
      numPassedTests: 2,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 0,
      testResults: [file('failed', 'passed', 'failed'), file('passed', 'passed', 'skipped')],
    });
    const e2e = playwrightTotals({ stats: { expected: 5, unexpected: 0, flaky: 0, skipped: 5 }, errors: [] });
    expect(sum([vitest, e2e])).toEqual({ passed: 7, failed: 1, skipped: 6 });
  });

  it('count a test file that could not be loaded as a failure', () => {
    const totals = vitestTotals({
      numPassedTests: 1,
      numFailedTests: 0,
      numPendingTests: 0,
      numTodoTests: 0,
      testResults: [file('failed'), file('passed', 'passed')],
    });
    expect(totals).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('count a flaky test and an error outside any test as failures', () => {
    const report = { stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 0 }, errors: [{ message: 'no host' }] };
    expect(playwrightTotals(report)).toEqual({ passed: 3, failed: 2, skipped: 0 });
  });

  it('end in a line that programs can read', () => {
    expect(totalsLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(totalsLine({ passed: 12, failed: 1, skipped: 3 })).toBe('12 passed, 1 failed, 3 skipped');
  });
});
