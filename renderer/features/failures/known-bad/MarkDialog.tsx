import { TextField, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { putAnswer, useAction } from '../../../app/console.ts';
import { FormDialog } from '../../../ui/ConfirmDialog.tsx';
import { useToasts } from '../../../ui/toasts.ts';
import { useKnownBad } from './use-known-bad.ts';
import { useKnownBadWords } from './words.ts';

/** Marks updates as known to be bad, with a note of what goes wrong. */
export function MarkDialog({
  updateIds,
  onClose,
}: {
  readonly updateIds: readonly string[];
  readonly onClose: () => void;
}) {
  const t = useKnownBadWords();
  const bad = useKnownBad();
  const say = useToasts((toasts) => toasts.say);
  const client = useQueryClient();
  const mark = useAction('failures.mark');
  const [note, setNote] = useState(
    () => updateIds.map((id) => bad.get(id)?.note ?? '').find((one) => one !== '') ?? '',
  );
  const count = updateIds.length;
  const submit = (): void =>
    mark.mutate(
      { updateIds, note },
      {
        onSuccess: (marks) => {
          putAnswer(client, 'failures.knownBad', {}, marks);
          say({ tone: 'ok', text: t('marked', { count }) });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      open
      title={t('title', { count })}
      submitLabel={t('go')}
      onSubmit={submit}
      onClose={onClose}
      isBusy={mark.isPending}
      error={mark.error?.error ?? null}
    >
      <Typography variant="body2" color="textSecondary">
        {t('text')}
      </Typography>
      <TextField
        autoFocus
        multiline
        minRows={2}
        maxRows={8}
        label={t('note')}
        helperText={t('noteHelp')}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        slotProps={{ htmlInput: { maxLength: 2_000, dir: 'auto' } }}
      />
    </FormDialog>
  );
}
