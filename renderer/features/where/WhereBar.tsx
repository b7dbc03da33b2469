import { Alert, Chip, Stack, Typography } from '@mui/material';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../i18n/locale.ts';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { formatNumber } from '../../ui/format.ts';
import type { WhereState } from './use-where.ts';
import { useWhereName, useWhereWords } from './where-words.ts';

/** Says which set the list below shows, with the way back to the whole list; nothing without a restriction. */
export function WhereBar({ state, of }: { readonly state: WhereState; readonly of: 'hosts' | 'updates' }) {
  const words = useWhereWords();
  const name = useWhereName(state.where);
  const { t } = useTranslation('where');
  const locale = useLocale();
  if (state.text === null) return null;
  if (state.where === null || state.error?.code === 'bad-request') {
    return (
      <Alert severity="warning" sx={{ borderRadius: 0, py: 0 }} onClose={state.remove}>
        {t('bad')}
      </Alert>
    );
  }
  if (state.error !== null) return <ErrorBar error={state.error} />;
  if (state.set === undefined) return null;
  const count = (of === 'hosts' ? state.set.uuids : state.set.updateIds).length;
  const label = words(state.where, name);
  return (
    <Stack
      direction="row"
      role="group"
      aria-label={t('label')}
      sx={{
        alignItems: 'center',
        flexWrap: 'wrap',
        gap: 1,
        px: 2,
        py: 0.75,
        bgcolor: 'background.paper',
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Typography variant="body2" component="span" color="textSecondary">
        {t('only')}
      </Typography>
      <Chip
        size="small"
        label={label}
        onDelete={state.remove}
        onClick={state.remove}
        aria-label={t('remove', { name: label })}
        deleteIcon={<X size={13} aria-hidden />}
        sx={{ maxWidth: 640, bgcolor: 'action.selected' }}
      />
      <Typography variant="body2" component="span" color="textSecondary">
        {t(of, { count, shown: formatNumber(count, locale) })}
      </Typography>
    </Stack>
  );
}
