import { Box, Button, Checkbox, FormControlLabel, Stack, TextField, Typography } from '@mui/material';
import { HardDriveDownload, LogIn, Pencil } from 'lucide-react';
import { lazy, Suspense, type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '../../../contract/schemas/session.ts';
import { useCall } from '../../app/console.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useErrorWords } from '../../ui/error-words.ts';
import { PasswordField } from '../../ui/PasswordField.tsx';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { fieldOf, isAboutTheWay } from './field-errors.ts';
import { draftOf, ProfileFields, profileToSave } from './ProfileFields.tsx';
import { useSignInFlow } from './sign-in-flow.ts';

// Seen once for each server: not a part of the first screen.
const TrustDialog = lazy(async () => ({ default: (await import('./TrustDialog.tsx')).TrustDialog }));

/** Signing in to one server, known or new. */
export function SignInForm({
  profile,
  onSaved,
}: {
  readonly profile: Profile | null;
  readonly onSaved: (profile: Profile) => void;
}) {
  const { t } = useTranslation(['session', 'common']);
  const errorWords = useErrorWords();
  const { data: app } = useCall('app.info', {});
  const flow = useSignInFlow(onSaved);
  const [isEditing, setEditing] = useState(profile === null);
  const [draft, setDraft] = useState(() => draftOf(profile));
  const [password, setPassword] = useState('');
  const [keepPassword, setKeepPassword] = useState(profile?.hasPassword ?? false);

  const { error } = flow;
  const field = error === null ? null : fieldOf(error);
  const words = error === null ? null : errorWords(error);
  const errorText = words === null ? null : `${words.title}. ${words.next}`;
  const isFieldShown = field === 'password' || field === 'user' || (field !== null && isEditing);
  const usesKept = password === '' && profile?.hasPassword === true;
  const canSubmit = draft.address.trim() !== '' && draft.user.trim() !== '' && (password !== '' || usesKept);

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (!canSubmit || flow.isBusy) return;
    const credentials = { user: draft.user.trim(), password: usesKept ? null : password, keepPassword };
    const target =
      profile !== null && !isEditing && draft.user.trim() === profile.user
        ? profile
        : profileToSave({ ...draft, id: profile?.id ?? null });
    void flow.signIn(target, credentials);
  };

  return (
    <Stack component="form" onSubmit={submit} noValidate sx={{ gap: 2 }} aria-label={profile?.name ?? t('newServer')}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1 }}>
        <Typography variant="h1" component="h2" sx={{ overflowWrap: 'anywhere' }}>
          {profile?.name ?? t('newServer')}
        </Typography>
        {profile?.isLab === true ? <StatusChip tone="info" label={t('lab')} /> : null}
        <Box sx={{ flex: 1 }} />
        {profile === null ? null : (
          <Button
            startIcon={<Pencil size={14} aria-hidden />}
            onClick={() => setEditing(!isEditing)}
            aria-expanded={isEditing}
          >
            {t('common:edit')}
          </Button>
        )}
      </Stack>
      {isEditing ? (
        <ProfileFields draft={draft} onChange={setDraft} errorField={field} errorText={errorText} />
      ) : (
        <Typography variant="body2" color="textSecondary" sx={{ mt: -1.5 }}>
          {profile?.address}
        </Typography>
      )}
      <TextField
        label={t('user')}
        value={draft.user}
        required
        autoComplete="username"
        onChange={(event) => setDraft({ ...draft, user: event.target.value })}
        error={field === 'user'}
        helperText={field === 'user' ? errorText : undefined}
        slotProps={{ htmlInput: { spellCheck: false, autoCapitalize: 'off' } }}
      />
      <PasswordField
        label={t('password')}
        value={password}
        autoComplete="current-password"
        autoFocus={profile !== null}
        onChange={(event) => {
          setPassword(event.target.value);
          if (field === 'password') flow.clearError();
        }}
        error={field === 'password'}
        helperText={field === 'password' ? errorText : usesKept ? t('savedPassword') : undefined}
      />
      {app?.canKeepSecrets === true ? (
        <FormControlLabel
          control={<Checkbox checked={keepPassword} onChange={(event) => setKeepPassword(event.target.checked)} />}
          label={t('keepPassword')}
          slotProps={{ typography: { variant: 'body2' } }}
        />
      ) : null}
      {error === null || isFieldShown || flow.pending !== null ? null : <ErrorNotice error={error} />}
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
        <Button
          type="submit"
          variant="contained"
          size="medium"
          loading={flow.isBusy}
          loadingPosition="start"
          disabled={!canSubmit}
          startIcon={<LogIn size={16} aria-hidden />}
        >
          {t('signIn')}
        </Button>
        {profile === null || profile.lastSignIn === null ? null : (
          <Button
            variant={error !== null && isAboutTheWay(error.code) ? 'outlined' : 'text'}
            startIcon={<HardDriveDownload size={15} aria-hidden />}
            onClick={() => void flow.openOffline(profile)}
          >
            {t('openOffline')}
          </Button>
        )}
      </Stack>
      {flow.pending === null ? null : (
        <Suspense fallback={null}>
          <TrustDialog
            contact={flow.pending.contact}
            isBusy={flow.isBusy}
            error={error}
            onTrust={(decision) => void flow.trust(decision)}
            onClose={flow.giveUp}
          />
        </Suspense>
      )}
    </Stack>
  );
}
