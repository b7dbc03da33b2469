import { FormatError } from './errors.ts';

/**
 * A moment: a `Date`, or the text of one with up to six fractional digits, since `Date` ends at the millisecond and
 * WAPT writes microseconds. A text is taken as it is: UTC for an action, local time for a package.
 */
export type Moment = Date | string;

const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(Z?)$/;

const parseStamp = (text: string): { readonly seconds: string; readonly micros: string } => {
  const match = STAMP.exec(text);
  if (!match?.[1] || Number.isNaN(Date.parse(`${match[1]}Z`))) {
    throw new FormatError('bad-date', `not a date: ${text.slice(0, 40)}`);
  }
  return { seconds: match[1], micros: (match[2] ?? '').padEnd(6, '0') };
};

/** The instant in milliseconds since 1970; a text without zone is UTC. Throws `FormatError` `bad-date`. */
export const momentMs = (moment: Moment): number => {
  if (typeof moment !== 'string') return moment.getTime();
  const { seconds, micros } = parseStamp(moment);
  return Date.parse(`${seconds}.${micros.slice(0, 3)}Z`);
};

/** `YYYY-MM-DDTHH:MM:SS.ffffff` in UTC, without zone: the date of an action (protocol 3.4). */
export const utcStamp = (moment: Moment): string => {
  const text = typeof moment === 'string' ? moment : moment.toISOString();
  const { seconds, micros } = parseStamp(text);
  return `${seconds}.${micros}`;
};

/** `YYYY-MM-DDTHH:MM:SS.ffffff` in local time, without zone: the date of a package (protocol 5.2, attribute 42). */
export const localStamp = (moment: Moment): string => {
  if (typeof moment === 'string') return utcStamp(moment);
  const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return utcStamp(shifted);
};

/**
 * Reads the date of a signed action as agents do: cut at the first `.`, then exactly `YYYY-MM-DDTHH:MM:SS`
 * (protocol 3.6, step 5). Answers milliseconds, or null when it is no such date.
 */
export const parseActionDate = (value: unknown): number | null => {
  if (typeof value !== 'string') return null;
  const seconds = value.split('.', 1)[0] ?? '';
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(seconds)) return null;
  const ms = Date.parse(`${seconds}Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(seconds) ? ms : null;
};
