import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterWork,
  closesAt,
  isOpen,
  minutesOf,
  opensAt,
  startsAt,
  stretchesFrom,
  type TimeWindow,
} from './campaign-time.ts';

/** Local time: Saturday 21 November 2026 is day 6. */
const at = (day: number, hour: number, minute = 0): number => new Date(2026, 10, day, hour, minute).getTime();
const night: TimeWindow = { days: [1, 2, 3, 4, 5], from: '22:00', to: '05:00' };
const noon: TimeWindow = { days: [6], from: '12:00', to: '14:00' };

describe('windows', () => {
  it.each<[string, TimeWindow[], number, boolean]>([
    ['without windows', [], at(21, 3), true],
    ['at its first minute', [noon], at(21, 12), true],
    ['at its last minute', [noon], at(21, 13, 59), true],
    ['at its end', [noon], at(21, 14), false],
    ['on another day', [noon], at(22, 13), false],
    ['on Friday night', [night], at(20, 23), true],
    ['on the Saturday morning that belongs to Friday', [night], at(21, 4), true],
    ['on Saturday night', [night], at(21, 23), false],
    ['on the Monday morning that belongs to Sunday', [night], at(23, 4), false],
    ['in one of two', [night, noon], at(21, 13), true],
    ['from midnight to midnight', [{ days: [6], from: '00:00', to: '00:00' }], at(21, 23, 59), true],
    ['with a time that is none', [{ days: [6], from: '25:00', to: '26:00' }], at(21, 23), false],
    ['with no day', [{ days: [], from: '00:00', to: '23:00' }], at(21, 12), false],
  ])('%s', (_name, windows, now, open) => {
    expect(isOpen(windows, now)).toBe(open);
  });

  it('opens next and closes', () => {
    expect(opensAt([noon], at(21, 11))).toBe(at(21, 12));
    expect(opensAt([noon], at(21, 15))).toBe(at(28, 12));
    expect(opensAt([noon], at(21, 13))).toBeNull();
    expect(opensAt([{ days: [], from: '00:00', to: '23:00' }], at(21, 12))).toBeNull();
    expect(closesAt([noon], at(21, 13))).toBe(at(21, 14));
    expect(closesAt([noon, { days: [6], from: '13:30', to: '16:00' }], at(21, 13))).toBe(at(21, 16));
    expect(closesAt([], at(21, 13))).toBeNull();
    expect(closesAt([{ days: [0, 1, 2, 3, 4, 5, 6], from: '00:00', to: '00:00' }], at(21, 13))).toBeNull();
  });

  it('is open exactly inside of a stretch, and opens where it says', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
    const window = fc.record({ days: fc.subarray([0, 1, 2, 3, 4, 5, 6]), from: time, to: time });
    fc.assert(
      fc.property(fc.array(window, { minLength: 1, maxLength: 3 }), fc.integer({ min: 0, max: 600_000 }), (some, m) => {
        const now = at(1, 0) + m * 60_000;
        const inside = stretchesFrom(some, now).some(({ from, to }) => from <= now && now < to);
        expect(isOpen(some, now)).toBe(inside);
        const next = opensAt(some, now);
        if (next !== null) {
          expect(next).toBeGreaterThan(now);
          expect(isOpen(some, next)).toBe(true);
          expect(isOpen(some, next - 1)).toBe(false);
        } else if (!inside) expect(some.every((each) => each.days.length === 0)).toBe(true);
      }),
    );
  });
});

describe('the beginning', () => {
  it('is now, a date, or days after Patch Tuesday', () => {
    const now = at(21, 10);
    expect(startsAt({ kind: 'now' }, now)).toBe(now);
    expect(startsAt({ kind: 'at', at: new Date(at(25, 8)).toISOString() }, now)).toBe(at(25, 8));
    expect(startsAt({ kind: 'at', at: new Date(at(20, 8)).toISOString() }, now)).toBe(now);
    expect(startsAt({ kind: 'at', at: 'soon' }, now)).toBeNull();
    // 10 November was Patch Tuesday, 8 December is the next.
    expect(startsAt({ kind: 'patch-tuesday', days: 14, time: '22:00' }, now)).toBe(at(24, 22));
    expect(startsAt({ kind: 'patch-tuesday', days: 7, time: '22:00' }, now)).toBe(new Date(2026, 11, 15, 22).getTime());
    expect(startsAt({ kind: 'patch-tuesday', days: 11, time: '10:00' }, now)).toBe(now);
    expect(startsAt({ kind: 'patch-tuesday', days: 25, time: '01:00' }, new Date(2026, 11, 2, 12).getTime())).toBe(
      new Date(2026, 11, 5, 1).getTime(),
    );
    expect(startsAt({ kind: 'patch-tuesday', days: 7, time: 'late' }, now)).toBeNull();
  });

  it('reads times', () => {
    expect(['00:00', '09:05', '23:59', '24:00', '9:00', ''].map(minutesOf)).toEqual([0, 545, 1439, null, null, null]);
  });
});

describe('work inside of windows', () => {
  it('goes on where the window opens again', () => {
    expect(afterWork([], at(21, 10), 90)).toBe(at(21, 11, 30));
    expect(afterWork([noon], at(21, 10), 90)).toBe(at(21, 13, 30));
    expect(afterWork([noon], at(21, 13), 90)).toBe(at(28, 12, 30));
    expect(afterWork([{ days: [], from: '00:00', to: '01:00' }], at(21, 13), 90)).toBeNull();
  });
});
