import { Box, Button, Stack, Typography } from '@mui/material';
import { PencilLine } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../../../contract/schemas/packages.ts';
import { ruleCount } from '../../../domain/rules.ts';
import { useAction, useCall } from '../../app/console.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useAgo } from '../../ui/Time.tsx';

/** The drafts, newest first: what was begun and not published. */
export function DraftStrip({ onContinue }: { readonly onContinue: (draftId: string) => void }) {
  const { t } = useTranslation('packages');
  const drafts = useCall('drafts.list', {}).data ?? [];
  const discard = useAction('drafts.discard');
  const [asked, setAsked] = useState<Draft | null>(null);
  if (drafts.length === 0) return null;
  const newestFirst = [...drafts].sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1));
  return (
    <Stack
      component="section"
      aria-label={t('drafts.title')}
      direction="row"
      sx={{
        alignItems: 'center',
        gap: 1,
        px: 2,
        py: 0.75,
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
        overflowX: 'auto',
      }}
    >
      <Typography variant="h3" component="h2" sx={{ flexShrink: 0 }}>
        {t('drafts.title')}
      </Typography>
      {newestFirst.map((draft) => (
        <DraftCard
          key={draft.id}
          draft={draft}
          onContinue={() => onContinue(draft.id)}
          onDiscard={() => setAsked(draft)}
        />
      ))}
      {asked === null ? null : (
        <ConfirmDialog
          open
          tone="danger"
          title={t('drafts.discardTitle', { name: asked.package || t('drafts.unnamed') })}
          confirmLabel={t('drafts.discard')}
          isBusy={discard.isPending}
          error={discard.error?.error ?? null}
          onClose={() => setAsked(null)}
          onConfirm={() => discard.mutate({ draftId: asked.id }, { onSuccess: () => setAsked(null) })}
        >
          {t('drafts.discardText')}
        </ConfirmDialog>
      )}
    </Stack>
  );
}

function DraftCard({
  draft,
  onContinue,
  onDiscard,
}: {
  readonly draft: Draft;
  readonly onContinue: () => void;
  readonly onDiscard: () => void;
}) {
  const { t } = useTranslation('packages');
  const ago = useAgo(draft.savedAt);
  const name = draft.package === '' ? t('drafts.unnamed') : draft.package;
  const facts = [
    draft.base === null ? t('drafts.new') : t('drafts.from', { version: draft.base.version }),
    t('drafts.entries', { count: ruleCount(draft.rules) }),
    t('drafts.saved', { ago }),
  ];
  return (
    <Stack
      direction="row"
      sx={{
        alignItems: 'center',
        gap: 1,
        flexShrink: 0,
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        pl: 1.25,
        pr: 0.5,
        py: 0.5,
      }}
    >
      <PencilLine size={15} aria-hidden />
      <Box>
        <Typography variant="body2" sx={{ fontWeight: 600, lineHeight: 1.3 }}>
          {name}
        </Typography>
        <Typography variant="caption" color="textSecondary" component="p" sx={{ lineHeight: 1.3 }}>
          {facts.join(' · ')}
        </Typography>
      </Box>
      <Button variant="outlined" aria-label={`${t('drafts.continue')}: ${name}`} onClick={onContinue}>
        {t('drafts.continue')}
      </Button>
      <Button aria-label={`${t('drafts.discard')}: ${name}`} onClick={onDiscard}>
        {t('drafts.discard')}
      </Button>
    </Stack>
  );
}
