import { Box, Stack, TextField, Typography } from '@mui/material';
import { CircleHelp, Computer } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { ConsoleError } from '../../../../contract/errors.ts';
import type { RulePair } from '../../../../contract/schemas/rules.ts';
import type { Decision } from '../../../../domain/decision.ts';
import { kbLabel } from '../../../../domain/update.ts';
import { isTyping, keysOf } from '../../../app/commands.ts';
import type { GridColumn } from '../../../grid/columns.ts';
import { Grid } from '../../../grid/Grid.tsx';
import type { MenuEntry } from '../../../grid/menu.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { stateTones } from '../../../ui/tone.ts';
import { decisionTones } from '../../why/ForecastChip.tsx';
import { askWhy } from '../../why/open.ts';
import { useForecastWords } from './words.ts';

const pairId = (pair: RulePair): string => `${pair.uuid} ${pair.updateId}`;

/** Pairs host × update behind a number; each can be asked why. */
export function PairGrid({
  pairs,
  total,
  isCutOff,
  areContradictions,
  draftId,
  isLoading,
  error,
  onRetry,
  onLeave,
  choices,
}: {
  readonly pairs: readonly RulePair[];
  readonly total: number;
  readonly isCutOff: boolean;
  /** `before` is what is reported, `after` what the published rules say. */
  readonly areContradictions: boolean;
  /** Null: asked why without the draft. */
  readonly draftId: string | null;
  readonly isLoading: boolean;
  readonly error: ConsoleError | null;
  readonly onRetry: () => void;
  readonly onLeave: () => void;
  readonly choices: ReactNode;
}) {
  const t = useForecastWords();
  const navigate = useNavigate();
  const columns = usePairColumns(areContradictions);
  const [words, setWords] = useState('');
  const [focused, setFocused] = useState<RulePair | null>(null);
  const why = (pair: RulePair): void => askWhy({ updateId: pair.updateId, uuid: pair.uuid, draftId });
  const byKey = (event: KeyboardEvent): void => {
    if (keysOf(event) !== 'W' || isTyping(event.target) || focused === null) return;
    event.preventDefault();
    why(focused);
  };
  const menu = (pair: RulePair): readonly MenuEntry[] => [
    { kind: 'item', id: 'why', label: t('pairs.why'), icon: CircleHelp, shortcut: 'W', onSelect: () => why(pair) },
    {
      kind: 'item',
      id: 'host',
      label: t('pairs.openHost'),
      icon: Computer,
      onSelect: () => {
        onLeave();
        void navigate(`/hosts/${encodeURIComponent(pair.uuid)}`);
      },
    },
  ];
  return (
    <Stack sx={{ height: '100%', minHeight: 0, gap: 1 }} onKeyDown={byKey}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5, flexWrap: 'wrap' }}>
        {choices}
        <span style={{ flex: 1 }} />
        <TextField
          type="search"
          placeholder={t('pairs.search')}
          autoFocus
          value={words}
          onChange={(event) => setWords(event.target.value)}
          sx={{ width: 260 }}
          slotProps={{ htmlInput: { 'aria-label': t('pairs.search') } }}
        />
      </Stack>
      {isCutOff ? (
        <Typography variant="caption" color="warning" role="note">
          {t('pairs.cutOff', { shown: pairs.length, total })}
        </Typography>
      ) : null}
      <Box sx={{ flex: 1, minHeight: 200, border: 1, borderColor: 'divider', borderRadius: 1, overflow: 'hidden' }}>
        <Grid
          id={areContradictions ? 'rule-contradictions' : 'rule-pairs'}
          label={t('pairs.grid')}
          rows={pairs}
          rowId={pairId}
          columns={columns}
          quickSearch={words}
          selection="none"
          onFocusRow={setFocused}
          onOpen={why}
          menu={menu}
          isLoading={isLoading}
          error={error}
          onRetry={onRetry}
          empty={<EmptyState title={t('pairs.none')} />}
          footer={
            <Typography variant="caption" color="textSecondary">
              {t('pairs.hint')}
            </Typography>
          }
        />
      </Box>
    </Stack>
  );
}

function usePairColumns(areContradictions: boolean): readonly GridColumn<RulePair>[] {
  const t = useForecastWords();
  return useMemo(() => {
    const decided = (key: string, header: string, of: (pair: RulePair) => Decision): GridColumn<RulePair> => ({
      key,
      header,
      value: (pair) => t(`why:decision.${of(pair)}`),
      kind: 'chip',
      chip: (pair) => ({ label: t(`why:decision.${of(pair)}`), tone: decisionTones[of(pair)], isForecast: true }),
      tooltip: (pair) => t(`why:decisionMeaning.${of(pair)}`),
      width: 120,
    });
    const reported: GridColumn<RulePair> = {
      key: 'state',
      header: t('pairs.reported'),
      value: (pair) => t(`common:state.${pair.state}`),
      kind: 'chip',
      chip: (pair) => ({ label: t(`common:state.${pair.state}`), tone: stateTones[pair.state] }),
      tooltip: (pair) => t(`common:stateMeaning.${pair.state}`),
      width: 110,
    };
    const after = (pair: RulePair): Decision => pair.after;
    return [
      { key: 'host', header: t('pairs.host'), value: (pair) => pair.fqdn, width: 190 },
      { key: 'kbids', header: t('pairs.kbs'), value: (pair) => pair.kbids.map(kbLabel), kind: 'list', width: 100 },
      { key: 'title', header: t('pairs.title'), value: (pair) => pair.title, width: 260, flex: 1 },
      ...(areContradictions
        ? [
            reported,
            decided('after', t('pairs.byRules'), after),
            {
              key: 'reason',
              header: t('pairs.reason'),
              value: (pair: RulePair) => (pair.reason === null ? '' : t(`why:contradictionShort.${pair.reason}`)),
              tooltip: (pair: RulePair) => (pair.reason === null ? null : t(`why:contradiction.${pair.reason}`)),
              width: 190,
            },
          ]
        : [
            decided('before', t('pairs.before'), (pair) => pair.before),
            decided('after', t('pairs.after'), after),
            reported,
          ]),
      { key: 'status', header: t('pairs.status'), value: (pair) => pair.status, width: 100, hidden: areContradictions },
      {
        key: 'published',
        header: t('pairs.published'),
        value: (pair) => pair.changetime,
        kind: 'date',
        width: 110,
        hidden: true,
      },
      { key: 'updateId', header: t('pairs.updateId'), value: (pair) => pair.updateId, width: 220, hidden: true },
    ];
  }, [t, areContradictions]);
}
