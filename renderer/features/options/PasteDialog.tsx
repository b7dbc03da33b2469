import { Alert, Box, Stack, TextField } from '@mui/material';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readSection, wrongOptions } from '../../../domain/agent-options.ts';
import { fonts } from '../../theme/theme.ts';
import { FormDialog } from '../../ui/ConfirmDialog.tsx';
import { KEPT_LENGTH, type OptionSet } from './kept-options.ts';

const FIRST = 5;

/** Reads an existing ini text, and says what it found before it takes it. */
export function PasteDialog({
  onTake,
  onClose,
}: {
  readonly onTake: (set: OptionSet) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('options');
  const [text, setText] = useState('');
  const isTooLong = text.length > KEPT_LENGTH;
  const read = useMemo(() => readSection(isTooLong ? '' : text), [text, isTooLong]);
  const keys = Object.keys(read.values);
  const wrong = wrongOptions(read.values);
  const count = keys.length + read.others.length;
  const some = (list: readonly string[]): string =>
    [...list.slice(0, FIRST), ...(list.length > FIRST ? ['…'] : [])].join(', ');
  return (
    <FormDialog
      open
      maxWidth="md"
      title={t('paste.title')}
      submitLabel={t('paste.go')}
      canSubmit={count > 0}
      onSubmit={() => onTake({ values: read.values, others: read.others })}
      onClose={onClose}
    >
      <TextField
        autoFocus
        multiline
        minRows={8}
        maxRows={16}
        label={t('paste.label')}
        helperText={t('paste.help')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={'[waptwua]\nenabled=true\noffline=true\ndownload_scheduling=12h'}
        slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: fonts.mono, fontSize: '0.8125rem' } } }}
      />
      <Box role="status">
        {text.trim() === '' ? null : isTooLong ? (
          <Alert severity="error">{t('paste.tooLong')}</Alert>
        ) : count === 0 ? (
          <Alert severity="warning">{t('paste.nothing')}</Alert>
        ) : (
          <Stack sx={{ gap: 1 }}>
            <Alert severity="success" sx={{ py: 0.25 }}>
              {t('paste.found', { count: keys.length })}
              {keys.length === 0 ? '' : `: ${keys.join(', ')}`}
            </Alert>
            {read.from === 'bare' || read.from === 'global' ? (
              <Alert severity="info" sx={{ py: 0.25 }}>
                {t(`paste.${read.from}`)}
              </Alert>
            ) : null}
            {wrong.length === 0 ? null : (
              <Alert severity="error" sx={{ py: 0.25 }}>
                {t('paste.wrong', { keys: wrong.join(', ') })}
              </Alert>
            )}
            {read.badLines.length === 0 ? null : (
              <Alert severity="error" sx={{ py: 0.25 }}>
                {t('paste.bad', { count: read.badLines.length, lines: some(read.badLines) })}
              </Alert>
            )}
            {read.others.length === 0 ? null : (
              <Alert severity="info" sx={{ py: 0.25 }}>
                {t('paste.others', { count: read.others.length, keys: some(read.others.map(({ key }) => key)) })}
              </Alert>
            )}
          </Stack>
        )}
      </Box>
    </FormDialog>
  );
}
