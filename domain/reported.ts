/** What a host decided about an update, as far as its report shows it. */
import type { Decision } from './decision.ts';
import type { HostUpdate } from './update.ts';

/** What a reported row of an update that is not installed shows of the host's decision; null where it shows none. */
export function reportedDecision(
  row: Pick<HostUpdate, 'status' | 'allowed' | 'hidden' | 'delayed'>,
): Exclude<Decision, 'unknown'> | null {
  if (row.delayed === true) return 'held-back';
  if (row.hidden === true || row.status === 'DISCARDED' || row.allowed === false) return 'forbidden';
  if (row.allowed === true || row.hidden === false) return 'allowed';
  return row.status === 'PENDING' || row.status === 'MISSING' || row.status === 'ERROR' ? 'allowed' : null;
}
