import { Box, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WhyGroup } from '../../../contract/schemas/rules.ts';
import type { Decision } from '../../../domain/decision.ts';
import { useCall } from '../../app/console.ts';
import { addWords } from '../../i18n/i18n.ts';
import { EmptyState, LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { en as hostsEn } from '../hosts/words/en.ts';
import { fr as hostsFr } from '../hosts/words/fr.ts';
import { en as packagesEn } from '../packages/words/en.ts';
import { fr as packagesFr } from '../packages/words/fr.ts';
import { ForecastChip } from './ForecastChip.tsx';
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
      {groups.length > 1 ? <Summary groups={groups} /> : null}
      {groups.map((group) => (
        // A host is in one group only, so its first host names it.
        <Box key={group.examples[0]?.uuid ?? ''}>
          <WhyCard why={why.data} group={group} uuid={uuid} isOpen={groups.length === 1} onLeave={onLeave} />
        </Box>
      ))}
    </Stack>
  );
}

const ORDER = ['allowed', 'held-back', 'forbidden', 'unknown'] as const satisfies readonly Decision[];

/** The verdicts of all groups, before each is explained. */
function Summary({ groups }: { readonly groups: readonly WhyGroup[] }) {
  const t = useWhyWords();
  const hostsOf = (decision: Decision): number =>
    groups.reduce((sum, group) => sum + (group.decision === decision ? group.hosts : 0), 0);
  return (
    <Stack direction="row" sx={{ flexWrap: 'wrap', columnGap: 2, rowGap: 0.5 }}>
      {ORDER.filter((decision) => hostsOf(decision) > 0).map((decision) => (
        <Stack key={decision} direction="row" sx={{ alignItems: 'center', gap: 0.75 }}>
          <ForecastChip decision={decision} />
          <Typography variant="body2">{t('onHosts', { count: hostsOf(decision) })}</Typography>
        </Stack>
      ))}
    </Stack>
  );
}
