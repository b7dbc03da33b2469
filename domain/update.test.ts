import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bareKb,
  guidOf,
  type HistoryEntry,
  type HostUpdate,
  isFailed,
  isFailureResult,
  isNeeded,
  kbLabel,
  lastEntry,
  revisionOf,
  rowState,
} from './update.ts';

const entry = (date: string | null, resultCode: string | null): HistoryEntry => ({
  date,
  resultCode,
  operation: 'Installation',
  categories: null,
  applicationId: null,
  title: null,
  description: null,
});

const row = (more: Partial<HostUpdate> = {}): HostUpdate => ({
  uuid: 'a',
  updateId: 'u_1',
  status: null,
  allowed: null,
  installed: null,
  present: null,
  hidden: null,
  delayed: null,
  downloaded: null,
  installDate: null,
  history: [],
  ...more,
});

describe('ids', () => {
  it('have a guid and a revision', () => {
    expect(guidOf('8BDC279B-231A-48DE-92F1-6027F441D92B_200')).toBe('8bdc279b-231a-48de-92f1-6027f441d92b');
    expect(revisionOf('8bdc279b-231a-48de-92f1-6027f441d92b_200')).toBe(200);
  });

  it('had no revision once', () => {
    expect(guidOf('8bdc279b-231a-48de-92f1-6027f441d92b')).toBe('8bdc279b-231a-48de-92f1-6027f441d92b');
    expect(revisionOf('8bdc279b-231a-48de-92f1-6027f441d92b')).toBeNull();
    expect(revisionOf('8bdc279b_x')).toBeNull();
  });
});

describe('KBs', () => {
  it.each(['5043064', 'KB5043064', 'kb5043064', ' KB 5043064 '])(
    '%j is stored bare and shown with the prefix',
    (kb) => {
      expect(bareKb(kb)).toBe('5043064');
      expect(kbLabel(kb)).toBe('KB5043064');
    },
  );

  it('stay the same when bared twice', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(?:(?:KB|kb) ?)?\d{1,9}$/), (kb) => {
        expect(bareKb(bareKb(kb))).toBe(bareKb(kb));
      }),
    );
  });
});

describe('the log of an update', () => {
  it.each([
    ['0x80070643', true],
    ['0X8024200D', true],
    ['-2145124329', true],
    ['Failed', true],
    ['Aborted', true],
    ['4', true],
    ['5', true],
    ['Succeeded', false],
    ['SucceededWithErrors', false],
    ['2', false],
    ['0x00000000', false],
    ['', false],
    [null, false],
  ])('%j is a failure: %j', (code, isFailure) => expect(isFailureResult(code)).toBe(isFailure));

  it('ends with its newest entry, whatever the order', () => {
    const [old, late, undated] = [entry('2026-01-01', 'a'), entry('2026-02-01', 'b'), entry(null, 'c')];
    expect(lastEntry([late, old, undated])).toBe(late);
    expect(lastEntry([undated, old])).toBe(old);
    expect(lastEntry([])).toBeNull();
  });

  it('tells a failure only while the update is not installed', () => {
    expect(isFailed(row({ history: [entry('2026-01-01', 'Failed')] }))).toBe(true);
    expect(isFailed(row({ history: [entry('2026-01-01', 'Failed'), entry('2026-02-01', 'Succeeded')] }))).toBe(false);
    expect(isFailed(row({ installed: true, status: 'ERROR' }))).toBe(false);
    expect(isFailed(row({ status: 'ERROR' }))).toBe(true);
  });
});

describe('the state of a row', () => {
  it.each<[Partial<HostUpdate>, boolean, string]>([
    [{ installed: true, status: 'OK' }, false, 'done'],
    [{ installed: true, status: 'ERROR', hidden: true }, true, 'done'],
    [{ status: 'OK' }, true, 'done'],
    [{ status: 'OK', installed: false }, true, 'unknown'],
    [{ status: 'SUPERSEDED', installed: false }, true, 'superseded'],
    [{ status: 'ERROR', delayed: true }, true, 'failed'],
    [{ status: 'PENDING', history: [entry('2026-01-01', '0x80070643')] }, true, 'failed'],
    [{ status: 'DISCARDED', hidden: true, delayed: true }, true, 'held-back'],
    [{ status: 'PENDING', hidden: true }, true, 'forbidden'],
    [{ status: 'DISCARDED' }, true, 'forbidden'],
    [{ status: 'MISSING', allowed: true }, true, 'missing'],
    [{ status: 'PENDING' }, true, 'pending'],
    [{ status: 'PENDING' }, false, 'missing'],
    [{ status: 'SOMETHING NEW', allowed: true }, true, 'pending'],
    [{ status: 'SOMETHING NEW', allowed: true }, false, 'missing'],
    [{ status: 'SOMETHING NEW' }, true, 'unknown'],
    [{}, true, 'unknown'],
  ])('%j, on the server: %j, is %s', (flags, onServer, state) => {
    expect(rowState(row(flags), onServer)).toBe(state);
  });

  it('depends on the files only between pending and missing', () => {
    const flag = fc.constantFrom(null, true, false);
    const rows = fc.record({
      status: fc.constantFrom(null, 'OK', 'PENDING', 'MISSING', 'DISCARDED', 'ERROR', 'SUPERSEDED', 'ODD'),
      allowed: flag,
      installed: flag,
      hidden: flag,
      delayed: flag,
    });
    fc.assert(
      fc.property(rows, (flags) => {
        const [there, away] = [rowState(row(flags), true), rowState(row(flags), false)];
        expect(away).toBe(there === 'pending' ? 'missing' : there);
        expect(isNeeded(there)).toBe(isNeeded(away));
      }),
    );
  });

  it('is needed unless installed or superseded', () => {
    expect(
      (['done', 'superseded', 'failed', 'missing', 'pending', 'held-back', 'forbidden', 'unknown'] as const).filter(
        isNeeded,
      ),
    ).toEqual(['failed', 'missing', 'pending', 'held-back', 'forbidden', 'unknown']);
  });
});
