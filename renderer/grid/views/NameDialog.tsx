import { TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../ui/ConfirmDialog.tsx';

/** Asks for the name of a view; `taken` are those of the other views of the list. */
export function NameDialog({
  title,
  text,
  initial,
  taken,
  onSubmit,
  onClose,
}: {
  readonly title: string;
  readonly text: string | null;
  readonly initial: string;
  readonly taken: readonly string[];
  readonly onSubmit: (name: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState(initial);
  const wanted = name.trim();
  return (
    <FormDialog
      open
      maxWidth="xs"
      title={title}
      submitLabel={t('save')}
      canSubmit={wanted !== ''}
      onSubmit={() => onSubmit(wanted)}
      onClose={onClose}
    >
      {text === null ? null : (
        <Typography variant="body2" color="textSecondary">
          {text}
        </Typography>
      )}
      <TextField
        autoFocus
        label={t('views.name')}
        value={name}
        helperText={taken.includes(wanted) ? t('views.taken') : ' '}
        onChange={(event) => setName(event.target.value)}
        slotProps={{ htmlInput: { maxLength: 80 } }}
      />
    </FormDialog>
  );
}
