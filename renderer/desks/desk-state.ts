import { useQuery } from '@tanstack/react-query';
import { useStore } from 'zustand';
import type { Answers } from '../../contract/calls.ts';
import { ask, type ConsoleFailure, callKey } from '../app/console.ts';
import { useToasts } from '../ui/toasts.ts';
import type { OpenDesk } from './desk-room.ts';

/** What stands at a desk, for the line of desks. */
export type DeskStanding = 'none' | 'open' | 'working' | 'offline' | 'expired' | 'trouble';

/** What the line of desks says of one. */
export interface DeskSummary {
  /** Null while nobody chose a server there. */
  readonly name: string | null;
  readonly standing: DeskStanding;
  /** Messages that wait to be seen there. */
  readonly waiting: number;
}

function useDeskCall<N extends 'session.state' | 'sync.state'>(desk: OpenDesk, name: N): Answers[N] | undefined {
  const request = {};
  return useQuery<Answers[N], ConsoleFailure>(
    {
      queryKey: callKey<'session.state' | 'sync.state'>(name, request),
      queryFn: () => ask(desk.bridge, name, request as never),
    },
    desk.client,
  ).data;
}

/** How a desk stands, shown or hidden. */
export function useDeskSummary(desk: OpenDesk): DeskSummary {
  const session = useDeskCall(desk, 'session.state') ?? { kind: 'none' as const };
  const sync = useDeskCall(desk, 'sync.state');
  const waiting = useStore(useToasts.of(desk), ({ queue }) => queue.length);
  if (session.kind === 'none') return { name: null, standing: 'none', waiting };
  const { name } = session.profile;
  if (session.kind !== 'open') return { name, standing: session.kind, waiting };
  const isWorking = sync !== undefined && sync.phase !== 'idle' && sync.isPaused !== true;
  const isTroubled = sync !== undefined && sync.phase === 'idle' && sync.error !== null && sync.error !== 'cancelled';
  return { name, standing: isWorking ? 'working' : isTroubled ? 'trouble' : 'open', waiting };
}
