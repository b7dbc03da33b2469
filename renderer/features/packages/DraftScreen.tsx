import { Button } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { Draft } from '../../../contract/schemas/packages.ts';
import { useCall } from '../../app/console.ts';
import { EmptyState, LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { DraftEditor } from './DraftEditor.tsx';

/** One draft, full screen. What one edits stays on screen even if the draft disappears elsewhere. */
export function DraftScreen() {
  const draftId = useParams()['draftId'] ?? '';
  return <OpenDraft key={draftId} draftId={draftId} />;
}

function OpenDraft({ draftId }: { readonly draftId: string }) {
  const { t } = useTranslation('packages');
  const navigate = useNavigate();
  const drafts = useCall('drafts.list', {});
  const [opened, setOpened] = useState<Draft | null>(null);
  const found = drafts.data?.find((draft) => draft.id === draftId);
  // The first reading is what is edited; later ones are echoes of the editor's own saves.
  if (opened === null && found !== undefined) setOpened(found);
  if (opened !== null) return <DraftEditor draft={opened} />;
  if (drafts.error !== null) return <ErrorNotice error={drafts.error.error} onRetry={() => void drafts.refetch()} />;
  if (drafts.isFetching) return <LoadingState />;
  return (
    <EmptyState
      title={t('editor.gone')}
      text={t('editor.goneText')}
      actions={<Button onClick={() => void navigate('/packages')}>{t('editor.back')}</Button>}
    />
  );
}
