import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from './duration.ts';

describe('durations (protocol 7.1)', () => {
  it.each([
    ['7d', 604_800_000],
    ['12h', 43_200_000],
    ['90m', 5_400_000],
    ['30s', 30_000],
    ['1w', 604_800_000],
    ['1.5d', 129_600_000],
    ['.5h', 1_800_000],
    [' 2 D ', 172_800_000],
    ['3', 259_200_000],
    ['0', 0],
    ['', null],
    ['1,5d', null],
    ['-1d', null],
    ['7 days', null],
    ['d', null],
    ['1e3', null],
  ])('reads %j as %s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it('writes what it reads back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (seconds) => {
        expect(parseDuration(formatDuration(seconds * 1_000))).toBe(seconds * 1_000);
      }),
    );
    expect(formatDuration(604_800_000)).toBe('1w');
    expect(formatDuration(5_400_000)).toBe('90m');
  });
});
