import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, incrementVersion, isVersion } from './version.ts';

const version = fc.stringMatching(/^\d{1,3}(\.\d{1,3}){0,3}(-[0-9A-Za-z]{1,3}(\.[0-9A-Za-z]{1,3}){0,2})?$/);

describe('compareVersions', () => {
  it.each([
    ['1.2', '1.2.0'],
    ['1.2', '1.2-1'],
    ['1.2-9', '1.2-10'],
    ['9', '10'],
    ['1.9', '1.10'],
    ['1.2.3-1', '1.2.4'],
    ['1.2-a', '1.2-b'],
    ['1.2-9', '1.2-a'],
    ['99999999999999999998', '99999999999999999999'],
  ])('%s is older than %s', (older, newer) => {
    expect(compareVersions(older, newer)).toBeLessThan(0);
    expect(compareVersions(newer, older)).toBeGreaterThan(0);
  });

  it('does not count zeros in front', () => {
    expect(compareVersions('1.02', '1.2')).toBe(0);
    expect(compareVersions('1-01', '1-1')).toBe(0);
  });

  it('is an order', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(compareVersions(a, b) + compareVersions(b, a)).toBe(0);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it.each(['', 'a', '1.', '1.2.3.4.5', '1-', '1-a_b', ' 1', '1\n'])('refuses %j', (text) => {
    expect(isVersion(text)).toBe(false);
    expect(() => compareVersions(text, '1')).toThrow(expect.objectContaining({ code: 'bad-version' }));
  });
});

describe('incrementVersion', () => {
  it.each([
    ['0', '1'],
    ['9', '10'],
    ['1.2', '1.3'],
    ['1.2-9', '1.2-10'],
    ['1.2-a', '1.3-a'],
    ['1.2.3.99', '1.2.3.100'],
    ['1-9007199254740993', '1-9007199254740994'],
  ])('%s becomes %s', (version, next) => {
    expect(incrementVersion(version)).toBe(next);
  });

  it('always gives a newer version', () => {
    fc.assert(
      fc.property(version, (from) => {
        expect(compareVersions(incrementVersion(from), from)).toBeGreaterThan(0);
      }),
    );
  });
});
