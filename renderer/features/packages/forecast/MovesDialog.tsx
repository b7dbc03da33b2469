import { useQueries } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Request } from '../../../../contract/calls.ts';
import type { RuleForecast, RulePairs } from '../../../../contract/schemas/rules.ts';
import { ask, ConsoleFailure, callKey, useBridge } from '../../../app/console.ts';
import { useLocale } from '../../../i18n/locale.ts';
import { Choices } from '../../../ui/Choices.tsx';
import { formatNumber } from '../../../ui/format.ts';
import { countPairs, MOVE_GROUPS, type MoveGroup, movesOf } from './moves.ts';
import { PairDialog } from './PairDialog.tsx';
import { PairGrid } from './PairGrid.tsx';
import { useForecastWords } from './words.ts';

/** Pairs of one move that are fetched; more than one reads, few enough for the window. */
const LIMIT = 10_000;

/** The pairs that a forecast counts, group by group. */
export function MovesDialog({
  draftId,
  forecast,
  first,
  isStale,
  onClose,
}: {
  readonly draftId: string;
  readonly forecast: RuleForecast;
  readonly first: MoveGroup;
  /** On hosts with old data, which are counted apart. */
  readonly isStale: boolean;
  readonly onClose: () => void;
}) {
  const t = useForecastWords();
  const locale = useLocale();
  const bridge = useBridge();
  const [group, setGroup] = useState(first);
  const part = isStale ? forecast.stale : forecast.fresh;
  const counts = countPairs(part);
  const moves = useMemo(() => movesOf(part, group), [part, group]);
  const answer = useQueries({
    queries: moves.map(({ before, after }) => {
      const request: Request<'rules.pairs'> = { draftId, before, after, isStale, limit: LIMIT };
      return {
        queryKey: callKey('rules.pairs', request),
        queryFn: (): Promise<RulePairs> => ask(bridge, 'rules.pairs', request),
        // Made for what is shown now, and large.
        gcTime: 30_000,
        retry: false,
      };
    }),
    combine: (all) => ({
      pairs: all.flatMap(({ data }) => data?.pairs ?? []),
      total: all.reduce((sum, { data }) => sum + (data?.total ?? 0), 0),
      isCutOff: all.some(({ data }) => data?.isCutOff === true),
      isLoading: all.some(({ isPending }) => isPending),
      error: all.map(({ error }) => error).find((error) => error instanceof ConsoleFailure)?.error ?? null,
      again: () => {
        for (const one of all) void one.refetch();
      },
    }),
  });
  return (
    <PairDialog title={isStale ? t('staleTitle') : t(`groupTitle.${group}`)} onClose={onClose}>
      <PairGrid
        key={group}
        pairs={answer.pairs}
        total={answer.total}
        isCutOff={answer.isCutOff}
        areContradictions={false}
        draftId={draftId}
        isLoading={answer.isLoading}
        error={answer.error}
        onRetry={answer.again}
        onLeave={onClose}
        choices={
          <Choices
            isDense
            label={t('pairs.moves')}
            value={group}
            onChange={setGroup}
            choices={MOVE_GROUPS.filter((one) => counts[one] > 0).map((one) => ({
              value: one,
              label: `${formatNumber(counts[one], locale)} ${t(`group.${one}`)}`,
            }))}
          />
        }
      />
    </PairDialog>
  );
}
