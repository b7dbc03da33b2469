import type { Capability, Operation, Profile, ServerInfo, SessionState } from '../../contract/schemas/session.ts';
import { useCall } from './console.ts';

/** Where one stands, `none` until main has answered. */
export function useSession(): SessionState {
  return useCall('session.state', {}).data ?? { kind: 'none' };
}

/** The profile that is open, or null. */
export function useProfile(): Profile | null {
  const session = useSession();
  return session.kind === 'none' ? null : session.profile;
}

/** What the server is, where one is or was signed in. */
export function useServer(): ServerInfo | null {
  const session = useSession();
  return session.kind === 'open' || session.kind === 'expired' ? session.server : null;
}

/** Whether the server can do an operation; offline is a reason of its own, since one may still sign in. */
export function useCapability(
  operation: Operation,
): Capability | { readonly available: false; readonly reason: 'offline' } {
  const server = useServer();
  return server?.capabilities[operation] ?? { available: false, reason: 'offline' };
}
