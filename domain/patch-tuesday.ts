/** The day on which Microsoft publishes most updates. */

/** 18:00 UTC: 10:00 in Redmond in winter, 11:00 in summer; by then they are out. */
const HOUR = 18;
const TUESDAY = 2;

/** Patch Tuesday of a month (0 is January; months beyond the year count on); milliseconds since 1970. */
export const patchTuesdayOf = (year: number, month: number): number => {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  const day = 1 + ((TUESDAY - first + 7) % 7) + 7;
  return Date.UTC(year, month, day, HOUR);
};

/** The first Patch Tuesday (second Tuesday of a month, 18:00 UTC) after `now`; milliseconds since 1970. */
export function nextPatchTuesday(now: number): number {
  const date = new Date(now);
  const here = patchTuesdayOf(date.getUTCFullYear(), date.getUTCMonth());
  return here > now ? here : patchTuesdayOf(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
