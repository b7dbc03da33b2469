import { day, hour, minute, second } from '../clock.ts';

const units: Readonly<Record<string, number>> = { s: second, m: minute, h: hour, d: day, w: 7 * day };

/** A duration of the `[waptwua]` section in milliseconds: a number with s, m, h, d or w; a bare number is days (protocol 7.1). Null when it is none. */
export function parseDuration(text: string): number | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([smhdw])?\s*$/i.exec(text);
  if (match === null) return null;
  return Number(match[1]) * (units[(match[2] ?? 'd').toLowerCase()] ?? day);
}
