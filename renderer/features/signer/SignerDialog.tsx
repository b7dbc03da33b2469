import { Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsoleError } from '../../../contract/errors.ts';
import type { SignerState } from '../../../contract/schemas/signer.ts';
import { putAnswer, useAction, useCall } from '../../app/console.ts';
import { FormDialog } from '../../ui/ConfirmDialog.tsx';
import { useErrorWords } from '../../ui/error-words.ts';
import { FilePicker } from '../../ui/FilePicker.tsx';
import { PasswordField } from '../../ui/PasswordField.tsx';
import { useSignerRequest } from './ensure.ts';

const atPassphrase = new Set(['wrong-passphrase', 'passphrase-needed']);
const atKey = new Set(['key-mismatch', 'key-missing', 'key-unsupported', 'key-not-rsa']);

function SignerForm({ why, state }: { readonly why: string; readonly state: SignerState | undefined }) {
  const { t } = useTranslation('signer');
  const client = useQueryClient();
  const settle = useSignerRequest((request) => request.settle);
  const errorWords = useErrorWords();
  const remembered = state === undefined || state.kind === 'none' ? null : state.certificateId;
  const [chosenId, setChosenId] = useState<string | null>(remembered);
  const [keyId, setKeyId] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const open = useAction('signer.open');
  const { data: files } = useCall('files.list', { kind: 'certificate' });
  // Where there is only one, it is the one.
  const certificateId = chosenId ?? (files?.length === 1 ? (files[0]?.id ?? null) : null);
  const certificate = files?.find((file) => file.id === certificateId) ?? null;

  const error: ConsoleError | null = open.error?.error ?? null;
  const place =
    error === null ? null : atPassphrase.has(error.code) ? 'passphrase' : atKey.has(error.code) ? 'key' : 'form';
  const words = error === null ? null : errorWords(error);
  const needsKey = certificate !== null && certificate.keyId === null;

  const submit = (): void => {
    if (certificateId === null) return;
    open.mutate(
      { certificateId, keyId, passphrase },
      {
        onSuccess: (opened) => {
          putAnswer(client, 'signer.state', {}, opened);
          settle(true);
        },
        onError: () => setPassphrase(''),
      },
    );
  };

  return (
    <FormDialog
      open
      title={t('open')}
      submitLabel={t('openButton')}
      isBusy={open.isPending}
      canSubmit={certificateId !== null}
      onSubmit={submit}
      onClose={() => settle(false)}
      error={place === 'form' ? error : null}
    >
      <Typography variant="body2" color="textSecondary">
        {why === '' ? t('lead') : why}
      </Typography>
      <FilePicker
        kind="certificate"
        label={t('certificate')}
        value={certificateId}
        onChange={(id) => {
          setChosenId(id);
          setKeyId(null);
          open.reset();
        }}
      />
      {needsKey || place === 'key' || keyId !== null ? (
        <FilePicker
          kind="key"
          label={t('key')}
          value={keyId}
          onChange={setKeyId}
          error={place === 'key' && words !== null ? `${words.title}. ${words.next}` : null}
        />
      ) : null}
      <PasswordField
        label={t('passphrase')}
        value={passphrase}
        autoComplete="off"
        autoFocus
        onChange={(event) => setPassphrase(event.target.value)}
        error={place === 'passphrase'}
        helperText={place === 'passphrase' && words !== null ? `${words.title}. ${words.next}` : t('passphraseNone')}
      />
    </FormDialog>
  );
}

/** Opens a signer: certificate, key and passphrase. A failure stands at its field, and the dialog stays until a key is open or one leaves. */
export function SignerDialog() {
  const { isOpen, why } = useSignerRequest();
  const { data: state } = useCall('signer.state', {});
  return isOpen ? <SignerForm why={why} state={state} /> : null;
}
