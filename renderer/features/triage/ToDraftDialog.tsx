import { Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Request } from '../../../contract/calls.ts';
import { useAction } from '../../app/console.ts';
import { FormDialog } from '../../ui/ConfirmDialog.tsx';
import type { WrittenAs } from '../packages/edits.ts';
import { type Target, TargetPicker, useTargetChoice } from '../packages/TargetPicker.tsx';
import { WriteAs } from '../packages/WriteAs.tsx';

/** Asks for the package that all decisions go into, and opens its review. */
export function ToDraftDialog({ count, onClose }: { readonly count: number; readonly onClose: () => void }) {
  const { t } = useTranslation('triage');
  const navigate = useNavigate();
  const choice = useTargetChoice();
  const [as, setAs] = useState<WrittenAs>('updates');
  const toDraft = useAction('triage.toDraft');
  const { target, problem } = choice;
  const submit = (): void => {
    if (target === null || problem !== null) return;
    toDraft.mutate(
      { target: asked(target), as },
      {
        onSuccess: (draft) => {
          onClose();
          void navigate(`/packages/edit/${encodeURIComponent(draft.id)}?review=1`);
        },
      },
    );
  };
  return (
    <FormDialog
      open
      title={t('toDraft.title', { count })}
      submitLabel={t('toDraft.go')}
      onSubmit={submit}
      onClose={onClose}
      isBusy={toDraft.isPending}
      canSubmit={target !== null && problem === null}
      error={toDraft.error?.error ?? null}
    >
      <Typography variant="body2" color="textSecondary">
        {t('toDraft.text')}
      </Typography>
      <TargetPicker choice={choice} />
      <WriteAs value={as} onChange={setAs} />
      <Typography variant="caption" color="textSecondary">
        {t('toDraft.definitions')}
      </Typography>
    </FormDialog>
  );
}

const asked = (target: Target): Request<'triage.toDraft'>['target'] => {
  if (target.kind === 'new') return { kind: 'new', package: target.name };
  return target.kind === 'draft'
    ? { kind: 'draft', draftId: target.draft.id }
    : { kind: 'package', filename: target.row.filename };
};
