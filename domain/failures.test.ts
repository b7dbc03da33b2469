import { describe, expect, it } from 'vitest';
import {
  groupFailures,
  type HostSaying,
  hostFailure,
  isOfSet,
  lacksSpace,
  type PlacedFailure,
  rowFailure,
} from './failures.ts';
import type { HistoryEntry } from './update.ts';

const quiet: HostSaying = { status: 'OK', lastError: null, lastBatch: [], lastInstall: null };
const entry = (resultCode: string | null, date: string | null = '2026-11-20T10:00:00'): HistoryEntry => ({
  date,
  operation: 'Installation',
  resultCode,
  categories: null,
  applicationId: null,
  title: null,
  description: null,
});
const row = (...history: readonly HistoryEntry[]) => ({ uuid: 'H', updateId: 'u_1', history });

describe('why a row failed', () => {
  it('is in the last entry of its log, however that spells the code', () => {
    const failed = { uuid: 'H', updateId: 'u_1', code: '0x80240022', source: 'history', at: '2026-11-20T10:00:00' };
    expect(rowFailure(row(entry('0x80070070', '2026-11-01T10:00:00'), entry('-2145124318')), quiet)).toEqual(failed);
  });

  it('is in the last error of the host where the log has no code and the update was in the last batch', () => {
    const host = { ...quiet, lastError: 'failed: 0x80070005', lastBatch: ['u_1'], lastInstall: '2026-11-19T09:00:00' };
    expect(rowFailure(row(entry('Failed')), host)).toMatchObject({
      code: '0x80070005',
      source: 'last-error',
      at: '2026-11-19T09:00:00',
    });
    expect(rowFailure(row(entry('Failed')), { ...host, lastBatch: ['u_2'] })).toMatchObject({
      code: '',
      source: 'history',
    });
  });

  it('is not known where nobody says', () => {
    expect(rowFailure(row(), quiet)).toMatchObject({ code: '', source: 'status', at: null });
    expect(rowFailure(row(entry('Succeeded')), quiet)).toMatchObject({ code: '', source: 'status' });
  });
});

describe('what a host says by itself', () => {
  const none: ReadonlySet<string> = new Set();
  it.each([
    ['a code', { lastError: 'Installation failed: 0x80070070' }, '0x80070070', 'last-error'],
    ['a sentence', { lastError: '  Cannot  connect\nto server ' }, 'Cannot connect to server', 'last-error'],
    ['a status', { status: 'ERROR SCANNING UPDATES' }, 'ERROR SCANNING UPDATES', 'status'],
    ['a full disk', { status: 'DISK_SPACE_ERROR' }, 'DISK_SPACE_ERROR', 'status'],
  ])('%s', (_name, said, code, source) =>
    expect(hostFailure('H', { ...quiet, ...said }, none)).toMatchObject({ updateId: null, code, source }),
  );

  it('counts once: what a row says is not said again', () => {
    expect(hostFailure('H', { ...quiet, lastError: 'x 0x80070070' }, new Set(['0x80070070']))).toBeNull();
    expect(hostFailure('H', { ...quiet, status: 'ERROR' }, new Set(['0x80070070']))).toBeNull();
    expect(hostFailure('H', { ...quiet, status: 'ERROR' }, none)).toMatchObject({ code: 'ERROR' });
    expect(hostFailure('H', quiet, none)).toBeNull();
    expect(hostFailure('H', { ...quiet, status: 'PENDING_UPDATES', lastError: ' ' }, none)).toBeNull();
  });

  it('may be that its disk is full', () => {
    expect(lacksSpace('DISK_SPACE_ERROR', [])).toBe(true);
    expect(lacksSpace('ERROR', ['0x80240022', '0x80070070'])).toBe(true);
    expect(lacksSpace('ERROR', ['0x80240022'])).toBe(false);
  });
});

describe('groups', () => {
  const failure = (uuid: string, updateId: string | null, code: string, more: Partial<PlacedFailure> = {}) => ({
    uuid,
    updateId,
    code,
    source: 'history' as const,
    at: null,
    isStale: false,
    groups: [],
    lacksSpace: false,
    ...more,
  });
  const failures: readonly PlacedFailure[] = [
    failure('a', 'u1', 'x', { groups: ['g', 'h'], at: '2026-11-02' }),
    failure('a', 'u2', 'x', { groups: ['g', 'h'], at: '2026-11-05' }),
    failure('b', 'u1', 'y', { groups: ['g'], lacksSpace: true }),
    failure('c', 'u1', 'x', { isStale: true }),
    failure('d', null, '', { source: 'status' }),
  ];

  it('count each host and each update once, and hosts with old data beside', () => {
    expect(groupFailures(failures, 'code')).toEqual([
      { key: 'x', hosts: 1, stale: 1, updates: 2, lastOn: '2026-11-05', sources: { history: 3 } },
      { key: '', hosts: 1, stale: 0, updates: 0, lastOn: null, sources: { status: 1 } },
      { key: 'y', hosts: 1, stale: 0, updates: 1, lastOn: null, sources: { history: 1 } },
    ]);
    expect(groupFailures(failures, 'group').map(({ key, hosts, stale }) => [key, hosts, stale])).toEqual([
      ['g', 2, 0],
      [null, 1, 1],
      ['h', 1, 0],
    ]);
    expect(groupFailures(failures, 'update').map(({ key, hosts }) => [key, hosts])).toEqual([
      ['u1', 2],
      [null, 1],
      ['u2', 1],
    ]);
  });

  it.each([
    [{}, 5],
    [{ code: 'x' }, 3],
    [{ code: '' }, 1],
    [{ updateId: 'u1', stale: false }, 2],
    [{ updateId: null }, 1],
    [{ group: 'h' }, 2],
    [{ group: null }, 2],
    [{ disk: true }, 1],
    [{ code: 'x', group: 'g', updateId: 'u2' }, 1],
    [{ code: 'none' }, 0],
  ])('%j holds %d', (set, count) => {
    expect(failures.filter((one) => isOfSet(one, set))).toHaveLength(count);
  });
});
