import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatSection, installerValues, wrongOptions } from '../../../domain/agent-options.ts';
import { fonts } from '../../theme/theme.ts';
import { useCopy } from '../../ui/CopyButton.tsx';
import type { OptionSet } from './kept-options.ts';

/** A text to take away, with the button that copies it. */
function TextToCopy({ text, label }: { readonly text: string; readonly label: string }) {
  const { t } = useTranslation();
  const copy = useCopy();
  const [copied, setCopied] = useState<string | null>(null);
  const isCopied = copied === text;
  return (
    <Stack sx={{ gap: 1 }}>
      <Box
        component="pre"
        tabIndex={0}
        aria-label={label}
        sx={{
          m: 0,
          p: 1.5,
          overflow: 'auto',
          borderRadius: 1,
          border: 1,
          borderColor: 'divider',
          bgcolor: 'background.default',
          fontFamily: fonts.mono,
          fontSize: '0.8125rem',
          lineHeight: 1.6,
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
        }}
      >
        {text}
      </Box>
      <Button
        variant="contained"
        startIcon={isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        sx={{ alignSelf: 'flex-start' }}
        onClick={() => void copy(text).then((hasCopied) => setCopied(hasCopied ? text : null))}
      >
        {isCopied ? t('copied') : label}
      </Button>
    </Stack>
  );
}

function Wrong({ set }: { readonly set: OptionSet }) {
  const { t } = useTranslation('options');
  const count = wrongOptions(set.values).length;
  return count === 0 ? null : <Alert severity="error">{t('ini.wrong', { count })}</Alert>;
}

/** The section as it stands in the file, live. */
export function IniText({ set }: { readonly set: OptionSet }) {
  const { t } = useTranslation('options');
  const isEmpty = Object.keys(set.values).length + set.others.length === 0;
  return (
    <Stack sx={{ gap: 1.5 }}>
      <Wrong set={set} />
      {isEmpty ? <Typography variant="body2">{t('ini.empty')}</Typography> : null}
      <TextToCopy text={formatSection(set.values, set.others)} label={t('ini.copy')} />
      <Typography variant="body2" color="textSecondary">
        {t('ini.text')}
      </Typography>
      <Typography variant="body2" color="textSecondary">
        {t('installer.existing')}
      </Typography>
    </Stack>
  );
}

/** The same values as variables of the agent's installer. */
export function InstallerText({ set }: { readonly set: OptionSet }) {
  const { t } = useTranslation('options');
  const { lines, left } = installerValues(set.values);
  const alone = [...left, ...set.others.map(({ key }) => key)];
  return (
    <Stack sx={{ gap: 1.5 }}>
      <Wrong set={set} />
      {lines.length === 0 ? (
        <Typography variant="body2">{t('installer.empty')}</Typography>
      ) : (
        <TextToCopy text={`${lines.join('\n')}\n`} label={t('installer.copy')} />
      )}
      {alone.length === 0 ? null : <Alert severity="info">{t('installer.left', { keys: alone.join(', ') })}</Alert>}
      <Typography variant="body2" color="textSecondary">
        {t('installer.text')}
      </Typography>
      <Typography variant="body2" color="textSecondary">
        {t('installer.existing')}
      </Typography>
    </Stack>
  );
}
