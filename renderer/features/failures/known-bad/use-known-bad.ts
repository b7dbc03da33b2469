import { useMemo } from 'react';
import type { KnownBad } from '../../../../contract/schemas/failures.ts';
import { useCall } from '../../../app/console.ts';

const none: readonly KnownBad[] = [];

/** What one marked as known to be bad, by update. */
export function useKnownBad(): ReadonlyMap<string, KnownBad> {
  const marks = useCall('failures.knownBad', {}).data ?? none;
  return useMemo(() => new Map(marks.map((mark) => [mark.updateId, mark])), [marks]);
}
