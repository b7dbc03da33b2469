import { Button, MenuItem, TextField } from '@mui/material';
import { CircleDotDashed } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RingSet } from '../../../contract/schemas/rings.ts';
import { useAction, useCall } from '../../app/console.ts';
import { useRemembered } from '../../app/settings.ts';
import { addWords } from '../../i18n/i18n.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState, LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { en as updatesEn } from '../updates/words/en.ts';
import { fr as updatesFr } from '../updates/words/fr.ts';
import { RingSetDialog } from './RingSetDialog.tsx';
import { RingSetView } from './RingSetView.tsx';

/** Ordered packages: what proves itself on the hosts of one may go on to the next. */
export function RingsScreen() {
  const { i18n } = useTranslation();
  // Names of severities are those of the updates screen.
  useState(() => addWords(i18n, 'updates', { en: updatesEn, fr: updatesFr }));
  return <Screen />;
}

function Screen() {
  const { t } = useTranslation(['rings', 'common']);
  const sets = useCall('rings.list', {});
  const remove = useAction('rings.delete');
  const [kept, keep] = useRemembered('filters', 'ring-set');
  const [editing, setEditing] = useState<RingSet | 'new' | null>(null);
  const [deleting, setDeleting] = useState<RingSet | null>(null);
  const current = sets.data?.find((set) => set.id === kept) ?? sets.data?.[0];

  // The same functions from drawing to drawing: they are in the commands of the frame.
  const make = useCallback(() => setEditing('new'), []);
  const edit = useCallback(() => setEditing(current ?? null), [current]);
  const askDelete = useCallback(() => setDeleting(current ?? null), [current]);

  const dialogs = (
    <>
      {editing === null ? null : (
        <RingSetDialog
          set={editing === 'new' ? null : editing}
          onSaved={(saved) => {
            keep(saved.id);
            setEditing(null);
          }}
          onClose={() => setEditing(null)}
        />
      )}
      {deleting === null ? null : (
        <ConfirmDialog
          open
          tone="danger"
          title={t('deleteConfirm.title', { name: deleting.name })}
          confirmLabel={t('common:delete')}
          isBusy={remove.isPending}
          error={remove.error?.error ?? null}
          onConfirm={() => remove.mutate({ ringSetId: deleting.id }, { onSuccess: () => setDeleting(null) })}
          onClose={() => setDeleting(null)}
        >
          {t('deleteConfirm.text')}
        </ConfirmDialog>
      )}
    </>
  );

  if (sets.error !== null) return <ErrorNotice error={sets.error.error} onRetry={() => void sets.refetch()} />;
  if (sets.data === undefined) return <LoadingState />;
  if (current === undefined)
    return (
      <ScreenFrame>
        <EmptyState
          icon={CircleDotDashed}
          title={t('empty.title')}
          text={t('empty.text')}
          actions={
            <Button variant="contained" onClick={make}>
              {t('empty.make')}
            </Button>
          }
        />
        {dialogs}
      </ScreenFrame>
    );
  return (
    <>
      <RingSetView
        key={current.id}
        set={current}
        chooser={
          <TextField
            select
            label={t('set')}
            value={current.id}
            onChange={(event) => keep(event.target.value)}
            sx={{ width: 220 }}
          >
            {sets.data.map((set) => (
              <MenuItem key={set.id} value={set.id}>
                {set.name}
              </MenuItem>
            ))}
          </TextField>
        }
        onNew={make}
        onEdit={edit}
        onDelete={askDelete}
      />
      {dialogs}
    </>
  );
}
