import type { DiskState } from '../../../contract/schemas/downloads.ts';

/** Milliseconds that two dates of the same file may differ by: hosts write them without a zone. */
const TOLERANCE = 24 * 3_600_000;

/** How many hosts scanned with the server's index, and how many with an older one; `isCompared` is false where the server's is not known. */
export function indexAges(
  dates: DiskState['indexDates'],
  serverDate: string | null,
): { readonly same: number; readonly older: number; readonly isCompared: boolean } {
  const server = Date.parse(serverDate ?? '');
  let [same, older] = [0, 0];
  for (const { date, hosts } of dates) {
    const at = Date.parse(date ?? '');
    if (Number.isNaN(server) || (!Number.isNaN(at) && at >= server - TOLERANCE)) same += hosts;
    else older += hosts;
  }
  return { same, older, isCompared: !Number.isNaN(server) };
}
