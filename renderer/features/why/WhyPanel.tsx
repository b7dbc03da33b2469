import { Box, Stack, Typography } from '@mui/material';
import { useCall } from '../../app/console.ts';
import { EmptyState, LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
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
