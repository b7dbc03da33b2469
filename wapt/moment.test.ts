import { afterEach, describe, expect, it } from 'vitest';
import { localStamp, momentMs, utcStamp } from './moment.ts';

const zone = process.env.TZ;

afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

describe('moments', () => {
  it('writes packages in local time and actions in UTC', () => {
    process.env.TZ = 'Asia/Kolkata';
    const moment = new Date('2026-07-01T20:00:00.007Z');
    expect(localStamp(moment)).toBe('2026-07-02T01:30:00.007000');
    expect(utcStamp(moment)).toBe('2026-07-01T20:00:00.007000');
    process.env.TZ = 'America/New_York';
    expect(localStamp(moment)).toBe('2026-07-01T16:00:00.007000');
  });

  it('takes a text as it is, with the digits that a Date would lose', () => {
    process.env.TZ = 'Asia/Kolkata';
    expect(localStamp('2024-05-21T10:11:12.345678')).toBe('2024-05-21T10:11:12.345678');
    expect(utcStamp('2024-05-21T10:11:12')).toBe('2024-05-21T10:11:12.000000');
    expect(momentMs('2024-05-21T10:11:12.345678')).toBe(Date.parse('2024-05-21T10:11:12.345Z'));
  });

  it.each(['', 'now', '2024-05-21', '2024-13-01T00:00:00', '2024-05-21T10:11:12.1234567'])('refuses %j', (text) => {
    expect(() => utcStamp(text)).toThrow(expect.objectContaining({ code: 'bad-date' }));
    expect(() => momentMs(text)).toThrow(expect.objectContaining({ code: 'bad-date' }));
  });
});
