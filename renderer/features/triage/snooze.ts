import { nextPatchTuesday } from '../../../domain/patch-tuesday.ts';

const DAY = 86_400_000;

/** The ends of a snooze one can choose from, ISO with zone. */
export interface SnoozeEnds {
  readonly day: string;
  readonly week: string;
  readonly patchTuesday: string;
}

/** The ends of a snooze that begins at `now` (milliseconds). */
export function snoozeEnds(now: number): SnoozeEnds {
  const iso = (time: number): string => new Date(time).toISOString();
  return { day: iso(now + DAY), week: iso(now + 7 * DAY), patchTuesday: iso(nextPatchTuesday(now)) };
}
