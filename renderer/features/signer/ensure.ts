import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { SignerState } from '../../../contract/schemas/signer.ts';
import { ask, callKey, useBridge } from '../../app/console.ts';
import { deskStore } from '../../desks/desk-store.ts';

interface SignerRequest {
  readonly isOpen: boolean;
  /** What the signer is needed for, in words. */
  readonly why: string;
  readonly waiting: readonly ((isOpen: boolean) => void)[];
  readonly askFor: (why: string) => Promise<boolean>;
  readonly settle: (isOpen: boolean) => void;
}

/** The dialog that opens a signer, for whoever needs one. */
export const useSignerRequest = deskStore<SignerRequest>((set, get) => ({
  isOpen: false,
  why: '',
  waiting: [],
  askFor: (why) =>
    new Promise((resolve) => {
      set({ isOpen: true, why, waiting: [...get().waiting, resolve] });
    }),
  settle: (isOpen) => {
    const { waiting } = get();
    set({ isOpen: false, waiting: [] });
    for (const resolve of waiting) resolve(isOpen);
  },
}));

/** Makes sure that a signer is open: true when one is or was just opened, false when one would rather not. `why` is shown. */
export function useEnsureSigner(): (why: string) => Promise<boolean> {
  const bridge = useBridge();
  const client = useQueryClient();
  const askFor = useSignerRequest((request) => request.askFor);
  return useCallback(
    async (why) => {
      const state = await client
        .query<SignerState>({
          queryKey: callKey('signer.state', {}),
          queryFn: () => ask(bridge, 'signer.state', {}),
          staleTime: 0,
        })
        .catch((): SignerState => ({ kind: 'none' }));
      return state.kind === 'open' || askFor(why);
    },
    [bridge, client, askFor],
  );
}
