import { ok } from '../../domain/result.ts';
import type { Answering, Parts } from './parts.ts';

/** Servers one knows, and being signed in to one. */
export const sessionCalls = ({ session, profiles, desks }: Parts): Answering<'profiles' | 'session'> => {
  // What changes or forgets a profile closes it where it is open.
  const holder = (id: string | null) => (id === null ? null : (desks.holderOf(id)?.session ?? null));
  return {
    'profiles.list': async () => ok(await Promise.all(profiles.list().map((profile) => session.view(profile)))),
    'profiles.save': (input) => (holder(input.id) ?? session).save(input),
    'profiles.delete': ({ profileId }) => (holder(profileId) ?? session).remove(profileId),
    'session.inspect': ({ profileId }) => session.inspect(profileId),
    'session.trust': (request) => session.trust(request),
    'session.signIn': (request) => session.signIn(request),
    'session.openOffline': ({ profileId }) => session.openOffline(profileId),
    'session.signOut': async () => {
      await session.close();
      return ok(null);
    },
    'session.state': async () => ok(await session.state()),
  };
};
