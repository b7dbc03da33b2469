import { describe, expect, it } from 'vitest';
import { nextPatchTuesday } from './patch-tuesday.ts';

const DAY = 86_400_000;
const iso = (now: string): string => new Date(nextPatchTuesday(Date.parse(now))).toISOString();

describe('nextPatchTuesday', () => {
  it.each([
    ['2026-11-01T00:00:00Z', '2026-11-10T18:00:00.000Z'],
    ['2026-11-10T17:59:59Z', '2026-11-10T18:00:00.000Z'],
    ['2026-11-10T18:00:00Z', '2026-12-08T18:00:00.000Z'],
    ['2026-12-31T23:00:00Z', '2027-01-12T18:00:00.000Z'],
    // A month that begins on a Tuesday.
    ['2026-08-31T12:00:00Z', '2026-09-08T18:00:00.000Z'],
  ])('after %s comes %s', (now, next) => {
    expect(iso(now)).toBe(next);
  });

  it('is a Tuesday from the 8th to the 14th, later than now and at most 36 days on', () => {
    for (let now = Date.UTC(2025, 0, 1); now < Date.UTC(2029, 0, 1); now += 7 * 3_600_000) {
      const next = nextPatchTuesday(now);
      const date = new Date(next);
      expect(date.getUTCDay()).toBe(2);
      expect(date.getUTCDate()).toBeGreaterThanOrEqual(8);
      expect(date.getUTCDate()).toBeLessThanOrEqual(14);
      expect(next).toBeGreaterThan(now);
      expect(next - now).toBeLessThanOrEqual(36 * DAY);
    }
  });
});
