import type { SessionState } from '../../contract/schemas/session.ts';
import { callKey } from '../app/console.ts';
import { useDesk } from './desk.ts';
import { useDesks } from './desk-room.ts';

/** The ids of the profiles that are open at other desks than the component's. */
export function useOpenProfiles(): ReadonlySet<string> {
  const { id } = useDesk();
  const others = useDesks()?.desks.filter((desk) => desk.id !== id) ?? [];
  return new Set(
    others.flatMap(({ client }) => {
      const state = client.getQueryData<SessionState>(callKey('session.state', {}));
      return state === undefined || state.kind === 'none' ? [] : [state.profile.id];
    }),
  );
}
