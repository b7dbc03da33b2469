import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowState } from '../../domain/update.ts';
import {
  PENDING,
  PENDING_WITHOUT_FILES,
  packFlags,
  STATES,
  StateTable,
  stateCode,
  stateOf,
  unpackFlags,
} from './states.ts';

const flag = fc.constantFrom(null, true, false);
const rows = fc.record({
  status: fc.oneof(
    fc.constantFrom(null, 'OK', 'PENDING', 'MISSING', 'DISCARDED', 'ERROR', 'SUPERSEDED', 'ODD'),
    fc.string(),
  ),
  allowed: flag,
  installed: flag,
  present: flag,
  hidden: flag,
  delayed: flag,
  downloaded: flag,
  installDate: fc.constant(null),
  history: fc.constantFrom(
    [],
    [
      {
        date: '2026-11-01',
        operation: 'Installation',
        resultCode: 'Failed',
        categories: null,
        applicationId: null,
        title: null,
        description: null,
      },
    ],
  ),
});

describe('stored states', () => {
  it('say what the domain says, with and without the files', () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (row, onServer) => {
        expect(stateOf(stateCode(row, onServer))).toBe(rowState(row, onServer));
      }),
    );
  });

  it('need not be read again when the files come or go', () => {
    const moved = new Map([
      [PENDING, PENDING_WITHOUT_FILES],
      [PENDING_WITHOUT_FILES, PENDING],
    ]);
    fc.assert(
      fc.property(rows, fc.boolean(), (row, onServer) => {
        const code = stateCode(row, onServer);
        expect(moved.get(code) ?? code).toBe(stateCode(row, !onServer));
      }),
    );
  });

  it('keep the six flags', () => {
    fc.assert(
      fc.property(rows, ({ status: _s, installDate: _d, history: _h, ...flags }) => {
        expect(unpackFlags(packFlags(flags))).toEqual(flags);
      }),
    );
  });

  it('are counted by the words of the design', () => {
    const table = StateTable.of(STATES.map((_state, code) => [1, code, 10 ** code]));
    expect(table.counts(1)).toEqual({
      reported: 111_111_111,
      needed: 111_111_100,
      pending: 10_000,
      missing: 100_001_000,
      failed: 100,
      heldBack: 100_000,
      forbidden: 1_000_000,
      done: 1,
      superseded: 10,
    });
    expect([0, 1, 2].map((key) => table.has(key))).toEqual([false, true, false]);
    expect([0, 2].map((key) => table.counts(key).reported)).toEqual([0, 0]);
    expect(StateTable.of([]).counts(0).reported).toBe(0);
  });
});
