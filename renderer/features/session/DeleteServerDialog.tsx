import { useTranslation } from 'react-i18next';
import type { Profile } from '../../../contract/schemas/session.ts';
import { useAction } from '../../app/console.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

/** Asks before a server and what was read from it are removed. */
export function DeleteServerDialog({
  profile,
  onClose,
  onDeleted,
}: {
  readonly profile: Profile;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}) {
  const { t } = useTranslation(['session', 'common']);
  const remove = useAction('profiles.delete');
  return (
    <ConfirmDialog
      open
      title={t('deleteServer', { name: profile.name })}
      confirmLabel={t('common:remove')}
      tone="danger"
      isBusy={remove.isPending}
      error={remove.error?.error ?? null}
      onClose={onClose}
      onConfirm={() => remove.mutate({ profileId: profile.id }, { onSuccess: onDeleted })}
    >
      {t('deleteText')}
    </ConfirmDialog>
  );
}
