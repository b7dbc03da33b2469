import { Box, Stack, Typography } from '@mui/material';
import { CircleCheck } from 'lucide-react';
import type { Rules } from '../../../../domain/rules.ts';
import type { UpdateRow } from '../../../../domain/update.ts';
import { EmptyState, LoadingState } from '../../../ui/EmptyState.tsx';
import type { RuleStep } from './fixes.ts';
import type { LiveForecast } from './use-forecast.ts';
import { WarningBlock } from './WarningBlock.tsx';
import { groupWarnings } from './warning-groups.ts';
import { useForecastWords } from './words.ts';

/** What a warning needs of the draft it is about. */
export interface WarnedDraft {
  readonly draftId: string;
  readonly package: string;
  readonly rules: Rules;
  readonly updates: readonly UpdateRow[];
  /** Null: the draft is only looked at, nothing can be fixed here. */
  readonly onChange: ((step: RuleStep) => void) | null;
  readonly onMaturity: ((maturity: string) => void) | null;
}

/** The warnings of a draft: what each means, what it is about, and the button that sets it right. */
export function WarningList({ live, draft }: { readonly live: LiveForecast; readonly draft: WarnedDraft }) {
  const t = useForecastWords();
  if (live.forecast === null) return live.error === null ? <LoadingState label={t('first')} /> : null;
  const groups = groupWarnings(live.forecast);
  if (groups.length === 0) return <EmptyState icon={CircleCheck} title={t('noWarnings')} text={t('noWarningsText')} />;
  return (
    <Stack sx={{ opacity: live.isComputing ? 0.7 : 1 }}>
      {groups.map((group) => (
        <WarningBlock key={group.kind} group={group} draft={draft} level="h2" />
      ))}
    </Stack>
  );
}

/** The same on one page with other things, without words where there is nothing to warn of. */
export function WarningSummary({ live, draft }: { readonly live: LiveForecast; readonly draft: WarnedDraft }) {
  const t = useForecastWords();
  if (live.forecast === null) return null;
  const groups = groupWarnings(live.forecast);
  if (groups.length === 0)
    return (
      <Typography variant="body2" color="textSecondary">
        {t('noWarnings')}
      </Typography>
    );
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1, '& > :last-child': { borderBottom: 0 } }}>
      {groups.map((group) => (
        <WarningBlock key={group.kind} group={group} draft={draft} level="h4" />
      ))}
    </Box>
  );
}
