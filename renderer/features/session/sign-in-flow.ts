import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Request } from '../../../contract/calls.ts';
import type { ConsoleError } from '../../../contract/errors.ts';
import type { Profile, ServerContact } from '../../../contract/schemas/session.ts';
import { ask, ConsoleFailure, putAnswer, useBridge } from '../../app/console.ts';
import { useSwitchTo } from '../../desks/use-switch-to.ts';
import { useToasts } from '../../ui/toasts.ts';
import { isAboutCertificate } from './field-errors.ts';

/** What one typed to sign in. */
export interface Credentials {
  readonly user: string;
  /** Null: the one in the secret store. */
  readonly password: string | null;
  readonly keepPassword: boolean;
}

/** A certificate that waits for a decision. */
export interface PendingTrust {
  readonly profile: Profile;
  readonly contact: ServerContact;
}

/** Signing in, step by step: save the profile, look at the certificate where it is not trusted yet, then send the password. */
export interface SignInFlow {
  readonly isBusy: boolean;
  readonly error: ConsoleError | null;
  readonly pending: PendingTrust | null;
  readonly signIn: (profile: Profile | Request<'profiles.save'>, credentials: Credentials) => Promise<void>;
  /** Decides about the pending certificate; then signing in goes on. */
  readonly trust: (decision: Request<'session.trust'>['trust']) => Promise<void>;
  readonly giveUp: () => void;
  readonly openOffline: (profile: Profile) => Promise<void>;
  readonly clearError: () => void;
}

/** Carries a sign-in through its steps. `onSignedIn` is called once a session is open. */
export function useSignInFlow(onSaved: (profile: Profile) => void, onSignedIn?: () => void): SignInFlow {
  const bridge = useBridge();
  const client = useQueryClient();
  const { t } = useTranslation('session');
  const say = useToasts((toasts) => toasts.say);
  const switchTo = useSwitchTo();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ConsoleError | null>(null);
  const [pending, setPending] = useState<PendingTrust | null>(null);
  const [credentials, setCredentials] = useState<Credentials | null>(null);

  const steps = useCallback(async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (failure) {
      if (!(failure instanceof ConsoleFailure)) throw failure;
      setError(failure.error);
    } finally {
      setBusy(false);
    }
  }, []);

  const look = useCallback(
    async (profile: Profile): Promise<Profile | null> => {
      const contact = await ask(bridge, 'session.inspect', { profileId: profile.id });
      if (contact.verdict !== 'trusted') {
        setPending({ profile, contact });
        return null;
      }
      return profile.trust === null
        ? ask(bridge, 'session.trust', { profileId: profile.id, trust: { kind: 'system' } })
        : profile;
    },
    [bridge],
  );

  const enter = useCallback(
    async (profile: Profile, given: Credentials): Promise<void> => {
      const answer = await bridge.call('session.signIn', { profileId: profile.id, ...given });
      if (!answer.ok) {
        if (answer.error.code === 'open-elsewhere' && switchTo(profile)) return;
        if (isAboutCertificate(answer.error.code) && (await look(profile)) === null) return;
        throw new ConsoleFailure(answer.error);
      }
      const state = answer.value;
      putAnswer(client, 'session.state', {}, state);
      setCredentials(null);
      if (state.kind === 'open') {
        const { version, edition } = state.server;
        say({ tone: 'ok', text: t('summary', { name: state.profile.name, version, edition }) });
      }
      onSignedIn?.();
    },
    [bridge, client, look, onSignedIn, say, switchTo, t],
  );

  return {
    isBusy,
    error,
    pending,
    signIn: (target, given) =>
      steps(async () => {
        setCredentials(given);
        let profile: Profile;
        if ('trust' in target) profile = target;
        else {
          profile = await ask(bridge, 'profiles.save', target);
          void client.invalidateQueries({ queryKey: ['profiles.list'] });
          onSaved(profile);
        }
        const trusted = profile.trust === null ? await look(profile) : profile;
        if (trusted !== null) await enter(trusted, given);
      }),
    trust: (decision) =>
      steps(async () => {
        if (pending === null) return;
        const profile = await ask(bridge, 'session.trust', { profileId: pending.profile.id, trust: decision });
        void client.invalidateQueries({ queryKey: ['profiles.list'] });
        onSaved(profile);
        setPending(null);
        if (credentials !== null) await enter(profile, credentials);
      }),
    giveUp: () => {
      setPending(null);
      setError(null);
    },
    openOffline: (profile) =>
      steps(async () => {
        const answer = await bridge.call('session.openOffline', { profileId: profile.id });
        if (answer.ok) putAnswer(client, 'session.state', {}, answer.value);
        else if (answer.error.code !== 'open-elsewhere' || !switchTo(profile)) throw new ConsoleFailure(answer.error);
      }),
    clearError: () => setError(null),
  };
}
