import { describe, expect, it } from 'vitest';
import { reportedDecision } from './reported.ts';

const blank = { status: null, allowed: null, hidden: null, delayed: null };

describe('what a row shows of the decision (protocol 9.1)', () => {
  it.each([
    [{ status: 'PENDING', allowed: true, hidden: false }, 'allowed'],
    [{ status: 'MISSING' }, 'allowed'],
    [{ status: 'ERROR' }, 'allowed'],
    [{ status: 'ERROR', hidden: true }, 'forbidden'],
    [{ status: 'DISCARDED' }, 'forbidden'],
    [{ status: 'DISCARDED', hidden: true, delayed: true, allowed: true }, 'held-back'],
    [{ status: 'Something else', hidden: true }, 'forbidden'],
    [{ status: 'Something else', hidden: false }, 'allowed'],
    [{ status: 'Something else' }, null],
    [{ allowed: false }, 'forbidden'],
    [{}, null],
  ])('%o is %s', (row, decision) => {
    expect(reportedDecision({ ...blank, ...row })).toBe(decision);
  });
});
