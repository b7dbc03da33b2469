import { Box, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Published } from '../../../contract/schemas/packages.ts';
import type { RingItemState, RingState, RingStep } from '../../../contract/schemas/rings.ts';
import { useAction } from '../../app/console.ts';
import { FormDialog } from '../../ui/ConfirmDialog.tsx';

const SHOWN = 100;

/** The one confirmation before what passed is published for the next ring. */
export function PromoteDialog({
  ringSetId,
  step,
  next,
  items,
  onPublished,
  onClose,
}: {
  readonly ringSetId: string;
  readonly step: RingStep;
  readonly next: RingState | undefined;
  readonly items: readonly RingItemState[];
  readonly onPublished: (done: Published) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('rings');
  const promote = useAction('rings.promote');
  const [reason, setReason] = useState('');
  const submit = (): void =>
    promote.mutate(
      { ringSetId, from: step.from, entries: items.map((item) => item.entry), reason },
      { onSuccess: onPublished },
    );
  return (
    <FormDialog
      open
      maxWidth="md"
      title={t('confirm.title', { count: items.length, to: step.to })}
      submitLabel={t('confirm.go')}
      onSubmit={submit}
      onClose={onClose}
      isBusy={promote.isPending}
      error={promote.error?.error ?? null}
    >
      <Typography variant="body2">
        {t('confirm.text', { to: step.to })} {t('confirm.hosts', { count: next?.hosts ?? 0 })}
      </Typography>
      <Box
        component="ul"
        tabIndex={0}
        aria-label={t('grid')}
        sx={{
          m: 0,
          p: 0,
          maxHeight: 300,
          overflow: 'auto',
          listStyle: 'none',
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
        }}
      >
        {items.slice(0, SHOWN).map((item) => (
          <Box
            component="li"
            key={item.entry}
            sx={{ px: 1.5, py: 0.75, borderBottom: 1, borderColor: 'divider', '&:last-child': { borderBottom: 0 } }}
          >
            <Typography variant="body2" sx={{ fontWeight: 550, overflowWrap: 'anywhere' }}>
              {item.title === '' ? item.entry : item.title}
            </Typography>
            <Typography variant="caption" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
              {[
                item.entry,
                t('gates.successes', { count: item.successes }),
                t('confirm.needed', { count: item.neededNext }),
              ].join(' · ')}
            </Typography>
          </Box>
        ))}
        {items.length > SHOWN ? (
          <Typography
            component="li"
            variant="caption"
            color="textSecondary"
            sx={{ display: 'block', px: 1.5, py: 0.75 }}
          >
            {t('confirm.more', { count: items.length - SHOWN })}
          </Typography>
        ) : null}
      </Box>
      <TextField
        autoFocus
        label={t('confirm.reason')}
        helperText={t('confirm.reasonHelp')}
        value={reason}
        onChange={(event) => setReason(event.target.value.slice(0, 1_000))}
      />
      <Typography variant="caption" color="textSecondary">
        {t('confirm.again')}
      </Typography>
    </FormDialog>
  );
}
