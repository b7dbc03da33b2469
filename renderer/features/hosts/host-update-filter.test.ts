import { describe, expect, it } from 'vitest';
import { updateRow } from '../packages/testing.ts';
import { filterHostUpdates, firstHostUpdateFilter, groupOf, nextStep } from './host-update-filter.ts';
import { hostUpdate } from './testing.ts';

describe('filterHostUpdates', () => {
  const rows = [
    hostUpdate('pending', { update: updateRow('pending', { severity: 'Critical' }) }),
    hostUpdate('missing', { state: 'missing' }),
    hostUpdate('failed', { state: 'failed' }),
    hostUpdate('failed-hidden', { state: 'failed', hidden: true }),
    hostUpdate('done', { state: 'done', installed: true, hidden: true }),
    hostUpdate('forbidden', {
      state: 'forbidden',
      hidden: true,
      update: updateRow('forbidden', { severity: 'Critique' }),
    }),
    hostUpdate('held', { state: 'held-back', hidden: true }),
    hostUpdate('old', { state: 'superseded' }),
  ];

  it('opens on what waits', () => {
    const answer = filterHostUpdates(rows, firstHostUpdateFilter);
    expect([...answer.ids]).toEqual(['pending', 'missing', 'failed']);
    expect(answer.counts).toEqual({ pending: 3, installed: 1, discarded: 3, superseded: 1 });
  });

  it('keeps every row in exactly one group, as protocol 8.3 does by flags', () => {
    const native = (row: (typeof rows)[number]): string =>
      row.installed === true ? 'installed' : row.hidden === true ? 'discarded' : 'pending';
    for (const row of rows.filter((one) => one.state !== 'superseded')) expect(groupOf(row)).toBe(native(row));
  });

  it('shows only critical ones in either language', () => {
    const answer = filterHostUpdates(rows, { groups: ['pending', 'discarded'], isCriticalOnly: true });
    expect([...answer.ids]).toEqual(['pending', 'forbidden']);
    expect(answer.critical).toBe(2);
  });

  it('says what happens next with a missing file', () => {
    expect(nextStep(hostUpdate('m', { state: 'missing' }))).toBe('server-fetches');
    expect(nextStep(hostUpdate('m', { state: 'missing', downloaded: true }))).toBe('direct-download');
  });
});
