/** When a campaign may act: its beginning, its end, and the windows in between. Days and hours are those of the console's own clock. */

import { patchTuesdayOf } from './patch-tuesday.ts';

/** A window of the week in local time. One that ends before it begins passes midnight and belongs to the day on which it begins. */
export interface TimeWindow {
  /** 0 is Sunday. */
  readonly days: readonly number[];
  /** `HH:MM`. */
  readonly from: string;
  /** `HH:MM`; the same as `from` is a whole day. */
  readonly to: string;
}

/** When a campaign begins. `days` after Patch Tuesday, at a local `time`. */
export type CampaignStart =
  | { readonly kind: 'now' }
  | { readonly kind: 'at'; readonly at: string }
  | { readonly kind: 'patch-tuesday'; readonly days: number; readonly time: string };

/** A stretch of time, milliseconds since 1970; `to` is outside. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Minutes after midnight of `HH:MM`; null for any other text. */
export function minutesOf(time: string): number | null {
  const match = TIME.exec(time);
  return match === null ? null : Number(match[1]) * 60 + Number(match[2]);
}

/** Local time on the day `days` after the one of `now`: the calendar counts, so that a change of clocks moves nothing. */
function localMoment(now: number, days: number, minutes: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, 0, minutes).getTime();
}

/** The stretches of the windows that end after `now`, in the eight days from now, in the order of their beginnings. */
export function stretchesFrom(windows: readonly TimeWindow[], now: number): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const { days, from, to } of windows) {
    const [begin, end] = [minutesOf(from), minutesOf(to)];
    if (begin === null || end === null) continue;
    // A window of yesterday may still be open.
    for (let day = -1; day <= 8; day++) {
      const opens = localMoment(now, day, begin);
      if (!days.includes(new Date(opens).getDay())) continue;
      const closes = localMoment(now, end > begin ? day : day + 1, end);
      if (closes > now && closes > opens) found.push({ from: opens, to: closes });
    }
  }
  return found.toSorted((a, b) => a.from - b.from);
}

/** Whether a campaign with these windows may act at `now`; without windows it always may. */
export function isOpen(windows: readonly TimeWindow[], now: number): boolean {
  return windows.length === 0 || stretchesFrom(windows, now).some(({ from, to }) => from <= now && now < to);
}

/** When the windows open next after `now`; null when they are open or never open. */
export function opensAt(windows: readonly TimeWindow[], now: number): number | null {
  if (isOpen(windows, now)) return null;
  return stretchesFrom(windows, now).find(({ from }) => from > now)?.from ?? null;
}

/** When what is open at `now` closes, windows that touch taken as one; null when it is closed or never closes. */
export function closesAt(windows: readonly TimeWindow[], now: number): number | null {
  if (windows.length === 0 || !isOpen(windows, now)) return null;
  let end = now;
  for (const { from, to } of stretchesFrom(windows, now)) if (from <= end) end = Math.max(end, to);
  return end >= now + 7 * DAY ? null : end;
}

/** The beginning of a campaign that is started at `now`; a date that has passed is now. Null for a text that is no date. */
export function startsAt(start: CampaignStart, now: number): number | null {
  if (start.kind === 'now') return now;
  if (start.kind === 'at') {
    const at = Date.parse(start.at);
    return Number.isNaN(at) ? null : Math.max(at, now);
  }
  const minutes = minutesOf(start.time);
  if (minutes === null) return null;
  const today = new Date(now);
  // The one of last month counts too: 20 days after it may still be ahead.
  for (let month = -1; month <= 1; month++) {
    const tuesday = new Date(patchTuesdayOf(today.getUTCFullYear(), today.getUTCMonth() + month));
    const at = new Date(
      tuesday.getUTCFullYear(),
      tuesday.getUTCMonth(),
      tuesday.getUTCDate() + start.days,
      0,
      minutes,
    ).getTime();
    if (at >= now) return at;
  }
  return null;
}

/** Where one arrives who works for `minutes` inside the windows from `from` on; null when the windows never leave so much time. */
export function afterWork(windows: readonly TimeWindow[], from: number, minutes: number): number | null {
  if (windows.length === 0) return from + minutes * MINUTE;
  let [now, left] = [from, minutes * MINUTE];
  for (let weeks = 0; weeks < 60; weeks++) {
    for (const stretch of stretchesFrom(windows, now)) {
      const begin = Math.max(stretch.from, now);
      if (begin >= stretch.to) continue;
      if (begin + left <= stretch.to) return begin + left;
      left -= stretch.to - begin;
      now = stretch.to;
    }
  }
  return null;
}
