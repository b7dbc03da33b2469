import type { FailureBy, FailureSet } from '../../../domain/failures.ts';

/** The failures of one line of a board, within what the board is restricted to. */
export function setOf(by: FailureBy, key: string | null, within: FailureSet): FailureSet {
  if (by === 'code') return { ...within, code: key ?? '' };
  return by === 'update' ? { ...within, updateId: key } : { ...within, group: key };
}
