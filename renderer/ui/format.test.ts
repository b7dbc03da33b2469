import { describe, expect, it } from 'vitest';
import {
  formatAgo,
  formatDate,
  formatDateTime,
  formatDuration,
  formatPercent,
  formatSize,
  groupFingerprint,
  parseTime,
} from './format.ts';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('dates', () => {
  it('read a day without zone as that day, wherever one is', () => {
    expect(formatDate('2019-07-09T00:00:00', 'fr-FR')).toBe('09/07/2019');
    expect(formatDate('2019-07-09', 'en-GB')).toBe('09/07/2019');
  });
  it('show what is no date as it came', () => {
    expect(formatDate('soon', 'en-GB')).toBe('soon');
    expect(formatDateTime(null, 'en-GB')).toBe('');
    expect(parseTime('2026-13-45')).toBeNull();
  });
});

describe('how long ago', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  it.each([
    ['2026-11-21T11:59:40Z', 'just now'],
    ['2026-11-21T11:57:00Z', '3 minutes ago'],
    ['2026-11-21T09:00:00Z', '3 hours ago'],
    ['2026-11-18T12:00:00Z', '3 days ago'],
  ])('%s reads %s', (time, words) => {
    expect(formatAgo(time, 'en-GB', 'just now', now)).toBe(words);
  });
});

describe('sizes and lengths of time', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1536, '1.5 kB'],
    [1_181_116_006, '1.1 GB'],
    [null, ''],
  ])('%s bytes read %s', (bytes, words) => {
    expect(plain(formatSize(bytes, 'en-GB'))).toBe(words);
  });
  it.each([
    [0, '0 octet'],
    [512, '512 octets'],
    [1536, '1,5 ko'],
  ])('%s bytes read %s in French', (bytes, words) => {
    expect(plain(formatSize(bytes, 'fr-FR'))).toBe(words);
  });
  it.each([
    ['en-GB', '99%'],
    ['fr-FR', '99 %'],
  ])('a percent in %s reads %s', (locale, words) => {
    expect(plain(formatPercent(99.9, locale))).toBe(words);
  });
  it('keep the two largest parts', () => {
    expect(plain(formatDuration(3_725, 'en-GB'))).toBe('1 hr 2 mins');
    expect(plain(formatDuration(0, 'en-GB'))).toBe('0 secs');
    expect(plain(formatDuration(86_400, 'en-GB'))).toBe('1 day');
  });
});

it('groups a fingerprint for comparing by eye', () => {
  expect(groupFingerprint('0a1b2c3d')).toBe('0A1B 2C3D');
});
