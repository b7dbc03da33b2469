import { Box, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../app/console.ts';
import { addWords } from '../../i18n/i18n.ts';
import { EmptyState, LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { en as hostsEn } from '../hosts/words/en.ts';
import { fr as hostsFr } from '../hosts/words/fr.ts';
import { en as packagesEn } from '../packages/words/en.ts';
import { fr as packagesFr } from '../packages/words/fr.ts';
import { WhyCard } from './WhyCard.tsx';
import { useWhyWords } from './words.ts';

/** Why an update stands as it stands, on one host or group by group on all that report it. */
export function WhyPanel({
  updateId,
  uuid,
  draftId,
  onLeave,
}: {
  readonly updateId: string;
  /** Null: every host that reports it. */
  readonly uuid: string | null;
  /** As if this draft were published; null: by the rules that hosts have. */
  readonly draftId: string | null;
  /** One goes to another screen from here. */
  readonly onLeave?: (() => void) | undefined;
}) {
  const t = useWhyWords();
  const { i18n } = useTranslation();
  // Orders to hosts and drafts begin here, with the words of their screens.
  useState(() => {
    addWords(i18n, 'hosts', { en: hostsEn, fr: hostsFr });
    addWords(i18n, 'packages', { en: packagesEn, fr: packagesFr });
  });
  const why = useCall('rules.why', { updateId, uuid, draftId });
  if (why.error !== null) return <ErrorNotice compact error={why.error.error} onRetry={() => void why.refetch()} />;
  if (why.data === undefined) return <LoadingState label={t('computing')} />;
  const { groups } = why.data;
  if (groups.length === 0) return <EmptyState title={t('none.title')} text={t('none.text')} />;
  return (
    <Stack component="section" aria-label={t('title')} sx={{ gap: 1.5 }}>
      {why.data.draft === null ? null : (
        <Typography variant="body2" color="textSecondary">
          {t('withDraft', { package: why.data.draft.package })}
        </Typography>
      )}
      {groups.map((group, index) => (
        // Groups have no name of their own: they are told apart by all that they say.
        <Box key={`${index} ${group.decision} ${JSON.stringify(group.reason)}`}>
          <WhyCard why={why.data} group={group} uuid={uuid} onLeave={onLeave} />
        </Box>
      ))}
    </Stack>
  );
}
