import { ok } from '../../domain/result.ts';
import type { Answering, Parts } from './parts.ts';

/** Servers one knows, and being signed in to one. */
export const sessionCalls = ({ session, profiles }: Parts): Answering<'profiles' | 'session'> => ({
  'profiles.list': async () => ok(await Promise.all(profiles.list().map((profile) => session.view(profile)))),
  'profiles.save': (input) => session.save(input),
  'profiles.delete': ({ profileId }) => session.remove(profileId),
  'session.inspect': ({ profileId }) => session.inspect(profileId),
  'session.trust': (request) => session.trust(request),
  'session.signIn': (request) => session.signIn(request),
  'session.openOffline': ({ profileId }) => session.openOffline(profileId),
  'session.signOut': async () => {
    await session.close();
    return ok(null);
  },
  'session.state': async () => ok(await session.state()),
});
