export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The lab's only source of time: the server, its hosts and their stamps agree, also when they are all wrong. */
export type Clock = {
  /** Milliseconds since 1970, shifted by the offset that was asked for. */
  readonly now: () => number;
  readonly date: () => Date;
  /** UTC with microseconds and no zone, as the server stamps its rows (protocol 1.2). */
  readonly utcStamp: () => string;
  /** A real duration divided by the pace, in milliseconds, never below 5. */
  readonly paced: (milliseconds: number) => number;
};

/** ISO 8601 in UTC with six digits of fraction and no zone. */
export const isoMicroseconds = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace('Z', '000');

const dates = new Map<number, string>();
const two = (number: number): string => (number < 10 ? `0${number}` : String(number));

/** ISO 8601 in UTC to the second and no zone, as agents write dates of updates. */
export function isoSeconds(milliseconds: number): string {
  // Large labs write a million of these: a day's date is worked out once.
  const days = Math.floor(milliseconds / day);
  const known = dates.get(days) ?? new Date(milliseconds).toISOString().slice(0, 11);
  dates.set(days, known);
  const seconds = Math.floor((milliseconds - days * day) / second);
  return `${known}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** Reads a stamp without zone as UTC; NaN when it is not one. */
export const parseStamp = (text: string): number => Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);

/** Makes the clock of one lab; `offset` in milliseconds. */
export function makeClock(offset: number, pace: number): Clock {
  const now = (): number => Date.now() + offset;
  return {
    now,
    date: () => new Date(now()),
    utcStamp: () => isoMicroseconds(now()),
    paced: (milliseconds) => Math.max(5, milliseconds / pace),
  };
}
