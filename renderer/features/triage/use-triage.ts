import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { ConsoleError } from '../../../contract/errors.ts';
import type { TriageList } from '../../../contract/schemas/triage.ts';
import type { TriageState } from '../../../domain/triage.ts';
import { callKey, useBridge, useCall } from '../../app/console.ts';
import { afterStep, backSteps, stillIn, type TriageStep } from './steps.ts';

const KEPT_STEPS = 100;

/** The list of triage and what one does to it. */
export interface Triage {
  readonly list: TriageList | undefined;
  readonly isLoading: boolean;
  readonly error: ConsoleError | null;
  /** Why the last step could not be kept. */
  readonly failure: ConsoleError | null;
  readonly retry: () => void;
  /** Works on those of the updates that still stand in the view one looks at. */
  readonly run: (from: TriageState, step: TriageStep) => void;
  readonly undo: () => void;
  readonly canUndo: boolean;
}

/** Shows each step at once, keeps it in the store, and can take it back while the screen is open. */
export function useTriage(): Triage {
  const bridge = useBridge();
  const client = useQueryClient();
  const query = useCall('triage.list', {});
  const [past, setPast] = useState<readonly (readonly TriageStep[])[]>([]);
  const [failure, setFailure] = useState<ConsoleError | null>(null);
  const { refetch } = query;

  useEffect(() => void bridge.call('triage.visit', {}), [bridge]);

  const keep = useCallback(
    async (steps: readonly TriageStep[]): Promise<void> => {
      const key = callKey('triage.list', {});
      // An answer that is on its way does not know of these steps; the next key already works on what this one leaves.
      void client.cancelQueries({ queryKey: key }, { revert: false, silent: true });
      client.setQueryData<TriageList>(key, (list) => (list === undefined ? list : steps.reduce(afterStep, list)));
      for (const { updateIds, verdict, snoozedUntil } of steps) {
        const answers = [
          verdict === undefined ? null : await bridge.call('triage.decide', { updateIds, verdict }),
          snoozedUntil === undefined ? null : await bridge.call('triage.snooze', { updateIds, until: snoozedUntil }),
        ];
        const failed = answers.find((answer) => answer?.ok === false);
        setFailure(failed?.ok === false ? failed.error : null);
        if (failed !== undefined && failed !== null) void client.invalidateQueries({ queryKey: key });
      }
    },
    [bridge, client],
  );
  const run = useCallback(
    (from: TriageState, asked: TriageStep) => {
      const list = client.getQueryData<TriageList>(callKey('triage.list', {}));
      if (list === undefined) return;
      const step = stillIn(list, from, asked);
      if (step.updateIds.length === 0) return;
      const back = backSteps(list, step);
      setPast((now) => [...now, back].slice(-KEPT_STEPS));
      void keep([step]);
    },
    [client, keep],
  );
  const undo = useCallback(() => {
    const last = past.at(-1);
    if (last === undefined) return;
    setPast(past.slice(0, -1));
    void keep(last);
  }, [past, keep]);
  const retry = useCallback(() => void refetch(), [refetch]);
  return {
    list: query.data,
    isLoading: query.isPending,
    error: query.error?.error ?? null,
    failure,
    retry,
    run,
    undo,
    canUndo: past.length > 0,
  };
}
