import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConsoleError } from '../../../../contract/errors.ts';
import type { RuleForecast } from '../../../../contract/schemas/rules.ts';
import { ask, type ConsoleFailure, callKey, useBridge } from '../../../app/console.ts';
import type { SaveState } from '../draft-saver.ts';

/** The forecast of a draft, and whether it is the one of what is on screen. */
export interface LiveForecast {
  /** The newest numbers; those of an earlier state while newer ones are computed. */
  readonly forecast: RuleForecast | null;
  readonly isComputing: boolean;
  /** The numbers are those of the state that was asked for. */
  readonly isCurrent: boolean;
  readonly error: ConsoleError | null;
  readonly retry: () => void;
}

/** Forecasts a draft as it was saved at `savedAt`; each saved state is asked once, and again when hosts or packages change. */
export function useForecast(draftId: string, savedAt: string): LiveForecast {
  const bridge = useBridge();
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery<RuleForecast, ConsoleFailure>({
    queryKey: [...callKey('rules.forecast', { draftId }), savedAt],
    queryFn: () => ask(bridge, 'rules.forecast', { draftId }),
    placeholderData: keepPreviousData,
    gcTime: 30_000,
    // A draft that has just been published or discarded has no forecast any more.
    retry: false,
  });
  return {
    forecast: data ?? null,
    isComputing: isFetching,
    isCurrent: data !== undefined && !isPlaceholderData,
    error: error?.error ?? null,
    retry: () => void refetch(),
  };
}

/** When the draft was last on disk, from the state of its saver. */
export function useSavedAt(state: SaveState, first: string): string {
  const [savedAt, setSavedAt] = useState(first);
  if (state.kind === 'saved' && state.savedAt !== savedAt) setSavedAt(state.savedAt);
  return state.kind === 'saved' ? state.savedAt : savedAt;
}
