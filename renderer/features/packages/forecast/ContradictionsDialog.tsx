import { useState } from 'react';
import { CONTRADICTION_REASONS, type ContradictionReason } from '../../../../contract/contradictions.ts';
import type { RulePair } from '../../../../contract/schemas/rules.ts';
import { useCall } from '../../../app/console.ts';
import { useLocale } from '../../../i18n/locale.ts';
import { Choices } from '../../../ui/Choices.tsx';
import { formatNumber } from '../../../ui/format.ts';
import { PairDialog } from './PairDialog.tsx';
import { PairGrid } from './PairGrid.tsx';
import { useForecastWords } from './words.ts';

const LIMIT = 20_000;
const NO_PAIRS: readonly RulePair[] = [];

/** Pairs that hosts report otherwise than the published rules say, with the likely reason. */
export function ContradictionsDialog({
  draftId,
  onClose,
}: {
  /** Only hosts of this draft's package; null: the whole fleet. */
  readonly draftId: string | null;
  readonly onClose: () => void;
}) {
  const t = useForecastWords();
  const locale = useLocale();
  const [reason, setReason] = useState<ContradictionReason | 'all'>('all');
  const answer = useCall(
    'rules.contradictions',
    { draftId, reason: reason === 'all' ? null : reason, limit: LIMIT },
    { keepPrevious: true },
  );
  const counts = answer.data?.counts ?? [];
  const all = counts.reduce((sum, { pairs }) => sum + pairs, 0);
  const pairsOf = (one: ContradictionReason): number => counts.find((count) => count.reason === one)?.pairs ?? 0;
  return (
    <PairDialog title={t('contradictionsTitle')} onClose={onClose}>
      <PairGrid
        pairs={answer.data?.pairs ?? NO_PAIRS}
        total={answer.data?.total ?? 0}
        isCutOff={answer.data?.isCutOff ?? false}
        areContradictions
        draftId={null}
        isLoading={answer.isPending}
        error={answer.error?.error ?? null}
        onRetry={() => void answer.refetch()}
        onLeave={onClose}
        choices={
          <Choices<ContradictionReason | 'all'>
            isDense
            label={t('pairs.reasons')}
            value={reason}
            onChange={setReason}
            choices={[
              { value: 'all', label: `${t('common:all')} ${formatNumber(all, locale)}` },
              ...CONTRADICTION_REASONS.filter((one) => pairsOf(one) > 0).map((one) => ({
                value: one,
                label: `${t(`why:contradictionShort.${one}`)} ${formatNumber(pairsOf(one), locale)}`,
              })),
            ]}
          />
        }
      />
    </PairDialog>
  );
}
