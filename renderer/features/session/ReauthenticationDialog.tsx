import { TextField, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '../../../contract/schemas/session.ts';
import { putAnswer, useAction } from '../../app/console.ts';
import { useReauthentication } from '../../app/reauthentication.ts';
import { useSession } from '../../app/session.ts';
import { useIsShown } from '../../desks/desk.ts';
import { FormDialog } from '../../ui/ConfirmDialog.tsx';
import { useErrorWords } from '../../ui/error-words.ts';
import { PasswordField } from '../../ui/PasswordField.tsx';

function PasswordForm({ profile, isExpired }: { readonly profile: Profile; readonly isExpired: boolean }) {
  const { t } = useTranslation('session');
  const client = useQueryClient();
  const settle = useReauthentication((state) => state.settle);
  const errorWords = useErrorWords();
  const signIn = useAction('session.signIn');
  const [user, setUser] = useState(profile.user);
  const [password, setPassword] = useState('');
  const error = signIn.error?.error ?? null;
  const isAtPassword = error?.code === 'password-refused';
  const submit = (): void =>
    signIn.mutate(
      {
        profileId: profile.id,
        user,
        password: password === '' && profile.hasPassword ? null : password,
        keepPassword: false,
      },
      {
        onSuccess: (state) => {
          putAnswer(client, 'session.state', {}, state);
          settle(true);
        },
      },
    );
  return (
    <FormDialog
      open
      maxWidth="xs"
      title={t('again.title')}
      submitLabel={t('signIn')}
      isBusy={signIn.isPending}
      canSubmit={user !== '' && (password !== '' || profile.hasPassword)}
      onSubmit={submit}
      onClose={() => settle(false)}
      error={isAtPassword ? null : error}
    >
      <Typography variant="body2" color="textSecondary">
        {t(isExpired ? 'again.expired' : 'again.offline', { name: profile.name })}
      </Typography>
      <TextField
        label={t('user')}
        value={user}
        autoComplete="username"
        onChange={(event) => setUser(event.target.value)}
      />
      <PasswordField
        label={t('password')}
        value={password}
        autoFocus
        autoComplete="current-password"
        onChange={(event) => setPassword(event.target.value)}
        error={isAtPassword}
        helperText={
          isAtPassword && error !== null
            ? `${errorWords(error).title}. ${errorWords(error).next}`
            : profile.hasPassword
              ? t('savedPassword')
              : undefined
        }
      />
    </FormDialog>
  );
}

/** Asks for the password over the current screen when the session ended or the server is needed; nothing on the screen is lost. */
export function ReauthenticationDialog() {
  const session = useSession();
  const { isAsked, wasLeft } = useReauthentication();
  const isExpired = session.kind === 'expired';
  const isShown = useIsShown();
  // Behind another server nothing may take the keys; it is asked when one comes back.
  if (!isShown) return null;
  if (session.kind === 'none' || !(isAsked || (isExpired && !wasLeft))) return null;
  return <PasswordForm profile={session.profile} isExpired={isExpired} />;
}
