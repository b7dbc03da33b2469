import {
  keepPreviousData,
  type QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Bridge } from '../../contract/bridge.ts';
import type { Answers, Request } from '../../contract/calls.ts';
import type { ConsoleError } from '../../contract/errors.ts';
import { BRIDGE, type CallName } from '../../contract/names.ts';
import { useReauthentication } from './reauthentication.ts';

/** A failed call as TanStack Query carries it; the code is in `error`. */
export class ConsoleFailure extends Error {
  readonly error: ConsoleError;

  constructor(error: ConsoleError) {
    super(error.code);
    this.name = 'ConsoleFailure';
    this.error = error;
  }
}

/** The bridge that the preload installed, or null where the page was opened by itself. */
export function installedBridge(): Bridge | null {
  const candidate: unknown = Reflect.get(globalThis, BRIDGE);
  return typeof candidate === 'object' && candidate !== null ? (candidate as Bridge) : null;
}

/** Carries the bridge to the components. */
export const BridgeContext = createContext<Bridge | null>(null);

/** Carries the answers that hold for the whole window, whichever server is shown; without one, those of the part itself. */
export const WindowClientContext = createContext<QueryClient | null>(null);

/** What is kept for the whole window: settings, and what the console is. */
export function useWindowClient(): QueryClient {
  const own = useQueryClient();
  return useContext(WindowClientContext) ?? own;
}

const isOfWindow = (name: CallName): boolean => name.startsWith('settings.') || name.startsWith('app.');

/** The bridge to main. */
export function useBridge(): Bridge {
  const bridge = useContext(BridgeContext);
  if (bridge === null) throw new Error('no bridge above this component');
  return bridge;
}

/** Asks main; throws a `ConsoleFailure` where the answer is one. */
export async function ask<N extends CallName>(bridge: Bridge, name: N, request: Request<N>): Promise<Answers[N]> {
  const answer = await bridge.call(name, request);
  if (answer.ok) return answer.value;
  throw new ConsoleFailure(answer.error);
}

/** The key under which the answer to a question is kept. */
export function callKey<N extends CallName>(name: N, request?: Request<N>): readonly unknown[] {
  return request === undefined ? [name] : [name, request];
}

/** How a question is kept. */
export interface CallOptions {
  readonly enabled?: boolean;
  /** Milliseconds after which it is asked again while shown. */
  readonly refetchInterval?: number | false;
  /** Show the last answer while another request of the same call runs. */
  readonly keepPrevious?: boolean;
}

/** Asks main while the component is shown; events of main make it ask again. */
export function useCall<N extends CallName>(
  name: N,
  request: Request<N>,
  options: CallOptions = {},
): UseQueryResult<Answers[N], ConsoleFailure> {
  const bridge = useBridge();
  const own = useQueryClient();
  const ofWindow = useWindowClient();
  return useQuery<Answers[N], ConsoleFailure>(
    {
      queryKey: callKey(name, request),
      queryFn: () => ask(bridge, name, request),
      enabled: options.enabled ?? true,
      refetchInterval: options.refetchInterval ?? false,
      ...(options.keepPrevious === true ? { placeholderData: keepPreviousData } : {}),
    },
    isOfWindow(name) ? ofWindow : own,
  );
}

/**
 * Has main do something. When the server no longer knows the session, the person is asked for the password over the screen, and the call
 * is made once more.
 */
export function useAction<N extends CallName>(name: N): UseMutationResult<Answers[N], ConsoleFailure, Request<N>> {
  const bridge = useBridge();
  const { reauthenticate } = useReauthentication();
  return useMutation<Answers[N], ConsoleFailure, Request<N>>({
    mutationKey: [name],
    mutationFn: async (request) => {
      const first = await bridge.call(name, request);
      if (first.ok) return first.value;
      const mayRepeat = first.error.code === 'signed-out' && !name.startsWith('session.');
      if (!mayRepeat || !(await reauthenticate())) throw new ConsoleFailure(first.error);
      return ask(bridge, name, request);
    },
  });
}

/** Writes an answer that main gave elsewhere into what is kept for a question. */
export function putAnswer<N extends CallName>(
  client: QueryClient,
  name: N,
  request: Request<N>,
  answer: Answers[N],
): void {
  const queryKey = callKey(name, request);
  // An answer that is on its way was given before this one, and may not take its place.
  void client.cancelQueries({ queryKey, exact: true });
  client.setQueryData(queryKey, answer);
}
